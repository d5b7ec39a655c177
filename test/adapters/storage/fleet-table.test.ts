import { openFleet } from '../../../shared/adapters/storage/fleet-table.ts';
import { newTenantRecord, projectTenant } from '../../../shared/jobs/check-tenant.ts';
import type { FleetRow } from '../../../shared/jobs/services.ts';
import { openTables } from '../../support/open-tables.ts';
import { tenantId } from '../../support/open-world.ts';

const AT = '2026-11-20T08:00:00.000Z';

function row(nth: number): FleetRow {
  const tenant = { id: tenantId(nth), name: `Tenant ${nth}`, domains: [], cloud: 'global', channels: [] } as const;
  const reading = { verdict: 'enforced', askedAt: AT, observedAt: AT } as const;
  const registered = { ...tenant, domains: [], channels: [], escalation: null, registeredAt: AT };
  return projectTenant(registered, reading, newTenantRecord(AT), 'run', AT);
}

async function collect(rows: AsyncIterable<FleetRow>): Promise<FleetRow[]> {
  const all: FleetRow[] = [];
  for await (const one of rows) all.push(one);
  return all;
}

it('keeps one row per tenant, and lists more than a page of them', async () => {
  const table = (await openTables()).table('fleet');
  const fleet = openFleet(table);
  const rows = Array.from({ length: 1100 }, (_, nth) => row(nth));
  for (let at = 0; at < rows.length; at += 50) await Promise.all(rows.slice(at, at + 50).map((one) => fleet.put(one)));
  const changed = { ...rows[7]!, name: 'renamed' };
  await fleet.put(changed);
  const listed = (await collect(fleet.rows())).sort((one, other) => (one.tenantId < other.tenantId ? -1 : 1));
  expect(listed).toEqual(rows.map((one, at) => (at === 7 ? changed : one)));
  await fleet.remove(rows[0]!.tenantId);
  await fleet.remove(rows[0]!.tenantId);
  expect(await collect(fleet.rows())).toHaveLength(1099);
}, 30_000);

it('shows verdict, time and run in columns of their own, for whoever looks into the table', async () => {
  const table = (await openTables()).table('fleet');
  await openFleet(table).put(row(1));
  const shown = { rowKey: tenantId(1), verdict: 'enforced', checkedAt: AT, runId: 'run', v: 1 };
  for await (const stored of table.listEntities()) expect(stored).toMatchObject(shown);
  expect.assertions(1);
});
