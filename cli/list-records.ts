import type { RegisteredTenant } from '../shared/core/registry/tenant.ts';
import { runAbreast } from '../shared/jobs/run-abreast.ts';
import type { Services, TenantRecord } from '../shared/jobs/services.ts';

/** Every tenant that has a ledger, with its record. */
export async function listRecords(services: Services): Promise<{ tenant: RegisteredTenant; record: TenantRecord }[]> {
  const tenants = await services.registry.tenants();
  const records = await runAbreast(tenants, { abreast: 32 }, (tenant) => services.ledger.load<TenantRecord>(tenant.id));
  return tenants.flatMap((tenant, at) => {
    const record = records[at]?.value;
    return record === undefined ? [] : [{ tenant, record }];
  });
}
