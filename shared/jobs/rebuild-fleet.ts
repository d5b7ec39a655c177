import { newTenantRecord } from './check-tenant.ts';
import { mailboxItem } from './commit-change.ts';
import { listManaged } from './list-tenants.ts';
import { projectAgain } from './project-again.ts';
import { FLEET_SCOPE, type Services, type TenantRecord } from './services.ts';

/** Writes the fleet's rows and the mailboxes anew from the ledgers, as after a restore. Returns how many of each. */
export async function rebuildFleet(services: Services): Promise<{ readonly rows: number; readonly waiting: number }> {
  const { tenants } = await listManaged(services);
  const kept = new Set(tenants.map((tenant) => tenant.id));
  for await (const row of services.fleet.rows()) if (!kept.has(row.tenantId)) await services.fleet.remove(row.tenantId);
  for (const tenant of tenants) {
    const record = (await services.ledger.load<TenantRecord>(tenant.id))?.value ?? newTenantRecord(tenant.registeredAt);
    await projectAgain(services, tenant, record);
  }
  // What waits about the fleet, or about a tenant that is no longer checked, is still to be delivered.
  const scopes = [FLEET_SCOPE, ...(await services.registry.tenants()).map((tenant) => tenant.id)];
  let waiting = 0;
  for (const scope of scopes) {
    const open = (await services.ledger.outbox(scope)).filter((row) => row.status !== 'accepted');
    await services.mailbox.add(
      open.map((row) => ({ ...mailboxItem(row), status: row.status === 'parked' ? 'parked' : 'pending' })),
    );
    waiting += open.length;
  }
  return { rows: tenants.length, waiting };
}
