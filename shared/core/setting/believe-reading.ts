import type { Note } from '../evidence/history.ts';
import { between, DAY, dayOf, type Instant } from '../time.ts';
import type { Reading } from './reading.ts';
import type { DayTally, PermissiveEpisode, TenantState } from './tenant-state.ts';

/** The change that a reading caused. */
export type Transition = 'baseline' | 'drifted' | 'found-permissive' | 'recovered' | 'blinded' | 'sighted' | 'none';

/** What the readings of a run meant for one tenant. */
export interface Belief {
  readonly state: TenantState;
  readonly transition: Transition;
  readonly notes: readonly Note[];
  /** True when the reading was older than the state's newest and therefore changed nothing. */
  readonly late: boolean;
}

export interface Occasion {
  /** The sweep that took the reading; a run counts once. */
  readonly runId: string;
  readonly now: Instant;
  /** Milliseconds without a definite reading after which a tenant is blind. */
  readonly blindAfter: number;
}

/** So many late readings in a row, each newer than the last, are no accident: this clock or the earlier one was wrong. */
const LATE_READINGS_OF_A_STEPPED_CLOCK = 3;
/** No queue message lives longer, so a reading that is older by more was not delayed. */
const LONGEST_DELAY = 7 * DAY;

/**
 * The state machine of one tenant: what is believed after a reading. Pure.
 * Rules of truth: only `true` and `false` move the phase; unknown ages into blindness and moves nothing else;
 * a reading older than the newest changes nothing; a run that was seen changes nothing.
 */
export function believeReading(before: TenantState, reading: Reading, occasion: Occasion): Belief {
  if (before.newest?.runId === occasion.runId || before.lateInARow?.runId === occasion.runId) {
    return { state: before, transition: 'none', notes: [], late: false };
  }
  const order = putInOrder(before, reading, occasion);
  if (order.late) return { ...order, transition: 'none', late: true };

  const attested = tallyDay(order.state, reading);
  const notes: Note[] = [...order.notes, ...attested.notes];
  const state: TenantState = {
    ...attested.state,
    newest: { askedAt: reading.askedAt, runId: occasion.runId },
    lateInARow: null,
  };
  const belief = reading.verdict === 'unknown' ? age(state, reading, occasion) : believe(state, reading, occasion);
  return { ...belief, notes: [...notes, ...belief.notes], late: false };
}

function putInOrder(before: TenantState, reading: Reading, { runId }: Occasion) {
  const newest = before.newest;
  if (newest === null || reading.askedAt >= newest.askedAt) return { state: before, notes: [], late: false } as const;
  const streak = before.lateInARow;
  const count = streak !== null && streak.askedAt < reading.askedAt ? streak.count + 1 : 1;
  const behind = between(reading.askedAt, newest.askedAt);
  if (count >= LATE_READINGS_OF_A_STEPPED_CLOCK || behind > LONGEST_DELAY) {
    const notes: Note[] = [{ kind: 'clock-stepped', runId, newest: newest.askedAt, askedAt: reading.askedAt }];
    return { state: stepBack(before, reading.askedAt), notes, late: false } as const;
  }
  const notes: Note[] = [{ kind: 'late-reading', runId, verdict: reading.verdict, askedAt: reading.askedAt }];
  return { state: { ...before, lateInARow: { count, askedAt: reading.askedAt, runId } }, notes, late: true } as const;
}

/** Moments that lie in the future of a clock that was set back would never come due; they become `now`. */
function stepBack(state: TenantState, now: Instant): TenantState {
  const clamp = <T extends Instant | null>(at: T): T => (at !== null && at > now ? (now as T) : at);
  return {
    ...state,
    registeredAt: clamp(state.registeredAt),
    verifiedAt: clamp(state.verifiedAt),
    enforcedAt: clamp(state.enforcedAt),
    open: state.open && {
      ...state.open,
      announcedAt: clamp(state.open.announcedAt),
      nextReminderAt: clamp(state.open.nextReminderAt),
    },
  };
}

function tallyDay(state: TenantState, reading: Reading): { state: TenantState; notes: Note[] } {
  const day = dayOf(reading.askedAt);
  const before = state.today;
  const fresh: DayTally = { day, enforced: 0, permissive: 0, unknown: 0, lastVerdict: null, lastVerifiedAt: null };
  const tally = before?.day === day ? before : fresh;
  const definite = reading.verdict !== 'unknown';
  const today: DayTally = {
    ...tally,
    [reading.verdict]: tally[reading.verdict] + 1,
    lastVerdict: definite ? reading.verdict : tally.lastVerdict,
    lastVerifiedAt: definite ? reading.askedAt : tally.lastVerifiedAt,
  };
  const notes: Note[] = before !== null && before.day !== day ? [{ kind: 'attested', ...before }] : [];
  return { state: { ...state, today }, notes };
}

function age(before: TenantState, reading: Reading & { verdict: 'unknown' }, { runId, now, blindAfter }: Occasion) {
  const { reason, detail } = reading;
  const notes: Note[] = [];
  if (before.unreadable === null) notes.push({ kind: 'unreadable', runId, reason, detail });
  const since = before.unreadable?.since ?? reading.observedAt;
  const state: TenantState = { ...before, unreadable: { since, reason, detail } };

  if (before.blind !== null) {
    return { state: { ...state, blind: { ...before.blind, reason, detail } }, transition: 'none', notes } as const;
  }
  const verifiedOrRegistered = before.verifiedAt ?? before.registeredAt;
  // The setting does not exist in those clouds: nothing is hidden from us, so nobody is called.
  if (reason === 'cloud-not-supported' || between(verifiedOrRegistered, now) < blindAfter) {
    return { state, transition: 'none', notes } as const;
  }
  const number = before.blindEpisodes + 1;
  notes.push({ kind: 'blinded', runId, episode: number, since: verifiedOrRegistered, reason, detail });
  const blind = {
    number,
    since: verifiedOrRegistered,
    openedAt: now,
    reason,
    detail,
    announcedAt: null,
    toldChannels: [],
  };
  return {
    state: { ...state, blindEpisodes: number, blind, closedBlind: null },
    transition: 'blinded',
    notes,
  } as const;
}

function believe(before: TenantState, reading: Reading & { verdict: 'enforced' | 'permissive' }, occasion: Occasion) {
  const seen = seeAgain(before, reading, occasion);
  const verified: TenantState = {
    ...seen.state,
    verifiedAt: reading.askedAt,
    enforcedAt: reading.verdict === 'enforced' ? reading.askedAt : before.enforcedAt,
  };
  const change =
    reading.verdict === 'enforced'
      ? believeEnforced(verified, reading, occasion)
      : believePermissive(verified, before.enforcedAt, reading, occasion);
  // A change of the setting is the bigger news than being able to read it again.
  const transition = change.transition === 'none' && seen.sighted ? 'sighted' : change.transition;
  return { state: change.state, transition, notes: [...seen.notes, ...change.notes] } as const;
}

function seeAgain(
  before: TenantState,
  reading: Reading & { verdict: 'enforced' | 'permissive' },
  { runId, now }: Occasion,
) {
  if (before.unreadable === null && before.blind === null)
    return { state: before, sighted: false, notes: [] as Note[] };
  const notes: Note[] = [];
  if (before.blind === null) {
    notes.push({ kind: 'readable', runId, since: before.unreadable?.since });
    return { state: { ...before, unreadable: null }, sighted: false, notes };
  }
  const { number, since, reason, announcedAt, toldChannels } = before.blind;
  notes.push({ kind: 'sighted', runId, episode: number, since, verdict: reading.verdict });
  const closedBlind = announcedAt === null ? null : { number, since, closedAt: now, reason, toldChannels };
  return { state: { ...before, unreadable: null, blind: null, closedBlind }, sighted: true, notes };
}

function believeEnforced(state: TenantState, reading: Reading, { runId }: Occasion) {
  if (state.phase === 'never-verified') {
    return step({ ...state, phase: 'enforced' }, 'baseline', { kind: 'baseline', runId, askedAt: reading.askedAt });
  }
  const open = state.open;
  if (open === null) return { state, transition: 'none', notes: [] } as const;
  if (open.recovery === null) {
    const pending = { ...open, recovery: { runId, at: reading.observedAt } };
    return step({ ...state, open: pending }, 'none', { kind: 'recovery-pending', runId, episode: open.number });
  }
  const closedAt = open.recovery.at;
  const { number, openedAt, window, toldChannels, announcedAt } = open;
  const closed = announcedAt === null ? null : { number, openedAt, closedAt, window, toldChannels };
  return step({ ...state, phase: 'enforced', open: null, closed }, 'recovered', {
    kind: 'recovered',
    runId,
    episode: number,
    ...window,
    closedAt,
  });
}

function believePermissive(state: TenantState, enforcedBefore: Instant | null, reading: Reading, { runId }: Occasion) {
  if (state.open !== null) {
    if (state.open.recovery === null) return { state, transition: 'none', notes: [] } as const;
    const open = { ...state.open, recovery: null };
    return step({ ...state, open }, 'none', { kind: 'recovery-cleared', runId, episode: open.number });
  }
  const kind = state.phase === 'enforced' ? 'drifted' : 'found-permissive';
  const number = state.episodes + 1;
  const window = { notBefore: kind === 'drifted' ? enforcedBefore : null, notAfter: reading.observedAt };
  const open: PermissiveEpisode = {
    number,
    kind,
    openedAt: reading.observedAt,
    window,
    recovery: null,
    announcedAt: null,
    announcements: 0,
    toldChannels: [],
    reminders: 0,
    nextReminderAt: null,
    escalatedAt: null,
    acknowledged: null,
    exceptedBy: null,
    expiryAnnounced: null,
  };
  // A recovery that was still held back is no longer true.
  const next: TenantState = { ...state, phase: 'permissive', episodes: number, open, closed: null };
  return step(next, kind, { kind, runId, episode: number, ...window });
}

function step(state: TenantState, transition: Transition, note: Note) {
  return { state, transition, notes: [note] } as const;
}
