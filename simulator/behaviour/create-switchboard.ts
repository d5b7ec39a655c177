import type { Behaviour, Decision, Occasion } from './behaviour.ts';

/** Holds what each surface does now. */
export interface Switchboard<S extends string> {
  /** Sets the behaviours of the next requests, one each; the last one stays. None at all: healthy again. */
  behave(surface: S, ...sequence: Behaviour[]): void;
  /** What to do with a request of these surfaces, most specific first; undefined when nothing was set for it. */
  take(surfaces: readonly S[], occasion: Occasion): Decision | undefined;
}

interface Sequence {
  readonly behaviours: readonly Behaviour[];
  taken: number;
}

/** A switchboard on which everything is healthy. */
export function createSwitchboard<S extends string>(): Switchboard<S> {
  const sequences = new Map<S, Sequence>();
  return {
    behave(surface, ...behaviours) {
      if (behaviours.length === 0) sequences.delete(surface);
      else sequences.set(surface, { behaviours, taken: 0 });
    },
    take(surfaces, occasion) {
      for (const surface of surfaces) {
        const sequence = sequences.get(surface);
        const decision = sequence && takeNext(sequence, occasion);
        if (decision !== undefined) return decision;
      }
      return undefined;
    },
  };
}

function takeNext(sequence: Sequence, occasion: Occasion): Decision | undefined {
  const last = sequence.behaviours.length - 1;
  const behaviour = sequence.behaviours[Math.min(sequence.taken, last)];
  if (behaviour === undefined) return undefined;
  const decision = typeof behaviour === 'function' ? behaviour(occasion) : behaviour;
  if (decision === 'not-concerned') return undefined;
  sequence.taken += 1;
  return decision;
}
