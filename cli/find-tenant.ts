import { ConfigurationError } from '../shared/adapters/config/settings.ts';
import type { RegisteredTenant } from '../shared/core/registry/tenant.ts';
import type { Services } from '../shared/jobs/services.ts';

/** The registered tenant of an id given on the command line, in any case. Retired ones are found too: their ledger stays. */
export async function findTenant(services: Services, id: string): Promise<RegisteredTenant> {
  const wanted = id.toLowerCase();
  const found = (await services.registry.tenants()).find((tenant) => tenant.id === wanted);
  if (found === undefined) throw new ConfigurationError('that tenant is not registered; see: dsw tenants list');
  return found;
}
