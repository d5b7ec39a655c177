import { checkedTenant } from '../core/registry/merge-tenants-file.ts';
import type { RegisteredTenant } from '../core/registry/tenant.ts';
import { runAbreast } from './run-abreast.ts';
import { FLEET_SCOPE, type OutboxRow, type Services } from './services.ts';

/** An alert with all its outbox rows, one per channel. */
export interface FoundAlert {
  /** Null for alerts of the fleet. */
  readonly tenant: RegisteredTenant | null;
  readonly rows: readonly OutboxRow[];
}

/** Every alert that is kept, newest first. Reads one ledger partition per tenant. */
export async function listAlerts(services: Services): Promise<OutboxRow[]> {
  const tenants = await services.registry.tenants();
  const scopes = [FLEET_SCOPE, ...tenants.map((tenant) => tenant.id)];
  const rows = await runAbreast(scopes, { abreast: 32 }, (scope) => services.ledger.outbox(scope));
  return rows.flat().sort((one, other) => (one.alert.raisedAt < other.alert.raisedAt ? 1 : -1));
}

/** Finds an alert by its id; null when there is none. `tenantId` says where to look, when it is known. */
export async function findAlert(services: Services, alertId: string, tenantId?: string): Promise<FoundAlert | null> {
  const tenants = await services.registry.tenants();
  const candidates = tenantId === undefined ? tenants : tenants.filter((tenant) => tenant.id === tenantId);
  const found = await runAbreast(candidates, { abreast: 32 }, async (tenant) => {
    const rows = (await services.ledger.outbox(tenant.id)).filter((row) => row.alert.id === alertId);
    return rows.length === 0 ? null : { tenant, rows };
  });
  const ofTenant = found.find((one) => one !== null);
  if (ofTenant !== undefined) return ofTenant;
  const rows = (await services.ledger.outbox(FLEET_SCOPE)).filter((row) => row.alert.id === alertId);
  return rows.length === 0 || tenantId !== undefined ? null : { tenant: null, rows };
}

/** The tenant of a found alert, as commits need it. */
export async function tenantOf(services: Services, tenant: RegisteredTenant) {
  return checkedTenant(tenant, await services.registry.defaults());
}
