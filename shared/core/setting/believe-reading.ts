import type { Note } from '../evidence/history.ts';
import { between, dayOf, type Instant } from '../time.ts';
import { putInOrder } from './put-in-order.ts';
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

/**
 * The state machine of one tenant: what is believed after a reading. Pure.
 * Rules of truth: only `true` and `false` move the phase; unknown ages into blindness and moves nothing else;
 * a reading older than the newest changes nothing; a run that was seen changes nothing.
 */
export function believeReading(before: TenantState, reading: Reading, occasion: Occasion): Belief {
  const wasLate = before.lateInARow?.runId === occasion.runId;
  if (wasLate || before.newest?.runId === occasion.runId) {
    return { state: before, transition: 'none', notes: [], late: wasLate };
  }
  const order = putInOrder(before, reading, occasion.runId);
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
    state: { ...state, blindEpisodes: number, blind },
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
  // What nobody was told of needs no ending; an earlier blindness that they were told of still does.
  const closedBlind =
    announcedAt === null ? before.closedBlind : { number, since, closedAt: now, reason, toldChannels };
  return { state: { ...before, unreadable: null, blind: null, closedBlind }, sighted: true, notes };
}

function believeEnforced(state: TenantState, reading: Reading, { runId }: Occasion) {
  if (state.phase === 'never-verified') {
    return step({ ...state, phase: 'enforced' }, 'baseline', { kind: 'baseline', runId, askedAt: reading.askedAt });
  }
  const open = state.open;
  if (open === null || open.recovery?.runId === runId) return { state, transition: 'none', notes: [] } as const;
  if (open.recovery === null) {
    const pending = { ...open, recovery: { runId, at: reading.observedAt } };
    return step({ ...state, open: pending }, 'none', { kind: 'recovery-pending', runId, episode: open.number });
  }
  const closedAt = open.recovery.at;
  const { number, openedAt, window, toldChannels, announcedAt } = open;
  // What nobody was told of needs no ending; an earlier episode that they were told of still does.
  const closed = announcedAt === null ? state.closed : { number, openedAt, closedAt, window, toldChannels };
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
  const next: TenantState = { ...state, phase: 'permissive', episodes: number, open };
  return step(next, kind, { kind, runId, episode: number, ...window });
}

function step(state: TenantState, transition: Transition, note: Note) {
  return { state, transition, notes: [note] } as const;
}
