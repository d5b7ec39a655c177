import type { AlertDraft } from '../../../shared/core/alerts/alert.ts';
import { announceSetting } from '../../../shared/core/alerts/announce.ts';
import type { AlertPolicy, Exception, MaintenanceWindow } from '../../../shared/core/setting/policy.ts';
import { newTenantState, type TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { type Instant, later, SECOND } from '../../../shared/core/time.ts';
import { at, check, REGISTERED, type Seen } from '../setting/live-through.ts';

/** The tenant's alerts go to one channel; nothing holds them back. */
export const POLICY: AlertPolicy = { channels: ['ops'], exceptions: [], windows: [], escalation: null };

/** What is believed and said after a check. */
export interface Watched {
  readonly state: TenantState;
  readonly drafts: readonly AlertDraft[];
  /** The kinds of all ledger entries, those of the belief first. */
  readonly noted: readonly string[];
  readonly now: Instant;
}

/** One check, and what is said right after it, as the job does it. The answer takes two seconds. */
export function watch(before: TenantState, seen: Seen, askedAt: Instant, policy = POLICY): Watched {
  const belief = check(before, seen, askedAt);
  const now = later(askedAt, 2 * SECOND);
  const { state, drafts, notes } = announceSetting(belief.state, policy, now);
  return { state, drafts, noted: [...belief.notes, ...notes].map(({ kind }) => kind), now };
}

/** Checks, each so many milliseconds after the registration. */
export type Checks = readonly (readonly [number, Seen])[];

/** A tenant that is checked some more times. */
export function watchOn(before: TenantState, policy: AlertPolicy, ...checks: Checks): TenantState {
  return checks.reduce((state, [time, seen]) => watch(state, seen, at(time), policy).state, before);
}

/** A new tenant after some checks. */
export function watched(policy: AlertPolicy, ...checks: Checks): TenantState {
  return watchOn(newTenantState(REGISTERED), policy, ...checks);
}

/** What was said, in one line each: the kind, why it is said again, and to whom. */
export const linesOf = (drafts: readonly AlertDraft[]) =>
  drafts.map(({ facts, channels }) => {
    const why = facts.kind === 'reminder' ? ` (${facts.because})` : '';
    return `${facts.kind}${why} to ${channels.join(' and ')}`;
  });

export function exceptionFrom(from: number, until: number, id = 'x-1'): Exception {
  return { id, reason: 'The scanner cannot sign in.', approvedBy: 'CISO', from: at(from), until: at(until) };
}

export function maintenanceFrom(from: number, until: number): MaintenanceWindow {
  return { id: 'm-1', reason: 'Migration', from: at(from), until: at(until), every: null };
}
