import { between, DAY, dayOf, type Instant, later } from '../time.ts';
import type { TrafficState } from './traffic-state.ts';

/** Retention of advanced hunting; a first reading goes back as far. */
export const WHOLE_PERIOD = 30 * DAY;
/** A day is read again until it is this old: rows come late, and messages are removed after delivery for two days. */
const UNSETTLED_FOR = 3 * DAY;
const HUNT_AGAIN = DAY;
const NEIGHBOURS_AGAIN = DAY;

/** What one reading is to cover. */
export interface ReadingPlan {
  /** Midnight of the first day that is read again. */
  readonly from: Instant;
  readonly to: Instant;
  /** Midnight of the first day that is kept. */
  readonly keepFrom: Instant;
  readonly tryHunting: boolean;
  readonly askNeighbours: boolean;
}

/** Whether traffic is due. A clock that was set back does not stop it. */
export function isTrafficDue(state: TrafficState | null, every: number, now: Instant): boolean {
  return state === null || Math.abs(between(state.triedAt, now)) >= every;
}

/** Plans a reading: thirty days at first, then only the days that are new or not settled. Pure. */
export function planReading(state: TrafficState | null, now: Instant): ReadingPlan {
  const keepFrom = midnight(later(now, -WHOLE_PERIOD));
  const readBefore = state?.readAt ?? null;
  const unsettled = readBefore === null ? keepFrom : midnight(later(readBefore, -UNSETTLED_FOR));
  const worked = state === null || state.origin === 'hunting' || state.huntedAt === null;
  return {
    from: unsettled < keepFrom || unsettled > now ? keepFrom : unsettled,
    to: now,
    keepFrom,
    // What the licence or consent did not allow yesterday may be allowed today.
    tryHunting: worked || Math.abs(between(state.huntedAt ?? now, now)) >= HUNT_AGAIN,
    askNeighbours: state?.neighboursAt == null || Math.abs(between(state.neighboursAt, now)) >= NEIGHBOURS_AGAIN,
  };
}

/** The days of a plan, `yyyy-mm-dd`, first to last. */
export function daysOf({ from, to }: Pick<ReadingPlan, 'from' | 'to'>): string[] {
  const days: string[] = [];
  for (let at = midnight(from); at <= to; at = later(at, DAY)) days.push(dayOf(at));
  return days;
}

function midnight(instant: Instant): Instant {
  return `${dayOf(instant)}T00:00:00.000Z`;
}
