import { findClosing } from '../core/posture/find-closing.ts';
import { findGoneSilent, type SilentSource } from '../core/posture/find-gone-silent.ts';
import { type Exposures, judgeExposures } from '../core/posture/judge-exposures.ts';
import type { Verdict } from '../core/setting/reading.ts';
import { NO_TRAFFIC, type TrafficState } from '../core/traffic/traffic-state.ts';
import type { Services, TenantRecord } from './services.ts';

/** What there is to say about closing one tenant, or about having closed it. */
export interface ReadinessView {
  readonly verdict: Verdict;
  readonly traffic: TrafficState;
  readonly exposures: Exposures;
  /** Sources that used to send and have been silent since the tenant was closed; empty while it is open. */
  readonly goneSilent: readonly SilentSource[];
}

/** Gathers it from stored results. */
export async function viewReadiness(services: Services, tenantId: string): Promise<ReadinessView> {
  const record = (await services.ledger.load<TenantRecord>(tenantId))?.value;
  const traffic = (await services.traffic.store.state(tenantId)) ?? NO_TRAFFIC;
  const verdict = verdictOf(record);
  const context = {
    mailExchangers: traffic.context?.mailExchangers ?? null,
    connectors: traffic.context?.connectors ?? null,
  };
  const closedAt = verdict === 'enforced' ? findClosing(await services.ledger.history(tenantId)) : null;
  return {
    verdict,
    traffic,
    exposures: judgeExposures(verdict, context),
    goneSilent: closedAt === null ? [] : findGoneSilent(traffic.assessed, closedAt, services.now().toISOString()),
  };
}

function verdictOf(record: TenantRecord | undefined): Verdict {
  if (record === undefined || record.state.verifiedAt === null) return 'unknown';
  return record.state.phase === 'enforced' ? 'enforced' : 'permissive';
}
