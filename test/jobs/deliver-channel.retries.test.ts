import { RETRY_TABLE } from '../../shared/core/alerts/retry-table.ts';
import type { OutboxRow } from '../../shared/jobs/services.ts';
import { times } from '../../simulator/behaviour/behaviour.ts';
import { retryAfterDate } from '../../simulator/behaviour/wire-faults.ts';
import { triggerThrottled } from '../../simulator/teams/flow-errors.ts';
import { teamsBehaviours } from '../../simulator/teams/teams-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { deliver, itemOf, namedBy, raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';

let world: World;
let row: OutboxRow;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  await registerTenants(world, 1);
  [row] = (await raiseAlerts(world)) as [OutboxRow];
});

afterEach(() => world.close());

const flow = () => world.simulator.flow('ops');
const triggers = () => world.simulator.requests.filter(({ surface }) => surface === 'teams/ops').length;

/** Milliseconds until the alert is due again. */
async function waitOf(): Promise<number> {
  return Date.parse((await itemOf(world, row))!.nextAt) - world.clock.now().getTime();
}

describe('a channel that asks to wait is asked again when it said', () => {
  it.each([
    ['429 with seconds', teamsBehaviours.throttledForSeconds, 17_000],
    ['429 with a date', teamsBehaviours.throttledUntilDate, 17_000],
    ['429 without a hint: by our own table', teamsBehaviours.throttledWithoutHint, 5000],
    ['503 with seconds', teamsBehaviours.unavailableForSeconds, 17_000],
    ['503 without a hint: by our own table', teamsBehaviours.unavailable, 5000],
    ['429 for an hour', triggerThrottled({ 'retry-after': '3600' }), 3_600_000],
    ['429 for a month: a day at most', retryAfterDate(30 * 86_400, triggerThrottled), 86_400_000],
    ['429 for no time at all: a second', triggerThrottled({ 'retry-after': '0' }), 1000],
  ])('%s', async (_what, behaviour, wait) => {
    flow().behave(behaviour, 'healthy');
    await deliver(world);
    expect(await waitOf()).toBe(wait);
    expect(await rowOf(world, row)).toMatchObject({ status: 'pending', attempts: 1 });
    world.clock.advance(wait - 1);
    await deliver(world);
    expect(triggers()).toBe(1);
    world.clock.advance(1);
    await deliver(world);
    expect(flow().posted).toHaveLength(1);
    expect(await rowOf(world, row)).toMatchObject({ status: 'accepted', attempts: 2, lastError: null });
  });

  it('and gets nothing else before, also nothing new', async () => {
    flow().behave(teamsBehaviours.throttledForSeconds, 'healthy');
    await deliver(world);
    await registerTenants(world, 3);
    await raiseAlerts(world);
    await deliver(world);
    expect(triggers()).toBe(1);
    world.clock.advance(17_000);
    await deliver(world);
    expect(flow().accepted).toHaveLength(3);
  });
});

describe('a channel that fails', () => {
  it('is tried by the published table, and for ever', async () => {
    flow().behave(teamsBehaviours.internalError);
    const waits: number[] = [];
    for (let attempt = 0; attempt < RETRY_TABLE.length + 2; attempt += 1) {
      await deliver(world);
      waits.push(await waitOf());
      world.clock.advance(waits.at(-1)!);
    }
    expect(waits).toEqual([...RETRY_TABLE, RETRY_TABLE.at(-1), RETRY_TABLE.at(-1)]);
    expect(triggers()).toBe(waits.length);
    flow().behave();
    await deliver(world);
    expect(await rowOf(world, row)).toMatchObject({ status: 'accepted', attempts: waits.length + 1 });
  });

  it('is tried again within the same round when there is patience for it', async () => {
    flow().behave(...times(1, teamsBehaviours.htmlBadGateway), 'healthy');
    const before = world.clock.now().getTime();
    await deliver(world, { patience: 10_000 });
    expect(flow().accepted).toHaveLength(1);
    expect(world.clock.now().getTime() - before).toBe(5000);
  });

  it('with one message alone does not hold up another that comes later', async () => {
    flow().behave(({ request }) => (request.body.includes(row.alert.id) ? teamsBehaviours.internalError : 'healthy'));
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await deliver(world);
      world.clock.advance(await waitOf());
    }
    await deliver(world);
    expect(await waitOf()).toBe(5 * 3_600_000);
    await registerTenants(world, 2);
    const [later] = await raiseAlerts(world);
    world.clock.advance(5000);
    await deliver(world);
    expect(await rowOf(world, later!)).toMatchObject({ status: 'accepted' });
    expect(await rowOf(world, row)).toMatchObject({ status: 'pending' });
  });
});

describe('an attempt that may have arrived', () => {
  const saysRepeat = () => flow().accepted.map(({ body }) => /possible repeat/i.test(body));

  it.each(['cutBeforeHeaders', 'htmlBadGateway', 'postedThenCut'] as const)(
    'is followed by one that says "possible repeat" under the same id: %s',
    async (name) => {
      flow().behave(teamsBehaviours[name], 'healthy');
      await deliver(world);
      world.clock.advance(5000);
      await deliver(world);
      expect(saysRepeat().at(-1)).toBe(true);
      expect(namedBy(flow().accepted, [row]).every(([id]) => id === row.alert.id)).toBe(true);
    },
  );

  it('is not one that was refused before it was taken', async () => {
    flow().behave(teamsBehaviours.throttledForSeconds, 'healthy');
    await deliver(world);
    world.clock.advance(17_000);
    await deliver(world);
    expect(saysRepeat()).toEqual([false]);
  });

  it('is one whose sender died before it wrote down the answer', async () => {
    const item = (await itemOf(world, row))!;
    await world.services.mailbox.save('ops', [{ ...item, attempts: 1, sendingSince: world.clock.instant() }]);
    await deliver(world);
    expect(saysRepeat()).toEqual([true]);
  });
});

describe('a message that is too large', () => {
  it('is sent again a second later, smaller each time, and not dropped', async () => {
    await registerTenants(world, 12);
    const raised = [row, ...(await raiseAlerts(world))];
    const sizes: number[] = [];
    flow().behave(({ request }) => {
      sizes.push(Buffer.byteLength(request.body));
      return sizes.at(-1)! > sizes[0]! / 2 ? teamsBehaviours.tooLarge : 'healthy';
    });
    const before = world.clock.now().getTime();
    await deliver(world);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    expect(flow().accepted.map(({ at }) => Date.parse(at) - before)).toEqual([1000 * (sizes.length - 1)]);
    for (const one of raised) expect(await rowOf(world, one)).toMatchObject({ status: 'accepted', attempts: 1 });
  });

  it('also at its smallest is parked, not lost', async () => {
    flow().behave(teamsBehaviours.tooLarge);
    await deliver(world);
    expect(triggers()).toBe(4);
    expect(await rowOf(world, row)).toMatchObject({ status: 'parked', lastError: 'answered 413' });
  });
});
