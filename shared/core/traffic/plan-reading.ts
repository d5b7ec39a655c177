import type { TrafficGap } from '../alerts/traffic-gap.ts';
import { between, DAY, dayOf, type Instant, later, MINUTE } from '../time.ts';
import type { TrafficState } from './traffic-state.ts';

/** Retention of advanced hunting; a first reading goes back as far. */
export const WHOLE_PERIOD = 30 * DAY;
/** A day is read again until it is this old: rows come late, and messages are removed after delivery for two days. */
const UNSETTLED_FOR = 3 * DAY;
const HUNT_AGAIN = DAY;
const NEIGHBOURS_AGAIN = DAY;
/** What was read this long ago stands in for a reading that failed for a reason that passes. */
const FRESH_FOR = DAY;
/** The quota of message trace is one of five minutes (sheet exchange-and-graph, 5.2); a reading itself takes up to three. */
const TRACE_PAUSE = 8 * MINUTE;

/** What one reading is to cover. */
export interface ReadingPlan {
  /** Midnight of the first day that is read again. */
  readonly from: Instant;
  /** Midnight of the first day that hunting reads: all days, when what is stored comes from a lesser origin. */
  readonly huntFrom: Instant;
  readonly to: Instant;
  /** Midnight of the first day that is kept. */
  readonly keepFrom: Instant;
  readonly tryHunting: boolean;
  readonly askNeighbours: boolean;
}

/** Whether traffic is due, `every` milliseconds after the last try. A clock that was set back does not stop it. */
export function isTrafficDue(state: TrafficState | null, every: number, now: Instant): boolean {
  if (state === null) return true;
  const traced = state.origin !== null && state.origin !== 'hunting';
  return Math.abs(between(state.triedAt, now)) >= Math.max(every, traced ? TRACE_PAUSE : 0);
}

/** Plans a reading: thirty days at first, then only the days that are new or not settled. Pure. */
export function planReading(state: TrafficState | null, now: Instant): ReadingPlan {
  const keepFrom = midnight(later(now, -WHOLE_PERIOD));
  const readBefore = state?.readAt ?? null;
  const unsettled = readBefore === null ? keepFrom : midnight(later(readBefore, -UNSETTLED_FOR));
  const from = unsettled < keepFrom || unsettled > now ? keepFrom : unsettled;
  return {
    from,
    huntFrom: state?.origin === 'hunting' ? from : keepFrom,
    to: now,
    keepFrom,
    tryHunting: isHuntingDue(state, now),
    askNeighbours: state?.neighboursAt == null || Math.abs(between(state.neighboursAt, now)) >= NEIGHBOURS_AGAIN,
  };
}

/** What the licence or consent did not allow yesterday may be allowed today; what failed for a passing reason is tried every time. */
function isHuntingDue(state: TrafficState | null, now: Instant): boolean {
  if (state === null || state.huntedAt === null || state.coverage === 'none' || state.origin === 'hunting') return true;
  if (state.reason !== null && isPassing(state.reason)) return true;
  return Math.abs(between(state.huntedAt, now)) >= HUNT_AGAIN;
}

/** Whether a reason goes away by itself, as against one that somebody has to do something about. */
export function isPassing(gap: TrafficGap): boolean {
  return gap === 'quota' || gap === 'network' || gap === 'service-error';
}

/** Whether what was read last can stand in for a reading that failed. */
export function isFresh(state: TrafficState | null, now: Instant): boolean {
  return state?.readAt != null && state.coverage !== 'none' && Math.abs(between(state.readAt, now)) < FRESH_FOR;
}

/** The days from the first moment to the second, `yyyy-mm-dd`, both included. */
export function daysOf({ from, to }: Pick<ReadingPlan, 'from' | 'to'>): string[] {
  const days: string[] = [];
  for (let at = midnight(from); at <= to; at = later(at, DAY)) days.push(dayOf(at));
  return days;
}

function midnight(instant: Instant): Instant {
  return `${dayOf(instant)}T00:00:00.000Z`;
}
