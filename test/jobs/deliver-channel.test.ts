import { teamsBehaviours } from '../../simulator/teams/teams-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { deliver, deliverTo, itemOf, namedBy, raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const flow = () => world.simulator.flow('ops');

describe('an alert that is accepted', () => {
  it('is marked with the moment and the run of the workflow, and waits no longer', async () => {
    await registerTenants(world, 1);
    const [row] = await raiseAlerts(world);
    const report = await deliverTo(world, 'ops');
    expect(namedBy(flow().accepted, [row!])).toEqual([[row!.alert.id]]);
    expect(await rowOf(world, row!)).toMatchObject({
      status: 'accepted',
      attempts: 1,
      acceptedAt: world.clock.instant(),
      workflowRun: flow().accepted[0]?.runId,
      lastError: null,
    });
    expect(await itemOf(world, row!)).toBeUndefined();
    expect(report.attempted).toEqual([await rowOf(world, row!)]);
    expect((await world.services.mailbox.pace('ops'))?.value).toMatchObject({
      leaseOwner: null,
      lastAcceptedAt: world.clock.instant(),
      broken: null,
    });
  });

  it('goes out once, however often delivery is called', async () => {
    await registerTenants(world, 2, ['ops', 'siem']);
    await raiseAlerts(world);
    for (let round = 0; round < 3; round += 1) await deliver(world);
    expect(flow().accepted).toHaveLength(2);
    expect(world.simulator.webhook('siem').deliveries).toHaveLength(2);
  });

  it('of which the mark was lost is marked later and not sent again', async () => {
    await registerTenants(world, 1);
    const [row] = await raiseAlerts(world);
    const item = (await itemOf(world, row!))!;
    const accepted = { at: world.clock.instant(), workflowRun: 'run', digestId: null };
    await world.services.mailbox.save('ops', [{ ...item, attempts: 1, accepted }]);
    await deliver(world);
    expect(flow().accepted).toEqual([]);
    expect(await rowOf(world, row!)).toMatchObject({ status: 'accepted', workflowRun: 'run' });
    expect(await itemOf(world, row!)).toBeUndefined();
  });
});

describe('what the outbox does not know', () => {
  it('is not sent: an item whose commit has not come yet is left alone', async () => {
    await registerTenants(world, 1);
    const [row] = await raiseAlerts(world);
    const item = (await itemOf(world, row!))!;
    await world.services.mailbox.add([{ ...item, alertId: 'A'.repeat(26) }]);
    await deliver(world);
    expect(flow().accepted).toHaveLength(1);
    expect(await world.services.mailbox.items('ops')).toHaveLength(1);
  });

  it('is swept away once its commit can no longer come', async () => {
    await registerTenants(world, 1);
    const [row] = await raiseAlerts(world);
    await world.services.mailbox.add([{ ...(await itemOf(world, row!))!, alertId: 'A'.repeat(26) }]);
    world.clock.advance(15 * 60_000 + 1);
    await deliver(world);
    expect(await world.services.mailbox.items('ops')).toEqual([]);
    expect(flow().accepted).toHaveLength(1);
  });
});

describe('pacing', () => {
  it('is one request a second for each channel, whatever the others do', async () => {
    await registerTenants(world, 5, ['ops', 'siem']);
    await raiseAlerts(world);
    await deliver(world);
    const channels = [flow().accepted, world.simulator.webhook('siem').deliveries];
    for (const requests of channels) {
      expect(requests).toHaveLength(5);
      const times = requests.map(({ at }) => Date.parse(at));
      const gaps = times.slice(1).map((time, at) => time - times[at]!);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
      expect(times[4]! - times[0]!).toBe(4000);
    }
  });

  it('holds from one round to the next', async () => {
    await registerTenants(world, 1);
    await raiseAlerts(world);
    await deliver(world);
    const before = world.clock.now().getTime();
    await registerTenants(world, 2);
    await raiseAlerts(world);
    await deliver(world);
    expect(flow().accepted.map(({ at }) => Date.parse(at) - before)).toEqual([0, 1000]);
  });
});

it('what failed before does not stand in the way of what is new', async () => {
  await registerTenants(world, 4);
  const raised = await raiseAlerts(world);
  const poison = raised[1]!.alert.id;
  flow().behave(({ request }) => (request.body.includes(poison) ? teamsBehaviours.internalError : 'healthy'));
  for (let round = 0; round < 6; round += 1) {
    await deliver(world);
    world.clock.advance(60_000);
  }
  const others = raised.filter(({ alert }) => alert.id !== poison);
  for (const row of others) expect(await rowOf(world, row)).toMatchObject({ status: 'accepted' });
  expect(await rowOf(world, raised[1]!)).toMatchObject({
    status: 'pending',
    lastError: expect.stringContaining('500'),
  });
});
