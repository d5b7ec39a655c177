import { SECOND } from '../core/time.ts';
import { attributeDrift } from './attribute-drift.ts';
import type { Managed } from './list-tenants.ts';
import { runAbreast } from './run-abreast.ts';
import type { FleetRow, OutboxRow, Services } from './services.ts';

/** Tenants whose audit log is asked at once; one that hangs gives its place to another. */
const LANES = { abreast: 8, slowAfter: SECOND, most: 64 };

/**
 * Asks the audit log of every tenant whose search for a drift's author is due by the fleet's rows. Each is asked once; `patience` is how long, in
 * milliseconds and for all of them together, queries that run are looked at again. Returns the alerts that this raised.
 */
export async function followUp(
  services: Services,
  managed: Managed,
  rows: AsyncIterable<FleetRow> | Iterable<FleetRow>,
  patience: number,
): Promise<OutboxRow[]> {
  const now = services.now().toISOString();
  const giveUpAt = services.now().getTime() + patience;
  const tenants = new Map(managed.tenants.map((tenant) => [tenant.id, tenant]));
  const due = [];
  for await (const row of rows) {
    const tenant = tenants.get(row.tenantId);
    if (row.followUpAt !== null && row.followUpAt <= now && tenant !== undefined) due.push(tenant);
  }
  const raised = await runAbreast(due, LANES, async (tenant) => {
    try {
      return await attributeDrift(services, tenant, giveUpAt - services.now().getTime());
    } catch (error) {
      services.log.error('asking the audit log failed', { tenantId: tenant.id, error: String(error) });
      return [];
    }
  });
  return raised.flat();
}
