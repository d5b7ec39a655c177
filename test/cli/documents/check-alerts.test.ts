import { DAY, HOUR, MINUTE } from '../../../shared/core/time.ts';
import { aadsts } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import { teamsBehaviours } from '../../../simulator/teams/teams-behaviours.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const QUARTER = 15 * MINUTE;

let desk: Desk;

/** Registers tenants, reads all of them enforced, and opens the first so many. */
async function openTenants(tenants: number, open: number, more: object = {}) {
  await desk.world.register(fleetFile(desk.world, tenants, more));
  await desk.check();
  for (let nth = 1; nth <= open; nth += 1) desk.world.simulator.tenant(tenantId(nth)).setting = false;
}

afterEach(() => desk.close());

test('an alert has a row for each of its channels, under one id', async () => {
  desk = await openDesk();
  await openTenants(1, 1, { defaults: { channels: ['ops', 'siem'] } });
  const { tenants, summary } = await desk.check(QUARTER);
  const alerts = tenants[0]?.alerts ?? [];
  expect(alerts.map(({ channel, kind, status }) => [channel, kind, status]).sort()).toEqual([
    ['ops', 'drifted', 'accepted'],
    ['siem', 'drifted', 'accepted'],
  ]);
  expect(new Set(alerts.map(({ id }) => id)).size).toBe(1);
  expect(summary.alerts).toEqual({ accepted: 2, pending: 0, parked: 0 });
});

test('more than five tenants open at once: one digest for the fleet, and each tenant keeps its own kind and id', async () => {
  desk = await openDesk();
  await openTenants(7, 6);
  const { tenants, alerts } = await desk.check(QUARTER);
  const rows = tenants.flatMap((tenant) => tenant.alerts);
  expect(rows.map(({ kind, status }) => `${kind} ${status}`)).toEqual(Array(6).fill('drifted accepted'));
  expect(alerts).toEqual([{ id: expect.any(String), kind: 'digest', channel: 'ops', status: 'accepted' }]);
  const { posted } = desk.world.simulator.flow('ops');
  expect(posted).toHaveLength(1);
  for (const { id } of rows) expect(JSON.stringify(posted[0]?.card)).toContain(id);
});

test('a channel that fails: the alert is pending, and listed in every sweep until it is accepted', async () => {
  desk = await openDesk();
  await openTenants(1, 1);
  const flow = desk.world.simulator.flow('ops');
  flow.behave(teamsBehaviours.internalError);
  const first = await desk.check(QUARTER);
  expect(first.tenants[0]?.alerts).toMatchObject([{ kind: 'drifted', status: 'pending' }]);
  expect(first.summary.alerts).toEqual({ accepted: 0, pending: 1, parked: 0 });
  const second = await desk.check(MINUTE);
  expect(second.tenants[0]).toMatchObject({ transition: 'none', alerts: [{ kind: 'drifted', status: 'pending' }] });
  flow.behave();
  const third = await desk.check(QUARTER);
  expect(third.tenants[0]?.alerts).toEqual([{ ...first.tenants[0]?.alerts[0], status: 'accepted' }]);
  expect((await desk.check(MINUTE)).tenants[0]?.alerts).toEqual([]);
});

test('a channel that refuses: the alert is parked, the fallback hears of it, and a mended channel gets the backlog', async () => {
  desk = await openDesk();
  await openTenants(1, 1, { defaults: { channels: ['ops'], fallback: 'spare' } });
  const flow = desk.world.simulator.flow('ops');
  flow.state = 'Disabled';
  const document = await desk.check(QUARTER);
  expect(document.tenants[0]?.alerts).toMatchObject([{ kind: 'drifted', channel: 'ops', status: 'parked' }]);
  expect(document.alerts).toMatchObject([{ kind: 'channel-broken', channel: 'spare', status: 'accepted' }]);
  expect(document.summary.alerts).toEqual({ accepted: 1, pending: 0, parked: 1 });
  flow.state = 'Enabled';
  expect((await desk.check(QUARTER)).tenants[0]?.alerts).toMatchObject([{ status: 'parked' }]);
  expect((await desk.check(HOUR)).tenants[0]?.alerts).toMatchObject([{ kind: 'drifted', status: 'accepted' }]);
  expect(flow.posted).toHaveLength(1);
});

test('a fault of ours is one alert of the fleet, and so is its end', async () => {
  desk = await openDesk();
  await openTenants(3, 0);
  desk.world.simulator.behave('signIn', aadsts(7000222));
  const blind = await desk.check(DAY);
  expect(blind.tenants.map(({ verdict, reason, alerts }) => [verdict, reason, alerts])).toEqual(
    Array(3).fill(['unknown', 'credential-rejected', []]),
  );
  expect(blind.alerts).toMatchObject([{ kind: 'fleet-blind', channel: 'ops', status: 'accepted' }]);
  desk.world.simulator.behave('signIn');
  const sighted = await desk.check(QUARTER);
  expect(sighted.alerts).toMatchObject([{ kind: 'fleet-sighted', channel: 'ops', status: 'accepted' }]);
  expect(sighted.tenants.flatMap(({ alerts }) => alerts)).toEqual([]);
});

test('a heartbeat is an alert of the fleet', async () => {
  desk = await openDesk({ DSW_HEARTBEAT: 'daily' });
  await openTenants(1, 0);
  expect((await desk.check(DAY)).alerts).toMatchObject([{ kind: 'heartbeat', channel: 'ops', status: 'accepted' }]);
});
