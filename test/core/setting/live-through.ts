import { type Belief, believeReading } from '../../../shared/core/setting/believe-reading.ts';
import { type Finding, type Reading, type Reason, unknown } from '../../../shared/core/setting/reading.ts';
import { newTenantState, type TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { HOUR, type Instant, later, SECOND } from '../../../shared/core/time.ts';

/** When the tenant of these tests was registered. */
export const REGISTERED = '2026-11-02T09:00:00.000Z';
export const BLIND_AFTER = 6 * HOUR;

/** What one check found: a verdict, or the reason why it found none. */
export type Seen = 'enforced' | 'permissive' | Reason;

/** So many milliseconds after the registration. */
export const at = (milliseconds: number): Instant => later(REGISTERED, milliseconds);

/** A reading that was asked for at a moment and answered two seconds later. */
export function read(seen: Seen, askedAt: Instant): Reading {
  return { ...findingOf(seen), askedAt, observedAt: later(askedAt, 2 * SECOND) };
}

function findingOf(seen: Seen): Finding {
  return seen === 'enforced' || seen === 'permissive' ? { verdict: seen } : unknown(seen, `it was ${seen}`);
}

/** What is believed after one more check. Every moment is another run, unless the run is named. */
export function check(before: TenantState, seen: Seen, askedAt: Instant, runId = `run of ${askedAt}`): Belief {
  const reading = read(seen, askedAt);
  return believeReading(before, reading, { runId, now: reading.observedAt, blindAfter: BLIND_AFTER });
}

/** A tenant that was checked once an hour from its registration on. */
export function hourly(...findings: readonly Seen[]): TenantState {
  return findings.reduce((state, seen, hour) => check(state, seen, at(hour * HOUR)).state, newTenantState(REGISTERED));
}

/** The kinds of the entries that a check adds to the ledger. */
export const kindsOf = ({ notes }: Pick<Belief, 'notes'>) => notes.map((note) => note.kind);
