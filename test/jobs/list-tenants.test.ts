import { importTenants, listManaged, retireTenant, syncDeployment } from '../../shared/jobs/list-tenants.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { nameChannels, openWorld, tenantId, type World } from '../support/open-world.ts';
import { deliver, raiseAlerts, registerTenants } from '../support/raise-alerts.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const file = (...nths: number[]) => ({ tenants: nths.map((nth) => ({ id: tenantId(nth), name: `Tenant ${nth}` })) });
const ids = async () => (await listManaged(world.services)).tenants.map(({ id }) => id);

describe('an import', () => {
  it('adds to what is there and writes only what differs', async () => {
    expect(await importTenants(world.services, file(1, 2), 'import')).toEqual({ saved: 2 });
    world.clock.advance(1000);
    expect(await importTenants(world.services, file(2, 3), 'import')).toEqual({ saved: 1 });
    expect(await ids()).toEqual([tenantId(1), tenantId(2), tenantId(3)]);
  });

  it('keeps the moment of the first registration: blindness is counted from there', async () => {
    await importTenants(world.services, file(1), 'import');
    world.clock.advance(1000);
    const renamed = { tenants: [{ id: tenantId(1), name: 'Renamed' }] };
    await importTenants(world.services, renamed, 'import');
    const [tenant] = (await listManaged(world.services)).tenants;
    expect(tenant).toMatchObject({ name: 'Renamed', registeredAt: '2026-11-20T08:00:00.000Z' });
  });

  it('leaves the defaults alone when it has none', async () => {
    await registerTenants(world, 1, ['ops', 'siem']);
    await importTenants(world.services, file(2), 'import');
    const { tenants, defaults } = await listManaged(world.services);
    expect(defaults).toMatchObject({ channels: ['ops', 'siem'], fallback: 'spare' });
    expect(tenants[1]).toMatchObject({ channels: ['ops', 'siem'] });
  });
});

describe('the tenants of a deployment', () => {
  it('that are no longer named are retired; those that a person imported stay', async () => {
    await importTenants(world.services, file(9), 'import');
    await syncDeployment(world.services, file(1, 2));
    expect(await ids()).toEqual([tenantId(1), tenantId(2), tenantId(9)]);
    await syncDeployment(world.services, file(2));
    expect(await ids()).toEqual([tenantId(2), tenantId(9)]);
    const ledger = await inspectLedger(world.services, tenantId(1));
    expect(ledger.history.at(-1)).toMatchObject({ kind: 'retired', why: 'no longer in DSW_TENANTS' });
  });

  it('synchronised twice change nothing the second time', async () => {
    await syncDeployment(world.services, file(1));
    await syncDeployment(world.services, file());
    const before = await inspectLedger(world.services, tenantId(1));
    await syncDeployment(world.services, file());
    expect(await inspectLedger(world.services, tenantId(1))).toEqual(before);
  });

  it('that come back are registered anew and checked again, their ledger goes on', async () => {
    await syncDeployment(world.services, file(1));
    await syncDeployment(world.services, file());
    world.clock.advance(1000);
    await syncDeployment(world.services, file(1));
    expect((await listManaged(world.services)).tenants).toMatchObject([{ registeredAt: '2026-11-20T08:00:01.000Z' }]);
    world.simulator.tenant(tenantId(1));
    await world.sweep();
    const ledger = await inspectLedger(world.services, tenantId(1));
    expect(kindsOf(ledger)).toContain('baseline');
    expect(ledger.chain).toBe('intact');
  });
});

describe('a tenant that is retired', () => {
  it('while an alert waits: that is still delivered, and nothing new is said', async () => {
    await registerTenants(world, 2);
    await raiseAlerts(world);
    const [first] = await world.services.registry.tenants();
    await retireTenant(world.services, first!, 'contract ended');
    await deliver(world);
    expect(world.simulator.flow('ops').accepted).toHaveLength(2);
    const { results, raised } = await world.sweep({ later: 8 * 24 * 3_600_000 });
    expect(results.map(({ tenant }) => tenant.id)).toEqual([tenantId(2)]);
    expect(raised.map(({ scope }) => scope)).toEqual([tenantId(2)]);
    for await (const row of world.services.fleet.rows()) expect(row.tenantId).toBe(tenantId(2));
  });
});

it('a tenant has its own channels, or the defaults', async () => {
  const tenants = [{ id: tenantId(1), name: 'One', channels: ['siem'] }, ...file(2).tenants];
  const defaults = { channels: ['ops'], escalateTo: ['spare'], escalateAfter: '4h' };
  const managed = await world.register({ channels: nameChannels(world), defaults, tenants });
  expect(managed.tenants).toMatchObject([
    { channels: ['siem'], escalation: { channels: ['spare'], after: 4 * 3_600_000 } },
    { channels: ['ops'] },
  ]);
});
