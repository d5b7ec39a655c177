import { checkedTenant, mergeTenantsFile } from '../core/registry/merge-tenants-file.ts';
import type { NamedChannel, RegisteredTenant, RegistryDefaults } from '../core/registry/tenant.ts';
import type { CheckedTenant, TenantsFile } from '../core/schemas.ts';
import { newTenantRecord, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import type { Services, TenantRecord } from './services.ts';

/** Everything that is managed, as a sweep needs it. */
export interface Managed {
  readonly tenants: readonly CheckedTenant[];
  readonly channels: readonly NamedChannel[];
  readonly defaults: RegistryDefaults;
}

/** The tenants that are not retired, with their channels. */
export async function listManaged(services: Services): Promise<Managed> {
  const { registry } = services;
  const [tenants, channels, defaults] = await Promise.all([
    registry.tenants(),
    registry.channels(),
    registry.defaults(),
  ]);
  const active = tenants.filter((tenant) => tenant.retiredAt === null);
  return { tenants: active.map((tenant) => checkedTenant(tenant, defaults)), channels, defaults };
}

/** Merges a file into the registry; what is already there as written is not written again. */
export async function importTenants(
  services: Services,
  file: TenantsFile,
  origin: 'import' | 'deployment',
): Promise<{ readonly saved: number }> {
  const known = new Map((await services.registry.tenants()).map((tenant) => [tenant.id, tenant]));
  const channels = new Map((await services.registry.channels()).map((channel) => [channel.id, channel]));
  const change = mergeTenantsFile(file, origin, known, services.now().toISOString());
  const differs = (one: { id: string }, before: object | undefined) => JSON.stringify(one) !== JSON.stringify(before);
  const tenants = change.tenants.filter((tenant) => differs(tenant, known.get(tenant.id)));
  const changedChannels = change.channels.filter((channel) => differs(channel, channels.get(channel.id)));
  await services.registry.save({ tenants, channels: changedChannels, defaults: change.defaults });
  return { saved: tenants.length };
}

/** Makes the registry say what the deployment's tenants file says; tenants that it no longer names are retired. */
export async function syncDeployment(services: Services, file: TenantsFile): Promise<void> {
  await importTenants(services, file, 'deployment');
  const named = new Set(file.tenants.map((tenant) => tenant.id));
  for (const tenant of await services.registry.tenants()) {
    const gone = tenant.origin === 'deployment' && tenant.retiredAt === null && !named.has(tenant.id);
    if (gone) await retireTenant(services, tenant, 'no longer in DSW_TENANTS');
  }
}

/** Stops checking a tenant. Its ledger stays, what already waits is still delivered, and nothing new is said about it. */
export async function retireTenant(services: Services, tenant: RegisteredTenant, why: string): Promise<void> {
  const retiredAt = services.now().toISOString();
  const checked = checkedTenant(tenant, await services.registry.defaults());
  await commitChange<TenantRecord, null>(
    services,
    targetOf(checked),
    () => newTenantRecord(tenant.registeredAt),
    (record) => ({ record, notes: [{ kind: 'retired', why }], drafts: [], result: null }),
  );
  await services.registry.save({ tenants: [{ ...tenant, retiredAt }], channels: [], defaults: null });
  await services.fleet.remove(tenant.id);
}
