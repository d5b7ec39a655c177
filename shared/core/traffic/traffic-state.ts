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
  /** The assessment of the last reading, or of the last approval since; see `keepMost`. */
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

/** As many sources as are kept: those that would break come first, a campaign of thousands of forgers must not push them out. */
export function keepMost(assessed: readonly AssessedSource[]): Pick<TrafficState, 'assessed' | 'more'> {
  const forgers = assessed.filter((source) => source.assessment === 'likely-spoof').slice(0, MOST_FORGERS);
  const others = assessed.filter((source) => source.assessment !== 'likely-spoof').slice(0, MOST_HONEST);
  const kept = new Set([...forgers, ...others]);
  return { assessed: assessed.filter((source) => kept.has(source)), more: assessed.length - kept.size };
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
