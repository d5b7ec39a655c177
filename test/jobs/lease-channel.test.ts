import { claimChannel, LEASE } from '../../shared/jobs/lease-channel.ts';
import type { ChannelPace, Services } from '../../shared/jobs/services.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { meetAt } from '../support/meet-at.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { deliver, namedBy, raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';
import { wrapServices } from '../support/wrap-services.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

async function claim(by: Services) {
  const claimed = await claimChannel(by, 'ops');
  return 'lease' in claimed ? claimed.lease : null;
}

const paceOf = async () => (await world.services.mailbox.pace('ops'))!.value;

describe('a lease', () => {
  it('is given to one, and free again when that one releases it', async () => {
    const [one, other] = [world.openProcess('one'), world.openProcess('other')];
    const lease = (await claim(one))!;
    expect(await claim(other)).toBeNull();
    expect(await claim(one)).toBeNull();
    await lease.release();
    expect(await claim(other)).not.toBeNull();
  });

  it('that two ask for at the same moment is given to one', async () => {
    for (const used of [false, true]) {
      const met = meetAt('mailbox.pace', [world.openProcess('one'), world.openProcess('other')]);
      const leases = await Promise.all(met.map(claim));
      expect([used, leases.filter((lease) => lease !== null).length]).toEqual([used, 1]);
      await leases.find((lease) => lease !== null)?.release();
    }
  });

  it('of a process that is known to be dead is free at once', async () => {
    await claim(world.openProcess('victim'));
    world.dead.add('victim');
    expect(await claim(world.services)).not.toBeNull();
  });

  it('of a process of which nothing is known is free when it ends, and not before', async () => {
    await claim(world.openProcess('elsewhere'));
    world.clock.advance(LEASE - 1);
    expect(await claim(world.services)).toBeNull();
    world.clock.advance(1);
    expect(await claim(world.services)).not.toBeNull();
  });

  it('that a wrong clock wrote does not hold for longer than a lease can', async () => {
    world.clock.advance(365 * 86_400_000);
    await claim(world.openProcess('tomorrow'));
    world.clock.advance(-365 * 86_400_000);
    expect(await claim(world.services)).not.toBeNull();
  });

  it('is longer than a request may take', () => {
    // 20 s for the request, 5 s for Key Vault; the rest is for writing down the outcome.
    expect(LEASE).toBeGreaterThanOrEqual(30_000);
  });

  it('that was taken over writes nothing more', async () => {
    const victim = (await claim(world.openProcess('victim')))!;
    world.clock.advance(LEASE);
    await claim(world.openProcess('heir'));
    const before = await paceOf();
    expect(await victim.beforePost()).toBe(false);
    expect(await victim.note({ holdUntil: 'never' })).toBe(false);
    await victim.release();
    expect(await paceOf()).toEqual(before);
  });

  it('waits between two requests, and is extended by each', async () => {
    const lease = (await claim(world.services))!;
    const start = world.clock.now().getTime();
    const posts: number[] = [];
    for (let post = 0; post < 3; post += 1) {
      expect(await lease.beforePost()).toBe(true);
      posts.push(world.clock.now().getTime() - start);
      const until = Date.parse((await paceOf()).leaseUntil!);
      expect(until - world.clock.now().getTime()).toBe(LEASE);
      world.clock.advance(300);
    }
    expect(posts).toEqual([0, 1000, 2000]);
  });

  it('does not wait for a request that a wrong clock dated into the future', async () => {
    const lease = (await claim(world.services))!;
    await lease.beforePost();
    world.clock.advance(-3_600_000);
    const start = world.clock.now().getTime();
    await lease.beforePost();
    expect(world.clock.now().getTime() - start).toBe(0);
  });
});

describe('two deliverers at once send each alert once', () => {
  async function race(processes: readonly Services[], patience: number) {
    await registerTenants(world, 4, ['ops', 'siem']);
    const raised = await raiseAlerts(world);
    await Promise.all(processes.map((by) => deliver(world, { by, patience })));
    const { simulator } = world;
    for (const arrived of [simulator.flow('ops').accepted, simulator.webhook('siem').deliveries]) {
      expect(namedBy(arrived, raised).flat().sort()).toEqual([...new Set(raised.map(({ alert }) => alert.id))].sort());
    }
    for (const row of raised) expect(await rowOf(world, row)).toMatchObject({ status: 'accepted', attempts: 1 });
  }

  it.each([0, 40_000])('in two processes, with %i ms of patience', (patience) =>
    race([world.openProcess('one'), world.openProcess('other')], patience),
  );

  it.each([0, 40_000])('in one process that got two messages, with %i ms of patience', (patience) =>
    race([world.services, world.services], patience),
  );

  it.each(['first', 'other'])('of which the second, "%s", comes while the first is sending', async (second) => {
    let interrupted = false;
    const by = wrapServices(world.services, async ({ name }, work) => {
      if (name === 'channels.send' && !interrupted) {
        interrupted = true;
        await deliver(world, { by: world.openProcess(second) });
      }
      return work();
    });
    await race([by], 0);
    expect(interrupted).toBe(true);
  });

  it('that met when they asked for the lease', () =>
    race(meetAt('mailbox.pace', [world.openProcess('one'), world.openProcess('other')]), 40_000));
});

it('a channel keeps what it knew when its lease is claimed anew', async () => {
  const broken: ChannelPace['broken'] = {
    since: world.clock.instant(),
    cause: 'gone',
    detail: 'answered 410',
    probes: 3,
    nextProbeAt: world.clock.instant(),
  };
  const lease = (await claim(world.services))!;
  await lease.note({ broken, lastAcceptedAt: world.clock.instant() });
  await lease.release();
  expect((await claim(world.openProcess('other')))?.pace).toMatchObject({
    broken,
    lastAcceptedAt: world.clock.instant(),
  });
});
