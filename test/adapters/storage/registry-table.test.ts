import { openRegistry } from '../../../shared/adapters/storage/registry-table.ts';
import { type NamedChannel, NO_DEFAULTS, type RegisteredTenant } from '../../../shared/core/registry/tenant.ts';
import type { Registry } from '../../../shared/jobs/services.ts';
import { openTables } from '../../support/open-tables.ts';
import { tenantId } from '../../support/open-world.ts';

let registry: Registry;

beforeEach(async () => {
  registry = openRegistry((await openTables()).table('tenants'));
});

function tenant(nth: number): RegisteredTenant {
  return {
    id: tenantId(nth),
    name: `Kunde ${nth} – Zoë & Søn`,
    domains: [`kunde-${nth}.example`],
    cloud: 'global',
    channels: null,
    escalateTo: null,
    escalateAfter: null,
    origin: 'import',
    registeredAt: '2026-11-20T08:00:00.000Z',
    retiredAt: null,
  };
}

const CHANNEL: NamedChannel = { id: 'ops', type: 'teams-workflow', url: { setting: 'OPS_URL' } };
const DEFAULTS = { channels: ['ops'], fallback: 'ops', escalateTo: [], escalateAfter: null };

it('is empty at first, and has defaults that say nothing', async () => {
  expect(await registry.tenants()).toEqual([]);
  expect(await registry.channels()).toEqual([]);
  expect(await registry.defaults()).toEqual(NO_DEFAULTS);
});

it('keeps 5,000 tenants, and only changes what is saved', async () => {
  const tenants = Array.from({ length: 5000 }, (_, nth) => tenant(nth));
  await registry.save({ tenants, channels: [CHANNEL], defaults: DEFAULTS });
  expect(await registry.tenants()).toEqual(tenants);
  const retired = { ...tenant(4321), retiredAt: '2026-11-21T08:00:00.000Z' };
  await registry.save({ tenants: [retired], channels: [], defaults: null });
  const after = await registry.tenants();
  expect(after).toHaveLength(5000);
  expect(after[4321]).toEqual(retired);
  expect(await registry.channels()).toEqual([CHANNEL]);
  expect(await registry.defaults()).toEqual(DEFAULTS);
}, 60_000);

it('writes channels before the tenants that name them', async () => {
  const written: string[] = [];
  const table = (await openTables()).table('tenants');
  table.pipeline.addPolicy({
    name: 'note',
    sendRequest: (request, next) => {
      written.push(...(/PartitionKey\\?":\\?"(\w+)/.exec(String(request.body)) ?? []).slice(1));
      return next(request);
    },
  });
  await openRegistry(table).save({ tenants: [tenant(1)], channels: [CHANNEL], defaults: DEFAULTS });
  expect(written).toEqual(['channel', 'defaults', 'tenant']);
});
