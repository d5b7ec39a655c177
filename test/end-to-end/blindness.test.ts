import { DAY, HOUR, MINUTE, WEEK } from '../../shared/core/time.ts';
import { aadsts } from '../../simulator/sign-in/sign-in-behaviours.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { tenantId } from '../support/open-world.ts';
import { hear, historyOf, newestCard } from './hear.ts';

let desk: Desk;

async function open(tenants: number, settings: Readonly<Record<string, string>> = {}) {
  desk = await openDesk(settings);
  await desk.world.register(fleetFile(desk.world, tenants));
  await desk.check();
}

afterEach(() => desk.close());

const tenant = (nth: number) => desk.world.simulator.tenant(tenantId(nth));

describe('one tenant', () => {
  test.each([
    ['a day', DAY],
    ['a week', WEEK],
    ['a year', 365 * DAY],
  ])('%s without a reading is one alert with the reason and its fix; its end is one, too', async (_, silence) => {
    await open(1);
    tenant(1).consent = 'app-absent';
    expect(await hear(desk, silence)).toEqual(['blinded → ops']);
    expect(newestCard(desk)).toMatch(/consent/);
    expect(await hear(desk, silence)).toEqual([]);
    tenant(1).consent = 'granted';
    expect(await hear(desk, MINUTE)).toEqual(['sighted → ops']);
    expect(await hear(desk, MINUTE)).toEqual([]);
    expect(await historyOf(desk, tenantId(1))).toContain('sighted');
  });

  test('DSW_BLIND_AFTER decides, to the millisecond', async () => {
    await open(1, { DSW_BLIND_AFTER: '90m' });
    tenant(1).exchangeRole = false;
    expect(await hear(desk, 90 * MINUTE - 1)).toEqual([]);
    expect(await hear(desk, 1)).toEqual(['blinded → ops']);
  });

  test('a tenant that could never be read is blind so long after its registration', async () => {
    desk = await openDesk();
    await desk.world.register(fleetFile(desk.world, 1));
    tenant(1).consent = 'app-absent';
    expect(await hear(desk, 6 * HOUR - 1)).toEqual([]);
    expect(await hear(desk, 1)).toEqual(['blinded → ops']);
  });

  test('an hour of trouble is no alert', async () => {
    await open(1);
    tenant(1).exchangeRole = false;
    expect(await hear(desk, HOUR)).toEqual([]);
    tenant(1).exchangeRole = true;
    expect(await hear(desk, HOUR)).toEqual([]);
    expect(await historyOf(desk, tenantId(1))).toEqual(['registered', 'baseline', 'unreadable', 'readable']);
  });

  test('an open episode stays open while it cannot be read, and the reminder says so', async () => {
    await open(1);
    tenant(1).setting = false;
    await desk.check(MINUTE);
    tenant(1).exchangeRole = false;
    expect(await hear(desk, 7 * HOUR)).toContain('blinded → ops');
    expect(await hear(desk, 17 * HOUR)).toContain('reminder → ops');
    expect((await desk.check()).tenants[0]).toMatchObject({ verdict: 'unknown', state: 'permissive', episode: 1 });
  });
});

describe('the fleet, for a fault of ours', () => {
  test.each([
    ['an hour', HOUR],
    ['a day', DAY],
    ['a year', 365 * DAY],
  ])('seen %s after the last sweep: one alert at once, none of the tenants', async (_, later) => {
    await open(4);
    desk.world.simulator.behave('signIn', aadsts(7000222));
    expect(await hear(desk, later)).toEqual(['fleet-blind → ops']);
    expect(await hear(desk, DAY)).toEqual([]);
    desk.world.simulator.behave('signIn');
    expect(await hear(desk, MINUTE)).toEqual(['fleet-sighted → ops']);
    expect(await hear(desk, DAY)).toEqual([]);
  });

  test('a tenant that stays unreadable for a reason of its own is told once the fault is mended', async () => {
    await open(4);
    tenant(1).consent = 'app-absent';
    desk.world.simulator.behave('signIn', aadsts(7000222));
    await desk.check(DAY);
    expect((await desk.check(MINUTE)).tenants[0]).toMatchObject({ reason: 'credential-rejected', alerts: [] });
    desk.world.simulator.behave('signIn');
    expect(await hear(desk, MINUTE)).toEqual(['blinded → ops', 'fleet-sighted → ops']);
  });

  test('half of the tenants is not most of them; two tenants are not enough to tell', async () => {
    await open(4);
    for (const nth of [1, 2]) tenant(nth).behave('signIn', aadsts(7000222));
    expect(await hear(desk, HOUR)).toEqual([]);
    await desk.close();
    await open(2);
    desk.world.simulator.behave('signIn', aadsts(7000222));
    expect(await hear(desk, HOUR)).toEqual([]);
  });

  test('a drift seen through it is told at once', async () => {
    await open(4);
    for (const nth of [1, 2, 3]) tenant(nth).behave('signIn', aadsts(7000222));
    tenant(4).setting = false;
    expect(await hear(desk, HOUR)).toEqual(['drifted → ops', 'fleet-blind → ops']);
  });
});
