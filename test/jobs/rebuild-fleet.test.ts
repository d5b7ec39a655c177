import { retireTenant } from '../../shared/jobs/list-tenants.ts';
import { rebuildFleet } from '../../shared/jobs/rebuild-fleet.ts';
import type { FleetRow, MailboxItem } from '../../shared/jobs/services.ts';
import { wireFaults } from '../../simulator/behaviour/wire-faults.ts';
import { aadsts } from '../../simulator/sign-in/sign-in-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { deliver, raiseAlerts, registerTenants } from '../support/raise-alerts.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const tenant = (nth: number) => world.simulator.tenant(tenantId(nth));

async function fleetRows(): Promise<FleetRow[]> {
  const rows: FleetRow[] = [];
  for await (const row of world.services.fleet.rows()) rows.push(row);
  return rows.sort((one, other) => (one.tenantId < other.tenantId ? -1 : 1));
}

/** What a restore loses: everything but the ledgers and the registry. */
async function loseProjections(): Promise<void> {
  for (const table of ['fleet', 'mailbox'] as const) {
    const client = world.storage.table(table);
    for await (const row of client.listEntities()) await client.deleteEntity(row.partitionKey!, row.rowKey!);
  }
}

it('the fleet is rebuilt from the ledgers as the sweeps had written it', async () => {
  await registerTenants(world, 6);
  await world.sweep();
  tenant(1).setting = false;
  tenant(2).exchangeRole = false;
  tenant(3).behave('exchange', wireFaults.cutBeforeHeaders);
  tenant(4).setting = false;
  await world.sweep({ later: 900_000 });
  tenant(4).setting = true;
  for (let hour = 0; hour < 7; hour += 1) await world.sweep({ later: 3_600_000 });
  const written = await fleetRows();
  expect(new Set(written.map(({ verdict }) => verdict)).size).toBe(3);
  await loseProjections();
  expect(await fleetRows()).toEqual([]);
  expect(await rebuildFleet(world.services)).toEqual({ rows: 6, waiting: 0 });
  expect(await fleetRows()).toEqual(written);
}, 20_000);

it('a tenant that was never checked is unknown, one that is no longer managed goes', async () => {
  await registerTenants(world, 2);
  await world.sweep();
  const registered = await world.services.registry.tenants();
  await retireTenant(world.services, registered[0]!, 'gone');
  await world.services.fleet.put({ ...(await fleetRows())[0]!, tenantId: tenantId(1) });
  await world.register({ tenants: [{ id: tenantId(3), name: 'New' }] });
  expect(await rebuildFleet(world.services)).toMatchObject({ rows: 2 });
  expect((await fleetRows()).map(({ tenantId: id, verdict, state }) => [id, verdict, state])).toEqual([
    [tenantId(2), 'enforced', 'enforced'],
    [tenantId(3), 'unknown', 'never-verified'],
  ]);
});

describe('what waited for a channel', () => {
  const itemsOf = async (channel: string) => (await world.services.mailbox.items(channel)).map(withoutTries);
  const withoutTries = ({ alertId, scope, status, attempts }: MailboxItem) => ({ alertId, scope, status, attempts });

  it('waits again, pending or parked, and is delivered', async () => {
    await registerTenants(world, 2, ['ops', 'siem']);
    await raiseAlerts(world);
    world.simulator.flow('ops').state = 'Disabled';
    await deliver(world, { only: ['ops'] });
    const before = [await itemsOf('ops'), await itemsOf('siem')];
    expect(before.map((items) => items.map(({ status }) => status))).toEqual([
      ['parked', 'parked'],
      ['pending', 'pending'],
    ]);
    await loseProjections();
    world.simulator.flow('ops').state = 'Enabled';
    await rebuildFleet(world.services);
    expect([await itemsOf('ops'), await itemsOf('siem')]).toEqual(before);
    await deliver(world);
    expect(world.simulator.flow('ops').accepted).toHaveLength(2);
    expect(world.simulator.webhook('siem').deliveries).toHaveLength(2);
  });

  it('of the fleet itself and of tenants that were retired meanwhile waits again too', async () => {
    await registerTenants(world, 3);
    tenant(1).setting = false;
    world.simulator.flow('ops').behave(wireFaults.htmlBadGateway);
    await world.sweep();
    for (const nth of [1, 2, 3]) tenant(nth).behave('signIn', aadsts(7000222));
    await world.sweep({ later: 3_600_000, by: world.openProcess('next') });
    const [first] = await world.services.registry.tenants();
    await retireTenant(world.services, first!, 'gone');
    const before = await itemsOf('ops');
    expect(before.map(({ scope }) => scope)).toEqual([tenantId(1), 'fleet']);
    await loseProjections();
    expect(await rebuildFleet(world.services)).toMatchObject({ waiting: 2 });
    expect(await itemsOf('ops')).toEqual(before);
  });
});
