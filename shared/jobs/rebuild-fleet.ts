import { newTenantRecord, projectTenant } from './check-tenant.ts';
import { mailboxItem } from './commit-change.ts';
import { listManaged } from './list-tenants.ts';
import type { Services, TenantRecord } from './services.ts';

/** Writes the fleet's rows and the mailboxes anew from the ledgers, as after a restore. Returns how many of each. */
export async function rebuildFleet(services: Services): Promise<{ readonly rows: number; readonly waiting: number }> {
  const { tenants } = await listManaged(services);
  const now = services.now().toISOString();
  const kept = new Set(tenants.map((tenant) => tenant.id));
  let waiting = 0;
  for await (const row of services.fleet.rows()) if (!kept.has(row.tenantId)) await services.fleet.remove(row.tenantId);
  for (const tenant of tenants) {
    const record = (await services.ledger.load<TenantRecord>(tenant.id))?.value ?? newTenantRecord(tenant.registeredAt);
    await services.fleet.put(
      projectTenant(tenant, lastReading(record), record, record.state.newest?.runId ?? 'none', now),
    );
    const open = (await services.ledger.outbox(tenant.id)).filter((row) => row.status !== 'accepted');
    await services.mailbox.add(
      open.map((row) => ({ ...mailboxItem(row), status: row.status === 'parked' ? 'parked' : 'pending' })),
    );
    waiting += open.length;
  }
  return { rows: tenants.length, waiting };
}

/** What the ledger says of the newest reading. */
function lastReading({ state }: TenantRecord): Parameters<typeof projectTenant>[1] {
  const askedAt = state.newest?.askedAt ?? state.registeredAt;
  const times = { askedAt, observedAt: askedAt };
  if (state.unreadable !== null) return { verdict: 'unknown', ...state.unreadable, ...times };
  if (state.verifiedAt === null)
    return { verdict: 'unknown', reason: 'setting-not-returned', detail: 'not checked yet', ...times };
  return { verdict: state.enforcedAt === state.verifiedAt ? 'enforced' : 'permissive', ...times };
}
