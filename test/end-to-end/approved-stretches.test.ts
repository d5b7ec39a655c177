import { DAY, HOUR, MINUTE } from '../../shared/core/time.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { tenantId } from '../support/open-world.ts';
import { hear, historyOf, newestCard } from './hear.ts';

const ID = tenantId(1);

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
  await desk.check();
});

afterEach(() => desk.close());

const tenant = () => desk.world.simulator.tenant(ID);
const except = async (until: string) => {
  const said = await desk.run(
    'exceptions',
    'add',
    ID,
    '--reason',
    'scanner',
    '--approved-by',
    'CISO',
    '--until',
    until,
  );
  return said.out.slice(10, 18);
};
const hold = async (from: string, until: string, ...more: string[]) => {
  await desk.run('maintenance', 'add', ID, '--from', from, '--until', until, '--reason', 'migration', ...more);
};

describe('an exception', () => {
  test('records the drift without an alert; its end is announced 14 days before, and alerts when it comes', async () => {
    await except('2026-12-20');
    tenant().setting = false;
    const { tenants, summary } = await desk.check(MINUTE);
    expect(tenants[0]).toMatchObject({ transition: 'drifted', excepted: true, alerts: [] });
    expect(summary).toMatchObject({ permissive: 0, excepted: 1 });
    expect(await hear(desk, 5 * DAY)).toEqual([]);
    // The end is 2026-12-21T00:00Z, 14 days before it 2026-12-07T00:00Z.
    expect(await hear(desk, 11 * DAY + 15 * HOUR)).toEqual([]);
    expect(await hear(desk, HOUR)).toEqual(['exception-expiring → ops']);
    expect(newestCard(desk)).toContain('CISO');
    expect(await hear(desk, DAY)).toEqual([]);
    expect(await hear(desk, 13 * DAY)).toEqual(['drifted → ops']);
    expect((await desk.check()).summary).toMatchObject({ permissive: 1, excepted: 0 });
    expect(await hear(desk, DAY)).toEqual(['reminder → ops']);
    const history = await historyOf(desk, ID);
    for (const kind of ['exception-added', 'excepted', 'exception-ended']) expect(history).toContain(kind);
  });

  test('of less than 14 days ends without notice: who approved it knows', async () => {
    await except('2026-11-25');
    tenant().setting = false;
    expect(await hear(desk, MINUTE)).toEqual([]);
    expect(await hear(desk, 4 * DAY)).toEqual([]);
    expect(await hear(desk, 2 * DAY)).toEqual(['drifted → ops']);
  });

  test('given after the alert stops the reminders; taken away, the next check alerts', async () => {
    tenant().setting = false;
    expect(await hear(desk, MINUTE)).toEqual(['drifted → ops']);
    const id = await except('2027-01-31');
    expect(await hear(desk, DAY)).toEqual([]);
    await desk.run('exceptions', 'remove', id, '--by', 'Aino');
    expect(await hear(desk, MINUTE)).toEqual(['drifted → ops']);
  });

  test('of a tenant that is closed meanwhile: nothing is said at all', async () => {
    await except('2026-12-20');
    tenant().setting = false;
    await desk.check(MINUTE);
    tenant().setting = true;
    await desk.check(MINUTE);
    expect((await desk.check(MINUTE)).tenants[0]).toMatchObject({ transition: 'recovered', alerts: [] });
    expect(await hear(desk, 60 * DAY)).toEqual([]);
  });
});

describe('a maintenance window', () => {
  test('holds the alert back and releases it at its end, when it is still true', async () => {
    await hold('2026-11-20T08:00Z', '2026-11-20T12:00Z');
    tenant().setting = false;
    expect((await desk.check(HOUR)).tenants[0]).toMatchObject({ transition: 'drifted', alerts: [] });
    expect(await hear(desk, HOUR)).toEqual([]);
    expect(await hear(desk, 2 * HOUR)).toEqual(['drifted → ops']);
    expect(newestCard(desk)).toMatch(/maintenance/i);
  });

  test('says nothing of what began and ended within it', async () => {
    await hold('2026-11-20T08:00Z', '2026-11-20T12:00Z');
    tenant().setting = false;
    await desk.check(HOUR);
    tenant().setting = true;
    await desk.check(HOUR);
    await desk.check(HOUR);
    expect(await hear(desk, 2 * HOUR)).toEqual([]);
  });

  test('removed, it releases at the next check', async () => {
    await hold('2026-11-20', '2026-11-21');
    tenant().setting = false;
    expect(await hear(desk, HOUR)).toEqual([]);
    const { windows } = await desk.read<{ windows: { id: string }[] }>('maintenance', 'list');
    await desk.run('maintenance', 'remove', windows[0]?.id ?? '');
    expect(await hear(desk, MINUTE)).toEqual(['drifted → ops']);
  });

  test('that repeats every day holds back again the day after', async () => {
    await hold('2026-11-20T20:00Z', '2026-11-20T23:00Z', '--every', 'day');
    tenant().setting = false;
    expect(await hear(desk, 37 * HOUR)).toEqual([]);
    expect(await hear(desk, 2 * HOUR)).toEqual(['drifted → ops']);
  });

  test('holds back blindness, too', async () => {
    await hold('2026-11-20T08:00Z', '2026-11-20T23:00Z');
    tenant().consent = 'app-absent';
    expect((await desk.check(7 * HOUR)).tenants[0]).toMatchObject({ transition: 'blinded', alerts: [] });
    expect(await hear(desk, 9 * HOUR)).toEqual(['blinded → ops']);
  });
});
