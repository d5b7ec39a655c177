import type { Note } from '../evidence/history.ts';
import { between, DAY, type Instant, later } from '../time.ts';
import type { Reading } from './reading.ts';
import type { TenantState } from './tenant-state.ts';

/** So many late readings in a row, each newer than the last, are no accident: this clock or the earlier one was wrong. */
const LATE_READINGS_OF_A_STEPPED_CLOCK = 3;
/** No queue message lives longer, so a reading that is older by more was not delayed. */
const LONGEST_DELAY = 7 * DAY;

/**
 * Whether a reading counts, or comes too late: readings may overtake each other, and a clock may be set back. The state
 * remembers the late ones.
 */
export function putInOrder(before: TenantState, reading: Reading, runId: string) {
  const newest = before.newest;
  if (newest === null || reading.askedAt >= newest.askedAt) return { state: before, notes: [], late: false } as const;
  const streak = before.lateInARow;
  const count = streak !== null && streak.askedAt < reading.askedAt ? streak.count + 1 : 1;
  const behind = between(reading.askedAt, newest.askedAt);
  if (count >= LATE_READINGS_OF_A_STEPPED_CLOCK || behind > LONGEST_DELAY) {
    const notes: Note[] = [{ kind: 'clock-stepped', runId, newest: newest.askedAt, askedAt: reading.askedAt }];
    return { state: stepBack(before, newest.askedAt, reading.askedAt), notes, late: false } as const;
  }
  const notes: Note[] = [{ kind: 'late-reading', runId, verdict: reading.verdict, askedAt: reading.askedAt }];
  return { state: { ...before, lateInARow: { count, askedAt: reading.askedAt, runId } }, notes, late: true } as const;
}

/** Moments that lie in the future of a clock that was set back would never come; they become `now`. A wait that had begun goes on. */
function stepBack(state: TenantState, before: Instant, now: Instant): TenantState {
  const clamp = <T extends Instant | null>(at: T): T => (at !== null && at > now ? (now as T) : at);
  const { open } = state;
  return {
    ...state,
    registeredAt: clamp(state.registeredAt),
    verifiedAt: clamp(state.verifiedAt),
    enforcedAt: clamp(state.enforcedAt),
    open: open && {
      ...open,
      announcedAt: clamp(open.announcedAt),
      nextReminderAt: open.nextReminderAt && later(now, between(before, open.nextReminderAt)),
    },
  };
}
