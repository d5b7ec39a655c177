import { claimChannel } from '../../shared/jobs/lease-channel.ts';
import { testChannel } from '../../shared/jobs/test-channel.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { deliver, raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const flow = () => world.simulator.flow('ops');

async function test() {
  const { channels } = await registerTenants(world, 1);
  return testChannel(world.services, channels.find(({ id }) => id === 'ops')!);
}

it('a test alert goes out at once', async () => {
  expect(await test()).toEqual({ kind: 'accepted', workflowRun: flow().accepted[0]?.runId });
  expect(flow().posted).toHaveLength(1);
});

it('a channel that refuses it says why', async () => {
  flow().state = 'Deleted';
  expect(await test()).toMatchObject({ kind: 'refused', cause: 'flow-deleted' });
});

it('a broken channel that takes it works again: what waited goes out with the next delivery', async () => {
  await registerTenants(world, 1);
  const [row] = await raiseAlerts(world);
  flow().state = 'Disabled';
  await deliver(world);
  flow().state = 'Enabled';
  world.clock.advance(1000);
  expect(await test()).toMatchObject({ kind: 'accepted' });
  await deliver(world);
  expect(await rowOf(world, row!)).toMatchObject({ status: 'accepted' });
});

it('keeps the pace of the channel, and does not come between another delivery', async () => {
  await test();
  const before = world.clock.now().getTime();
  await test();
  expect(world.clock.now().getTime() - before).toBe(1000);
  await claimChannel(world.openProcess('other'), 'ops');
  expect(await test()).toMatchObject({ kind: 'retry', error: expect.stringContaining('another delivery') });
  expect(flow().accepted).toHaveLength(2);
});
