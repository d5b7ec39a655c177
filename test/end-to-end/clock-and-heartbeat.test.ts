import { DAY, HOUR, MINUTE, WEEK } from '../../shared/core/time.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { tenantId } from '../support/open-world.ts';
import { hear, historyOf, newestCard } from './hear.ts';

const ID = tenantId(1);

let desk: Desk;

async function open(settings: Readonly<Record<string, string>> = {}, more: object = {}) {
  desk = await openDesk(settings);
  await desk.world.register(fleetFile(desk.world, 2, more));
  await desk.check();
}

afterEach(() => desk.close());

const set = (setting: boolean) => {
  desk.world.simulator.tenant(ID).setting = setting;
};

describe('a clock that is set back', () => {
  test('by an hour: readings are late at first, then believed, and the drift is told', async () => {
    await open();
    await desk.check(HOUR);
    set(false);
    expect(await hear(desk, -HOUR)).toEqual([]);
    expect(await hear(desk, MINUTE)).toEqual([]);
    expect(await hear(desk, MINUTE)).toEqual(['drifted → ops']);
    expect(await historyOf(desk, ID)).toContain('clock-stepped');
  });

  test.each([
    ['a week and more', 8 * DAY],
    ['a year', 365 * DAY],
  ])('by %s: at once, because no reading is that late', async (_, step) => {
    await open();
    await desk.check(step);
    set(false);
    expect(await hear(desk, -step)).toEqual(['drifted → ops']);
    expect((await desk.check(MINUTE)).tenants[0]).toMatchObject({ state: 'permissive' });
  });

  test('while a tenant is open: reminders come again at their pace, and the recovery has no negative length', async () => {
    await open();
    set(false);
    await desk.check(30 * DAY);
    await desk.check(-30 * DAY);
    const heard: string[] = [];
    for (let day = 0; day < 9; day += 1) heard.push(...(await hear(desk, DAY)));
    expect(heard.filter((line) => line === 'reminder → ops')).toHaveLength(2);
    set(true);
    await desk.check(MINUTE);
    expect(await hear(desk, MINUTE)).toEqual(['recovered → ops']);
    expect(newestCard(desk)).not.toMatch(/-\d+ (day|hour)/);
  });

  test('what waits for a channel is not held for the year that the clock was ahead', async () => {
    await open();
    desk.world.clock.advance(365 * DAY);
    set(false);
    const flow = desk.world.simulator.flow('ops');
    flow.state = 'Disabled';
    await desk.check();
    flow.state = 'Enabled';
    desk.world.clock.advance(-365 * DAY);
    for (let sweep = 0; sweep < 3; sweep += 1) await desk.check(HOUR);
    expect(flow.posted.length).toBeGreaterThan(0);
  });
});

describe('heartbeats', () => {
  test.each([
    ['daily', DAY],
    ['weekly', WEEK],
    ['monthly', 30 * DAY],
  ])('%s: the first one period after the first sweep, then each period, per channel', async (every, period) => {
    await open({ DSW_HEARTBEAT: every }, { defaults: { channels: ['ops', 'spare'] } });
    expect(await hear(desk, period - MINUTE)).toEqual([]);
    expect(await hear(desk, MINUTE)).toEqual(['heartbeat → ops', 'heartbeat → spare']);
    expect(await hear(desk, period - MINUTE)).toEqual([]);
    expect(await hear(desk, MINUTE)).toEqual(['heartbeat → ops', 'heartbeat → spare']);
  });

  test('a year without a sweep is one heartbeat', async () => {
    await open({ DSW_HEARTBEAT: 'daily' });
    expect(await hear(desk, 365 * DAY)).toEqual(['heartbeat → ops']);
  });

  test('off: none', async () => {
    await open({ DSW_HEARTBEAT: 'off' });
    expect(await hear(desk, 60 * DAY)).toEqual([]);
  });

  test('it carries the figures of the fleet and a digest of the ledgers', async () => {
    await open({ DSW_HEARTBEAT: 'daily' });
    set(false);
    await desk.check(HOUR);
    await desk.check(DAY);
    const cards = desk.world.simulator.flow('ops').posted.map(({ card }) => JSON.stringify(card));
    const heartbeat = cards.find((card) => /heartbeat/i.test(card));
    expect(heartbeat).toContain('Tenant 1');
    expect(heartbeat).toMatch(/[0-9a-f]{64}/);
  });
});
