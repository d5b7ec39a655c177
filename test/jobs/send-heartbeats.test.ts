import { DAY, later, MINUTE, WEEK } from '../../shared/core/time.ts';
import { listManaged } from '../../shared/jobs/list-tenants.ts';
import { sendHeartbeats } from '../../shared/jobs/send-heartbeats.ts';
import type { FleetRow } from '../../shared/jobs/services.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { nameChannels, openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

let world: World;

afterEach(() => world.close());

async function open(every: string): Promise<void> {
  world = await openWorld(claimStorage(), { DSW_HEARTBEAT: every });
}

/** Sweeps daily and notes on which days a heartbeat was raised, and for which channels. */
async function watch(days: number): Promise<string[]> {
  const seen: string[] = [];
  for (let day = 0; day <= days; day += 1) {
    const { raised } = await world.sweep({ later: day === 0 ? 0 : DAY });
    const beats = raised.filter(({ alert }) => alert.facts.kind === 'heartbeat');
    seen.push(...beats.map(({ channel }) => `${day} ${channel}`));
  }
  return seen;
}

it.each([
  ['daily', 3, ['1 ops', '2 ops', '3 ops']],
  ['weekly', 15, ['7 ops', '14 ops']],
  ['off', 15, []],
])(
  '%s: the first one period after the first sweep',
  async (every, days, expected) => {
    await open(every);
    await registerTenants(world, 1);
    expect(await watch(days)).toEqual(expected);
  },
  20_000,
);

it('monthly: every thirty days, also when a sweep comes much later', async () => {
  await open('monthly');
  await registerTenants(world, 1);
  await world.sweep();
  const counts = [];
  for (const days of [29, 1, 95, 1]) {
    const { raised } = await world.sweep({ later: days * DAY });
    counts.push(raised.length);
  }
  expect(counts).toEqual([0, 1, 1, 0]);
});

it('goes to each channel that somebody is told by, with the figures of its own tenants and their newest hashes', async () => {
  await open('weekly');
  const tenants = [
    { id: tenantId(1), name: 'One', channels: ['ops', 'siem'] },
    { id: tenantId(2), name: 'Two', channels: ['ops'] },
    { id: tenantId(3), name: 'Three', channels: ['siem'] },
  ];
  await world.register({ channels: nameChannels(world), tenants });
  world.simulator.tenant(tenantId(2)).setting = false;
  world.simulator.tenant(tenantId(3)).exchangeRole = false;
  await world.sweep();
  const { raised } = await world.sweep({ later: WEEK });
  const beats = raised.filter(({ alert }) => alert.facts.kind === 'heartbeat');
  const facts = Object.fromEntries(beats.map(({ channel, alert }) => [channel, alert.facts]));
  expect(facts).toMatchObject({
    ops: { figures: { tenants: 2, enforced: 1, permissive: 1, unknown: 0 }, open: [{ name: 'Two' }], ledgers: 2 },
    siem: { figures: { tenants: 2, enforced: 1, permissive: 0, unknown: 1 }, open: [], ledgers: 2 },
  });
  expect(Object.keys(facts)).toHaveLength(2);
  const digests = Object.values(facts).map((one) => (one.kind === 'heartbeat' ? one.ledgerDigest : ''));
  expect(new Set(digests).size).toBe(2);
  for (const { status } of (await inspectLedger(world.services)).outbox) expect(status).toBe('accepted');
});

it('to more channels than one transaction takes, all the same once each', async () => {
  await open('daily');
  const names = Array.from({ length: 90 }, (_, nth) => `channel-${nth}`);
  const { ops } = nameChannels(world);
  const channels = Object.fromEntries(names.map((name) => [name, ops]));
  const tenants = [0, 20, 40, 60, 80].map((from) => {
    return { id: tenantId(from + 1), name: `T${from}`, channels: names.slice(from, from + 20) };
  });
  await world.register({ channels, tenants });
  await world.sweep();
  const { raised } = await world.sweep({ later: DAY });
  expect(raised.map(({ channel }) => channel).sort()).toEqual(names.toSorted());
  expect((await inspectLedger(world.services)).chain).toBe('intact');
}, 60_000);

it('names what has stood open longest, and counts the rest, so that it fits into a row of any fleet', async () => {
  await open('daily');
  await registerTenants(world, 1);
  await world.sweep();
  world.clock.advance(DAY);
  const managed = await listManaged(world.services);
  const [tenant] = managed.tenants;
  let row: FleetRow | undefined;
  for await (const one of world.services.fleet.rows()) row = one;
  if (tenant === undefined || row === undefined) throw new Error('no tenant was swept');
  const many = Array.from({ length: 9000 }, (_, nth) => tenantId(nth + 1));
  const tenants = many.map((id) => ({ ...tenant, id }));
  const rows = many.map((id, nth) => {
    return { ...row, tenantId: id, name: '社'.repeat(256), openSince: later(row.checkedAt, -nth * MINUTE) };
  });
  const [beat] = await sendHeartbeats(world.services, rows, { ...managed, tenants });
  expect(beat?.alert.facts).toMatchObject({ openMore: 8900, ledgers: 9000 });
  const named = beat?.alert.facts.kind === 'heartbeat' ? beat.alert.facts.open.map((one) => one.tenantId) : [];
  expect([named.length, named[0], named[99]]).toEqual([100, tenantId(9000), tenantId(8901)]);
}, 20_000);

it('is not silenced by a clock that is set back', async () => {
  await open('daily');
  await registerTenants(world, 1);
  world.clock.advance(10 * DAY);
  await world.sweep();
  const { raised } = await world.sweep({ later: -5 * DAY });
  expect(raised.map(({ alert }) => alert.facts.kind)).toEqual(['heartbeat']);
});
