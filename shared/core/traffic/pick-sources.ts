import type { AssessedSource } from './assessed-source.ts';

/** The share of the places that likely forgeries may take when others want them too. */
const FORGERS_SHARE = 0.4;

/** At most `most` sources for a person to look at, in their order: a long campaign leaves places for the devices that would break. */
export function pickSources(assessed: readonly AssessedSource[], most: number): AssessedSource[] {
  if (assessed.length <= most) return [...assessed];
  const isForger = ({ assessment }: AssessedSource) => assessment === 'likely-spoof';
  const others = assessed.filter((source) => !isForger(source));
  const forgers = Math.max(Math.floor(most * FORGERS_SHARE), most - others.length);
  const shown = new Set(assessed.filter(isForger).slice(0, forgers));
  for (const source of others.slice(0, most - shown.size)) shown.add(source);
  return assessed.filter((source) => shown.has(source));
}
