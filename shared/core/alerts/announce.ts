import type { Note } from '../evidence/history.ts';
import { type AlertPolicy, activeException, inMaintenance } from '../setting/policy.ts';
import type { BlindEpisode, PermissiveEpisode, TenantState } from '../setting/tenant-state.ts';
import { between, DAY, type Instant, later, WEEK } from '../time.ts';
import type { AlertDraft } from './alert.ts';

/** What people are to be told now, and the state that remembers that they were. */
export interface Announcement {
  readonly state: TenantState;
  readonly drafts: readonly AlertDraft[];
  readonly notes: readonly Note[];
}

const FIRST_REMINDER = DAY;
const NEXT_REMINDERS = WEEK;
/** How long before its end an exception is announced as expiring. */
export const EXPIRY_NOTICE = 14 * DAY;

/**
 * Derives from the state what is due to be said about the setting of one tenant: opening, reminders, escalation,
 * recovery, expiring exceptions. Pure, and idempotent: applied to its own result at the same moment it says nothing.
 */
export function announceSetting(state: TenantState, policy: AlertPolicy, now: Instant): Announcement {
  if (inMaintenance(policy.windows, now)) return { state, drafts: [], notes: [] };
  if (state.open === null) return announceRecovery(state);
  const exception = activeException(policy.exceptions, now);
  return exception === null
    ? announceOpen(state, state.open, policy, now)
    : announceException(state, state.open, exception, policy, now);
}

function announceRecovery(state: TenantState): Announcement {
  if (state.closed === null) return { state, drafts: [], notes: [] };
  const { number, openedAt, closedAt, window, toldChannels } = state.closed;
  // A clock that was set back in between must not make the time negative.
  const openFor = Math.max(0, between(window.notAfter, closedAt));
  const facts = { kind: 'recovered', window, episode: number, closedAt, openFor } as const;
  const drafts = [{ facts, occasion: `${number}|${openedAt}`, channels: toldChannels }];
  return { state: { ...state, closed: null }, drafts, notes: [] };
}

function announceException(
  state: TenantState,
  open: PermissiveEpisode,
  exception: AlertPolicy['exceptions'][number],
  policy: AlertPolicy,
  now: Instant,
): Announcement {
  const notes: Note[] = [];
  let next = open;
  if (open.exceptedBy !== exception.id) {
    notes.push({ kind: 'excepted', episode: open.number, exceptionId: exception.id, until: exception.until });
    next = { ...open, exceptedBy: exception.id, nextReminderAt: null };
  }
  const { id: exceptionId, until, approvedBy, reason } = exception;
  const lead = between(now, until);
  // Who approves for less than the notice knows the end; a notice at once would only be noise.
  const hasLead = between(exception.from, until) > EXPIRY_NOTICE;
  const drafts: AlertDraft[] = [];
  if (hasLead && lead <= EXPIRY_NOTICE && open.expiryAnnounced !== exceptionId) {
    next = { ...next, expiryAnnounced: exceptionId };
    const facts = { kind: 'exception-expiring', exceptionId, until, approvedBy, reason } as const;
    drafts.push({ facts, occasion: `${open.number}|${exceptionId}|${until}`, channels: policy.channels });
  }
  return { state: { ...state, open: next }, drafts, notes };
}

function announceOpen(state: TenantState, before: PermissiveEpisode, policy: AlertPolicy, now: Instant): Announcement {
  // The newest proof says enforced: whether it is still open, the next reading decides.
  if (before.recovery !== null) return { state, drafts: [], notes: [] };
  const notes: Note[] = [];
  let open = before;
  const exceptionEnded = open.exceptedBy !== null;
  if (exceptionEnded) {
    notes.push({ kind: 'exception-ended', episode: open.number, exceptionId: open.exceptedBy });
    open = { ...open, exceptedBy: null, announcedAt: null, acknowledged: null, escalatedAt: null };
  }
  const opened =
    open.announcedAt === null ? announceOpening(state, open, policy, now, exceptionEnded) : { open, drafts: [] };
  const followed = announceFollowUps(state, opened.open, policy, now);
  // Whoever hears that it is open need not hear that it was closed for a while.
  return {
    state: { ...state, open: followed.open, closed: null },
    drafts: [...opened.drafts, ...followed.drafts],
    notes,
  };
}

function announceOpening(
  state: TenantState,
  open: PermissiveEpisode,
  { channels }: AlertPolicy,
  now: Instant,
  exceptionEnded: boolean,
) {
  const announcements = open.announcements + 1;
  const checkedAt = state.newest?.askedAt ?? now;
  const heldBack = !exceptionEnded && checkedAt > open.openedAt;
  const facts = {
    // The end of an exception makes it news again, however it began.
    kind: exceptionEnded ? 'drifted' : open.kind,
    window: open.window,
    checkedAt,
    episode: open.number,
    exceptionEnded,
    heldBack,
  } as const;
  const told: PermissiveEpisode = {
    ...open,
    announcedAt: now,
    announcements,
    toldChannels: union(open.toldChannels, channels),
    nextReminderAt: later(now, FIRST_REMINDER),
  };
  return { open: told, drafts: [{ facts, occasion: `${open.number}|${open.openedAt}|${announcements}`, channels }] };
}

function announceFollowUps(state: TenantState, before: PermissiveEpisode, policy: AlertPolicy, now: Instant) {
  let open = before;
  const drafts: AlertDraft[] = [];
  const remind = (because: 'due' | 'escalation' | 'new-channel', channels: readonly string[], occasion: string) => {
    const facts = {
      kind: 'reminder',
      window: open.window,
      episode: open.number,
      ordinal: open.reminders,
      because,
      verifiedAt: state.verifiedAt ?? open.openedAt,
      unreadable: state.unreadable?.reason ?? null,
    } as const;
    drafts.push({ facts, occasion: `${open.number}|${open.openedAt}|${occasion}`, channels });
    open = { ...open, toldChannels: union(open.toldChannels, channels) };
  };

  const untold = policy.channels.filter((channel) => !open.toldChannels.includes(channel));
  if (untold.length > 0) remind('new-channel', untold, `new-channel|${untold.join(',')}`);

  const acknowledged = open.acknowledged !== null && (open.acknowledged.until ?? '9999') > now;
  if (acknowledged) return { open, drafts };

  if (open.nextReminderAt !== null && now >= open.nextReminderAt) {
    open = { ...open, reminders: open.reminders + 1, nextReminderAt: later(now, NEXT_REMINDERS) };
    remind('due', policy.channels, `due|${open.reminders}`);
  }
  const { escalation } = policy;
  const announcedAt = open.announcedAt ?? now;
  if (escalation && open.escalatedAt === null && between(announcedAt, now) >= escalation.after) {
    open = { ...open, escalatedAt: now };
    remind('escalation', escalation.channels, `escalation|${open.announcements}`);
  }
  return { open, drafts };
}

/**
 * Derives what is due to be said about being blind to one tenant. Applied when a sweep closes, because only then is known
 * whether the fault is the tenant's or ours: while the whole fleet is blind, nothing is said of its tenants.
 */
export function announceBlindness(state: TenantState, policy: AlertPolicy, now: Instant): Announcement {
  if (inMaintenance(policy.windows, now)) return { state, drafts: [], notes: [] };
  const drafts: AlertDraft[] = [];
  let next = state;
  if (state.closedBlind !== null && state.blind === null) {
    const { number, since, closedAt, reason, toldChannels } = state.closedBlind;
    const blindFor = Math.max(0, between(since, closedAt));
    const facts = { kind: 'sighted', since, closedAt, blindFor, reason, verdict: lastProven(state) } as const;
    drafts.push({ facts, occasion: `${number}|${closedAt}`, channels: toldChannels });
    next = { ...next, closedBlind: null };
  }
  if (state.blind !== null && isNews(state.blind)) {
    const { number, since, openedAt, reason, detail } = state.blind;
    const lastVerdict = state.verifiedAt === null ? null : lastProven(state);
    const facts = { kind: 'blinded', since, reason, detail, lastVerdict, verifiedAt: state.verifiedAt } as const;
    drafts.push({ facts, occasion: `${number}|${openedAt}`, channels: policy.channels });
    next = { ...next, closedBlind: null, blind: { ...state.blind, announcedAt: now, toldChannels: policy.channels } };
  }
  return { state: next, drafts, notes: [] };
}

/** Whether a closing sweep has something to say about this tenant's blindness. */
export function awaitsBlindnessAlert(state: TenantState): boolean {
  return state.blind === null ? state.closedBlind !== null : isNews(state.blind);
}

/** A tenant that was blind and then turned out to be in a cloud without the setting hides nothing: nobody is called. */
function isNews(blind: BlindEpisode): boolean {
  return blind.announcedAt === null && blind.reason !== 'cloud-not-supported';
}

/** What the last definite reading said. */
function lastProven({ open }: TenantState): 'enforced' | 'permissive' {
  return open?.recovery === null ? 'permissive' : 'enforced';
}

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])];
}
