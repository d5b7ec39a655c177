import { checkTenant } from '../../shared/jobs/check-tenant.ts';
import type { Managed } from '../../shared/jobs/list-tenants.ts';
import { exchangeFaults } from '../../simulator/exchange/exchange-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { countTableRequests, type RequestCounter } from '../support/count-table-requests.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { nameChannels, openWorld, tenantId, type World } from '../support/open-world.ts';

const ID = tenantId(1);
const HOUR = 3_600_000;

let counter: RequestCounter;
let world: World;
let managed: Managed;

beforeEach(async () => {
  counter = await countTableRequests(claimStorage());
  world = await openWorld(counter.connectionString);
  const channels = nameChannels(world);
  const tenants = [{ id: ID, name: 'Fabrikam GmbH', domains: ['fabrikam.example'] }];
  managed = await world.register({ channels, defaults: { channels: ['ops', 'siem'] }, tenants });
});

afterEach(async () => {
  await world.close();
  await counter.close();
});

let runs = 0;
async function check(
  setting: unknown,
  by = world.services,
  runId = `20261120T080000Z-${String(++runs).padStart(3, '0')}`,
) {
  world.simulator.tenant(ID).setting = setting;
  return checkTenant(by, managed.tenants[0]!, { runId });
}

describe('one check after another', () => {
  it('records what each reading meant, in a chain that holds', async () => {
    for (const [setting, transition] of [
      [true, 'baseline'],
      [true, 'none'],
      [false, 'drifted'],
      [false, 'none'],
      [true, 'none'],
      [true, 'recovered'],
    ] as const) {
      world.clock.advance(HOUR / 4);
      expect((await check(setting)).transition).toBe(transition);
    }
    const ledger = await inspectLedger(world.services, ID);
    expect(ledger.chain).toBe('intact');
    expect(kindsOf(ledger)).toEqual([
      'registered',
      'baseline',
      'drifted',
      'alerted',
      'recovery-pending',
      'recovered',
      'alerted',
    ]);
    expect(ledger.outbox.map(({ alert, channel }) => `${alert.facts.kind} ${channel}`).sort()).toEqual([
      'drifted ops',
      'drifted siem',
      'recovered ops',
      'recovered siem',
    ]);
  });

  it('prints the newest hash of the ledger on each alert', async () => {
    await check(true);
    world.clock.advance(HOUR);
    const { outbox, record } = await check(false);
    expect(outbox).toHaveLength(2);
    for (const { alert } of outbox) expect(alert.ledger).toEqual({ seq: record.chain.seq, hash: record.chain.hash });
  });

  it('shows the tenant as it is now in the fleet', async () => {
    await check(true);
    world.clock.advance(HOUR);
    world.simulator.tenant(ID).behave('exchange', exchangeFaults.roleMissing);
    const { row } = await check(true);
    for await (const stored of world.services.fleet.rows()) expect(stored).toEqual(row);
    expect(row).toMatchObject({ verdict: 'unknown', reason: 'role-missing', state: 'enforced', openSince: null });
  });

  it('hints at each channel once', async () => {
    const hinted: string[] = [];
    const services = { ...world.services, hintDelivery: async (channel: string) => void hinted.push(channel) };
    await check(false, services);
    expect(hinted.sort()).toEqual(['ops', 'siem']);
  });
});

describe('table requests on the wire', () => {
  it('are three at most for a check that changes nothing', async () => {
    await check(true);
    for (const setting of [true, true]) {
      world.clock.advance(HOUR / 4);
      counter.requests.length = 0;
      expect((await check(setting)).transition).toBe('none');
      expect(counter.requests).toEqual([
        { method: 'GET', table: 'ledger' },
        { method: 'PUT', table: 'ledger' },
        { method: 'PUT', table: 'fleet' },
      ]);
    }
  });

  it('are three at most also for a tenant that stays permissive or unknown', async () => {
    await check(false);
    world.clock.advance(HOUR / 4);
    counter.requests.length = 0;
    await check(false);
    expect(counter.requests).toHaveLength(3);
    world.simulator.tenant(ID).behave('exchange', exchangeFaults.imATeapot);
    await check(false);
    counter.requests.length = 0;
    await check(false);
    expect(counter.requests).toHaveLength(3);
  });

  it('commit a transition in one transaction, with its mailbox items before', async () => {
    await check(true);
    world.clock.advance(HOUR);
    counter.requests.length = 0;
    await check(false);
    expect(counter.requests.map(({ method, table }) => `${method} ${table}`)).toEqual([
      'GET ledger',
      'POST mailbox',
      'POST mailbox',
      'POST $batch',
      'PUT fleet',
    ]);
  });
});

describe('the same message twice', () => {
  it('changes nothing the second time', async () => {
    await check(true);
    world.clock.advance(HOUR);
    await check(false, world.services, 'run-b');
    const before = await inspectLedger(world.services, ID);
    world.clock.advance(1000);
    const again = await check(false, world.services, 'run-b');
    expect(again).toMatchObject({ transition: 'none', outbox: [] });
    expect(await inspectLedger(world.services, ID)).toEqual(before);
  });
});

it('a reading that comes late is recorded and changes neither state nor fleet', async () => {
  await check(true);
  world.clock.advance(HOUR);
  await check(false);
  const before = await inspectLedger(world.services, ID);
  world.clock.advance(-HOUR / 2);
  const late = await check(true);
  expect(late).toMatchObject({ transition: 'none', reading: { verdict: 'enforced' } });
  const after = await inspectLedger(world.services, ID);
  expect(kindsOf(after).slice(kindsOf(before).length)).toEqual(['late-reading']);
  expect(after.record?.state).toMatchObject({ phase: 'permissive', open: before.record?.state.open });
  for await (const row of world.services.fleet.rows()) expect(row).toMatchObject({ verdict: 'permissive' });
});
