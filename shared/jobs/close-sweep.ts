import { announceBlindness } from '../core/alerts/announce.ts';
import { judgeFleet } from '../core/fleet/judge-fleet.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import type { Instant } from '../core/time.ts';
import { newTenantRecord, policyOf, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import { commitFleet } from './commit-fleet.ts';
import type { Managed } from './list-tenants.ts';
import type { FleetRow, OutboxRow, Services, TenantRecord } from './services.ts';

/** What can only be said once a whole sweep was seen: is it our fault, which tenants are blind for reasons of their own. */
export async function closeSweep(
  services: Services,
  sweep: { readonly runId: string; readonly startedAt: Instant },
  rows: readonly FleetRow[],
  managed: Managed,
): Promise<OutboxRow[]> {
  const now = services.now().toISOString();
  const fleet = await commitFleet(services, (state) =>
    judgeFleet(state, rows, { ...sweep, now }, operatorChannels(managed)),
  );
  const outbox = [...fleet.outbox];
  // While the fault is ours, a tenant's blindness is recorded and says nothing about the tenant.
  if (fleet.result.blind !== null) return outbox;
  const tenants = new Map(managed.tenants.map((tenant) => [tenant.id, tenant]));
  for (const row of rows) {
    const tenant = tenants.get(row.tenantId);
    if (row.awaitsBlindnessAlert && tenant !== undefined) outbox.push(...(await tellBlindness(services, tenant)));
  }
  return outbox;
}

/** The channels of those who run this program: a customer's own channel does not hear of the whole fleet. */
export function operatorChannels({ channels, defaults }: Managed): readonly string[] {
  if (defaults.channels.length > 0) return defaults.channels;
  return defaults.fallback === null ? channels.map((channel) => channel.id) : [defaults.fallback];
}

async function tellBlindness(services: Services, tenant: CheckedTenant): Promise<readonly OutboxRow[]> {
  const { outbox } = await commitChange<TenantRecord, null>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => {
      const now = services.now().toISOString();
      const { state, drafts, notes } = announceBlindness(record.state, policyOf(tenant, record), now);
      return state === record.state
        ? { unchanged: null }
        : { record: { ...record, state }, notes, drafts, result: null };
    },
  );
  return outbox;
}
