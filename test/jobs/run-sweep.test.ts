import { wireFaults } from '../../simulator/behaviour/wire-faults.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { namedBy, registerTenants } from '../support/raise-alerts.ts';
import { wrapServices } from '../support/wrap-services.ts';

const QUARTER = 900_000;

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const tenant = (nth: number) => world.simulator.tenant(tenantId(nth));
const cards = () => world.simulator.flow('ops').accepted;

describe('the life of a drift', () => {
  it('is one card when it opens and one when it is over', async () => {
    await registerTenants(world, 3);
    expect((await world.sweep()).raised).toEqual([]);
    tenant(2).setting = false;
    const opened = await world.sweep({ later: QUARTER });
    expect(opened.results.map(({ transition }) => transition)).toEqual(['none', 'drifted', 'none']);
    expect(opened.raised).toHaveLength(1);
    expect(namedBy(cards(), opened.raised)).toEqual([[opened.raised[0]!.alert.id]]);
    // What is known of the window: after the last reading that was enforced, before the first that was not.
    expect(opened.raised[0]?.alert.facts).toMatchObject({
      window: { notBefore: '2026-11-20T08:00:00.000Z', notAfter: '2026-11-20T08:15:00.000Z' },
    });
    for (let sweep = 0; sweep < 3; sweep += 1) expect((await world.sweep({ later: QUARTER })).raised).toEqual([]);
    tenant(2).setting = true;
    expect((await world.sweep({ later: QUARTER })).raised).toEqual([]);
    const closed = await world.sweep({ later: QUARTER });
    expect(closed.raised.map(({ alert }) => alert.facts)).toMatchObject([{ kind: 'recovered', openFor: 4 * QUARTER }]);
    expect(cards()).toHaveLength(2);
  });

  it('reminds after a day, then weekly', async () => {
    await registerTenants(world, 1);
    tenant(1).setting = false;
    await world.sweep();
    const days: number[] = [];
    for (let day = 1; day <= 16; day += 1) {
      const { raised } = await world.sweep({ later: 24 * 4 * QUARTER });
      if (raised.length > 0) days.push(day);
    }
    expect(days).toEqual([1, 8, 15]);
  }, 20_000);
});

describe('one tenant', () => {
  it('that hangs or fails is unknown, and changes nothing of the others', async () => {
    await registerTenants(world, 4);
    tenant(1).behave('exchange', wireFaults.cutBeforeHeaders);
    tenant(2).exchangeRole = false;
    tenant(3).setting = false;
    const { results, sweep } = await world.sweep();
    expect(results.map(({ row }) => [row.verdict, row.reason])).toEqual([
      ['unknown', 'network'],
      ['unknown', 'role-missing'],
      ['permissive', null],
      ['enforced', null],
    ]);
    expect(sweep).toMatchObject({ status: 'closed', expected: 4, done: 4, failed: 0 });
  });

  it('whose result cannot be stored stays in the sweep and in the report, as unknown', async () => {
    await registerTenants(world, 3);
    const by = wrapServices(world.services, ({ name, args }, work) => {
      if (name === 'ledger.commit' && args[0] === tenantId(2)) throw new Error('storage\nis down: sig=SECRET');
      return work();
    });
    const { results } = await world.sweep({ by });
    expect(results.map(({ row }) => row.verdict)).toEqual(['enforced', 'unknown', 'enforced']);
    expect(results[1]?.row).toMatchObject({ tenantId: tenantId(2), reason: 'service-error' });
    expect(results[1]?.row.detail).toMatch(/^the result could not be stored: storage is down/);
    expect(world.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});

describe('blindness', () => {
  it('of one tenant is told after six hours, with the reason, and its end too', async () => {
    await registerTenants(world, 3);
    await world.sweep();
    tenant(1).exchangeRole = false;
    const kinds: string[] = [];
    for (let hour = 1; hour <= 8; hour += 1) {
      const { raised } = await world.sweep({ later: 4 * QUARTER });
      kinds.push(...raised.map(({ alert }) => `${hour} h ${alert.facts.kind}`));
    }
    expect(kinds).toEqual(['6 h blinded']);
    tenant(1).exchangeRole = true;
    const { raised, results } = await world.sweep({ later: 4 * QUARTER });
    expect(raised.map(({ alert }) => alert.facts)).toMatchObject([{ kind: 'sighted', reason: 'role-missing' }]);
    expect(results[0]?.transition).toBe('sighted');
    expect((await inspectLedger(world.services, tenantId(1))).chain).toBe('intact');
  }, 20_000);
});

describe('what earlier runs left', () => {
  it('is delivered by the next sweep, also when that finds nothing new', async () => {
    await registerTenants(world, 1);
    tenant(1).setting = false;
    world.simulator.flow('ops').state = 'Disabled';
    const { raised } = await world.sweep();
    expect(cards()).toEqual([]);
    world.simulator.flow('ops').state = 'Enabled';
    await world.sweep({ later: 5 * QUARTER });
    expect(namedBy(cards(), raised)).toEqual([[raised[0]!.alert.id]]);
  });

  it('is reported with the alerts of the sweep that delivered it', async () => {
    await registerTenants(world, 1);
    tenant(1).setting = false;
    world.simulator.flow('ops').behave(wireFaults.htmlBadGateway, wireFaults.htmlBadGateway, 'healthy');
    const first = await world.sweep();
    expect(first.deliveries.reports.get('ops')?.attempted.map(({ status }) => status)).toEqual(['pending', 'pending']);
    const second = await world.sweep({ later: QUARTER });
    expect(second.deliveries.reports.get('ops')?.attempted).toMatchObject([{ status: 'accepted', attempts: 3 }]);
  });
});

it('nothing secret is in logs, tables or what the sweep gives back', async () => {
  const { simulator, storage } = world;
  await registerTenants(world, 3, ['ops', 'siem']);
  tenant(1).setting = false;
  tenant(2).consent = 'app-absent';
  tenant(3).behave('exchange', wireFaults.cutInBody);
  simulator.flow('ops').state = 'Deleted';
  simulator.webhook('siem').behave(wireFaults.cutBeforeHeaders);
  const outcome = await world.sweep();
  const stored: unknown[] = [];
  for (const table of ['tenants', 'ledger', 'fleet', 'traffic', 'sweeps', 'mailbox'] as const) {
    for await (const row of storage.table(table).listEntities()) stored.push(row);
  }
  const everything = JSON.stringify([
    outcome.results,
    outcome.raised,
    [...outcome.deliveries.reports],
    stored,
    world.logged,
  ]);
  expect(stored.length).toBeGreaterThan(10);
  expect(everything).not.toContain(simulator.marker);
  expect(everything).not.toContain('sig=');
});
