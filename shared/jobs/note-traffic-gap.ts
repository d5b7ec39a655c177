import type { TrafficGap } from '../core/alerts/traffic-gap.ts';
import { judgeReadiness } from '../core/posture/judge-readiness.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import { between, DAY, type Instant } from '../core/time.ts';
import { isFresh, isPassing } from '../core/traffic/plan-reading.ts';
import { NO_TRAFFIC, type TrafficState } from '../core/traffic/traffic-state.ts';
import { newTenantRecord, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import type { Services, TenantRecord } from './services.ts';

/** Why a reading gave nothing. */
export interface ReadingGap {
  readonly reason: TrafficGap;
  readonly detail: string | null;
  readonly triedAt: Instant;
  /** Whether advanced hunting was tried. */
  readonly hunted: boolean;
}

/**
 * Notes that traffic could not be read. What was read before stays stored. For a reason that passes it goes on being shown
 * for a day, as partial; after that, and for any other reason, nothing is known. Returns the state that is stored now.
 */
export async function noteTrafficGap(
  services: Services,
  tenant: CheckedTenant,
  before: TrafficState | null,
  { reason, detail, triedAt, hunted }: ReadingGap,
): Promise<TrafficState> {
  const now = services.now().toISOString();
  const state = before ?? NO_TRAFFIC;
  const stands = isPassing(reason) && isFresh(before, now);
  const tried = { triedAt, reason, detail, huntedAt: hunted ? now : state.huntedAt };
  const after: TrafficState = stands
    ? { ...state, ...tried, coverage: 'partial', readiness: rejudge(state, reason) }
    : { ...state, ...tried, coverage: 'none' };
  await services.traffic.store.saveState(tenant.id, after);
  return after;
}

/** "Ready" is said of a whole picture only. */
function rejudge({ readiness, assessed, from, to }: TrafficState, reason: TrafficGap): TrafficState['readiness'] {
  if (readiness?.verdict !== 'ready' || from === null || to === null) return readiness;
  return judgeReadiness(assessed, { coverage: 'partial', reason, days: countDays(from, to) });
}

/** Days from the first moment to the second, each begun one counted; at least one. */
export function countDays(from: Instant, to: Instant): number {
  return Math.max(1, Math.ceil(between(from, to) / DAY));
}

/**
 * The origin that the ladder chose is part of what was known: a change of it goes into the ledger. Nothing was chosen where a
 * reading failed for a reason that passes, or was not tried.
 */
export async function noteOrigin(
  services: Services,
  tenant: CheckedTenant,
  before: TrafficState | null,
  after: TrafficState,
): Promise<void> {
  const { coverage, reason } = after;
  const isUndecided = reason !== null && (isPassing(reason) || reason === 'not-read');
  if (coverage === 'none' && isUndecided) return;
  if (before !== null && nameChoice(before) === nameChoice(after)) return;
  const origin = coverage === 'none' ? null : after.origin;
  await commitChange<TenantRecord, null>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => ({ record, notes: [{ kind: 'traffic-origin', origin, coverage, reason }], drafts: [], result: null }),
  );
}

function nameChoice({ coverage, origin, reason }: TrafficState): string {
  return coverage === 'none' ? `none because of ${reason}` : `${origin}`;
}
