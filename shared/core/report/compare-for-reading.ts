import type { ReportedTenant } from './report.ts';

const WORST_FIRST = { permissive: 0, unknown: 1, enforced: 2 } as const;

/** Orders tenants as a reader needs them: what is open first, then what is not known, then what is closed but can be gone around. */
export function compareForReading(one: ReportedTenant, other: ReportedTenant): number {
  const rank = ({ verdict, excepted, exposures }: ReportedTenant) => {
    const bypassed = verdict === 'enforced' && exposures.gatewayBypass === 'open';
    return WORST_FIRST[verdict] + (excepted ? 0.5 : 0) - (bypassed ? 0.25 : 0);
  };
  return rank(one) - rank(other) || one.name.localeCompare(other.name, 'en');
}
