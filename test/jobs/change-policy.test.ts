import type { CheckedTenant } from '../../shared/core/schemas.ts';
import { addException, addMaintenance, removeException, removeMaintenance } from '../../shared/jobs/change-policy.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const DAY = 24 * 3_600_000;
const ID = tenantId(1);
const EXCEPTION = {
  id: 'x1',
  reason: 'the scanner on the third floor',
  approvedBy: 'Zoë',
  from: '2026-11-20T08:00:00.000Z',
  until: '2026-12-20T00:00:00.000Z',
};
const WINDOW = {
  id: 'm1',
  reason: 'migration',
  from: '2026-11-20T08:00:00.000Z',
  until: '2026-11-20T20:00:00.000Z',
  every: null,
};

let world: World;
let tenant: CheckedTenant;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  [tenant] = (await registerTenants(world, 1)).tenants as [CheckedTenant];
  await world.sweep();
  world.simulator.tenant(ID).setting = false;
});

afterEach(() => world.close());

async function sweepKinds(later = 900_000): Promise<string[]> {
  return (await world.sweep({ later })).raised.map(({ alert }) => alert.facts.kind);
}

const history = async () => {
  const ledger = await inspectLedger(world.services, ID);
  expect(ledger.chain).toBe('intact');
  return kindsOf(ledger);
};

describe('an exception', () => {
  it('turns the alert into something recorded, is announced before its end and alerts at it', async () => {
    await addException(world.services, tenant, EXCEPTION);
    expect(await sweepKinds()).toEqual([]);
    for await (const row of world.services.fleet.rows())
      expect(row).toMatchObject({ verdict: 'permissive', excepted: true });
    const told: string[] = [];
    for (let day = 1; day <= 32; day += 1) told.push(...(await sweepKinds(DAY)).map((kind) => `${day} ${kind}`));
    expect(told).toEqual(['16 exception-expiring', '30 drifted', '31 reminder']);
    expect(await history()).toEqual(expect.arrayContaining(['exception-added', 'excepted', 'exception-ended']));
  }, 30_000);

  it('that is removed lets the next check alert', async () => {
    await addException(world.services, tenant, EXCEPTION);
    await sweepKinds();
    await removeException(world.services, tenant, 'x1', 'Søren');
    expect(await sweepKinds()).toEqual(['drifted']);
    expect((await inspectLedger(world.services, ID)).history).toContainEqual(
      expect.objectContaining({ kind: 'exception-removed', exceptionId: 'x1', by: 'Søren' }),
    );
  });

  it('that ended is dropped from the record and stays in the history', async () => {
    await addException(world.services, tenant, { ...EXCEPTION, until: '2026-11-20T09:00:00.000Z' });
    world.clock.advance(DAY);
    await addException(world.services, tenant, { ...EXCEPTION, id: 'x2' });
    const { record } = await inspectLedger(world.services, ID);
    expect(record?.exceptions.map(({ id }) => id)).toEqual(['x2']);
    expect((await history()).filter((kind) => kind === 'exception-added')).toHaveLength(2);
  });
});

describe('a maintenance window', () => {
  it('holds the alert back and releases it at its end, if it is still true', async () => {
    await addMaintenance(world.services, tenant, WINDOW);
    expect(await sweepKinds()).toEqual([]);
    const { raised } = await world.sweep({ later: DAY / 2 });
    expect(raised.map(({ alert }) => alert.facts)).toMatchObject([{ kind: 'drifted', heldBack: true }]);
  });

  it('holds back what is over before it ends: nothing is said', async () => {
    await addMaintenance(world.services, tenant, WINDOW);
    await sweepKinds();
    world.simulator.tenant(ID).setting = true;
    expect([await sweepKinds(), await sweepKinds(), await sweepKinds(DAY)]).toEqual([[], [], []]);
    expect(await history()).toEqual(expect.arrayContaining(['drifted', 'recovered']));
  });

  it('that is removed releases at the next check', async () => {
    await addMaintenance(world.services, tenant, WINDOW);
    await sweepKinds();
    await removeMaintenance(world.services, tenant, 'm1');
    expect(await sweepKinds()).toEqual(['drifted']);
    expect(await history()).toEqual(expect.arrayContaining(['maintenance-added', 'maintenance-removed']));
  });
});
