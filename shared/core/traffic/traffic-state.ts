import type { TrafficGap } from '../alerts/traffic-gap.ts';
import type { Readiness } from '../posture/judge-readiness.ts';
import type { Instant } from '../time.ts';
import type { AssessedSource } from './assessed-source.ts';
import type { NetworkContext, SourceNetwork } from './network-context.ts';
import type { TrafficOrigin } from './traffic-day.ts';

/** What is stored of a tenant's traffic beside its days. */
export interface TrafficState {
  /** When it was last tried to read traffic. */
  readonly triedAt: Instant;
  /** When it was last read; null: never. */
  readonly readAt: Instant | null;
  readonly origin: TrafficOrigin | null;
  readonly coverage: 'full' | 'partial' | 'none';
  /** Why coverage is not full; null when it is. */
  readonly reason: TrafficGap | null;
  readonly detail: string | null;
  /** The period that was read, whole UTC days and the running one; null: never. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** When advanced hunting was last tried: what a tenant may not use is tried again once a day. */
  readonly huntedAt: Instant | null;
  /** When the sources' other mail and sign-ins were last asked for. */
  readonly neighboursAt: Instant | null;
  readonly context: StoredContext | null;
  /** The assessment of the last reading, or of the last approval since: as many as are kept. */
  readonly assessed: readonly AssessedSource[];
  /** Sources that were assessed and are not in `assessed`. */
  readonly more: number;
  /** Whether anything would break, judged over all sources; null: traffic was never read. */
  readonly readiness: Readiness | null;
}

/** A network context as JSON keeps it. */
export type StoredContext = Omit<NetworkContext, 'sources'> & {
  readonly sources: readonly (readonly [string, SourceNetwork])[];
};

const MOST_HONEST = 300;
const MOST_FORGERS = 100;
/** So many forgers, in at most this share of the room, have their place before all others: they are what an alert names. */
const FIRST_FORGERS = 20;
const THEIR_SHARE = 0.25;

/**
 * As many sources as are kept: what would break comes first, because neither a campaign of thousands of forgers nor a flood
 * of harmless header-only mail may push it out. With `room`, no more than so many characters of JSON.
 */
export function keepMost(
  assessed: readonly AssessedSource[],
  room = Number.POSITIVE_INFINITY,
): Pick<TrafficState, 'assessed' | 'more'> {
  const forgers = assessed.filter(isForger).slice(0, MOST_FORGERS);
  const honest = assessed
    .filter((source) => !isForger(source))
    .sort((one, other) => rank(one) - rank(other) || other.messages - one.messages)
    .slice(0, MOST_HONEST);
  const first = takeWhatFits(forgers.slice(0, FIRST_FORGERS), room * THEIR_SHARE);
  const rest = takeWhatFits(
    [...honest, ...forgers.filter((forger) => !first.includes(forger))],
    room - storedLength(first),
  );
  const kept = new Set([...first, ...rest]);
  return { assessed: assessed.filter((source) => kept.has(source)), more: assessed.length - kept.size };
}

function isForger({ assessment }: AssessedSource): boolean {
  return assessment === 'likely-spoof';
}

function rank({ class: kind }: AssessedSource): number {
  return kind === 'direct-send' ? 0 : 1;
}

/** The first items whose JSON fits into so many characters together; one that is too large gives way to smaller ones. */
export function takeWhatFits<T>(items: readonly T[], room: number): T[] {
  let left = room;
  return items.filter((item) => {
    const length = left === Number.POSITIVE_INFINITY ? 0 : storedLength(item) + 1;
    if (length > left) return false;
    left -= length;
    return true;
  });
}

/** Characters of a value as JSON in which everything beyond ASCII is escaped, as it is stored. */
export function storedLength(value: unknown): number {
  const json = JSON.stringify(value);
  return json.length + 5 * (json.match(/[^\x20-\x7e]/g)?.length ?? 0);
}

/** The state of a tenant whose traffic was never read. */
export const NO_TRAFFIC: TrafficState = {
  triedAt: '1970-01-01T00:00:00.000Z',
  readAt: null,
  origin: null,
  coverage: 'none',
  reason: 'not-read',
  detail: null,
  from: null,
  to: null,
  huntedAt: null,
  neighboursAt: null,
  context: null,
  assessed: [],
  more: 0,
  readiness: null,
};

/** Makes a stored context usable. */
export function openContext(stored: StoredContext): NetworkContext {
  return { ...stored, sources: new Map(stored.sources) };
}

/** Makes a context storable. */
export function storeContext(context: NetworkContext): StoredContext {
  return { ...context, sources: [...context.sources] };
}
