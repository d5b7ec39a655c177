import type { ReportedTenant } from './report.ts';

const WORST_FIRST = { permissive: 0, unknown: 1, enforced: 2 } as const;

/** Orders tenants as a reader needs them: what is open first, then what is not known, then by name. */
export function compareForReading(one: ReportedTenant, other: ReportedTenant): number {
  const rank = (tenant: ReportedTenant) => WORST_FIRST[tenant.verdict] + (tenant.excepted ? 0.5 : 0);
  return rank(one) - rank(other) || one.name.localeCompare(other.name, 'en');
}
