import { createHash } from 'node:crypto';
import type { FleetFigures } from '../alerts/alert.ts';
import type { Verdict } from '../setting/reading.ts';
import type { Instant } from '../time.ts';

/** A tenant as a summary looks at it. */
export interface Summarised {
  readonly verdict: Verdict;
  readonly excepted: boolean;
  readonly verifiedAt: Instant | null;
}

/** Counts tenants by verdict; excepted ones are not among the permissive, so that the four counts add up. */
export function summariseFleet(rows: readonly Summarised[]): FleetFigures {
  const count = (wanted: (row: Summarised) => boolean) => rows.filter(wanted).length;
  const isExcepted = (row: Summarised) => row.verdict === 'permissive' && row.excepted;
  const verified = rows.map((row) => row.verifiedAt);
  return {
    tenants: rows.length,
    enforced: count((row) => row.verdict === 'enforced'),
    permissive: count((row) => row.verdict === 'permissive' && !row.excepted),
    unknown: count((row) => row.verdict === 'unknown'),
    excepted: count(isExcepted),
    oldestVerifiedAt: verified.includes(null) ? null : (verified.sort()[0] ?? null),
  };
}

/** SHA-256 over `tenantId:seq:hash` lines sorted by tenant: prints the newest hash of many ledgers as one. */
export function digestLedgers(rows: readonly { tenantId: string; seq: number; hash: string }[]): string {
  const lines = rows.map(({ tenantId, seq, hash }) => `${tenantId}:${seq}:${hash}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
