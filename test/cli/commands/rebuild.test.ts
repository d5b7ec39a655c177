import { MINUTE } from '../../../shared/core/time.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

test('lost projections and mailboxes come back from the ledgers, and what waited is delivered', async () => {
  const { world } = desk;
  await world.register(fleetFile(world, 3));
  await desk.check();
  world.simulator.tenant(tenantId(1)).setting = false;
  world.simulator.tenant(tenantId(2)).consent = 'app-absent';
  world.simulator.flow('ops').state = 'Disabled';
  await desk.check(15 * MINUTE);
  const { lastSweep: _, ...before } = await desk.read<{ lastSweep: object; channels: object[] }>('status');

  for (const table of ['fleet', 'mailbox'] as const) {
    const client = world.storage.table(table);
    for await (const row of client.listEntities()) await client.deleteEntity(row.partitionKey ?? '', row.rowKey ?? '');
  }
  expect(await desk.run('rebuild')).toEqual({
    code: 0,
    out: '3 tenants projected anew; waiting for delivery: 1 alert\n',
    err: '',
  });
  const after = await desk.read<typeof before>('status');
  const unused = { health: 'never-used', detail: null };
  expect(after).toMatchObject({ ...before, channels: [{ ...before.channels[0], ...unused }, {}, {}] });

  world.simulator.flow('ops').state = 'Enabled';
  expect((await desk.check(15 * MINUTE)).tenants[0]?.alerts).toMatchObject([{ kind: 'drifted', status: 'accepted' }]);
});
