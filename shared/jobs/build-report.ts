import { EMPTY_CHAIN, verifyChain } from '../core/evidence/history.ts';
import { digestLedgers, summariseFleet } from '../core/fleet/summarise-fleet.ts';
import { judgeExposures } from '../core/posture/judge-exposures.ts';
import type { Report, ReportedTenant } from '../core/report/report.ts';
import { NO_TRAFFIC } from '../core/traffic/traffic-state.ts';
import { listManaged } from './list-tenants.ts';
import { runAbreast } from './run-abreast.ts';
import type { FleetRow, Services, TenantRecord } from './services.ts';

/** Gathers the report of the whole fleet from stored results, every ledger verified. */
export async function buildReport(services: Services): Promise<Report> {
  const { tenants } = await listManaged(services);
  const rows = new Map<string, FleetRow>();
  for await (const row of services.fleet.rows()) rows.set(row.tenantId, row);
  const reported = await runAbreast(
    tenants,
    { abreast: 16 },
    async ({ id, name, domains }): Promise<ReportedTenant> => {
      const record = (await services.ledger.load<TenantRecord>(id))?.value;
      const history = await services.ledger.history(id);
      const row = rows.get(id);
      const traffic = (await services.traffic.store.state(id)) ?? NO_TRAFFIC;
      const { mailExchangers = null, connectors = null } = traffic.context ?? {};
      return {
        tenantId: id,
        name,
        domains,
        verdict: row?.verdict ?? 'unknown',
        state: row?.state ?? 'never-verified',
        reason: row?.reason ?? null,
        detail: row?.detail ?? null,
        verifiedAt: row?.verifiedAt ?? null,
        checkedAt: row?.checkedAt ?? null,
        excepted: row?.excepted ?? false,
        window: record?.state.open?.window ?? null,
        chain: verifyChain(history, record?.chain ?? EMPTY_CHAIN),
        history: history.reverse(),
        traffic,
        exposures: judgeExposures(row?.verdict ?? 'unknown', { mailExchangers, connectors }),
      };
    },
  );
  const known = [...rows.values()];
  return {
    generatedAt: services.now().toISOString(),
    figures: summariseFleet(reported),
    ledgerDigest: digestLedgers(known),
    tenants: reported,
  };
}
