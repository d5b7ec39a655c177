import type { FleetFigures } from '../alerts/alert.ts';
import type { HistoryEntry } from '../evidence/history.ts';
import type { Exposures } from '../posture/judge-exposures.ts';
import type { Reason, Verdict } from '../setting/reading.ts';
import type { Phase, Window } from '../setting/tenant-state.ts';
import type { Instant } from '../time.ts';
import type { TrafficState } from '../traffic/traffic-state.ts';

/** Everything that the report page shows. Texts from outside are raw; the page escapes them. */
export interface Report {
  readonly generatedAt: Instant;
  readonly figures: FleetFigures;
  /** SHA-256 over the newest hash of every ledger: noted elsewhere, it proves later that nothing was rewritten. */
  readonly ledgerDigest: string;
  readonly tenants: readonly ReportedTenant[];
}

export interface ReportedTenant {
  readonly tenantId: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly verdict: Verdict;
  readonly state: Phase;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly verifiedAt: Instant | null;
  readonly checkedAt: Instant | null;
  readonly excepted: boolean;
  readonly window: Window | null;
  /** `intact`, or where the hash chain breaks. */
  readonly chain: string;
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  readonly traffic: TrafficState;
  readonly exposures: Exposures;
}
