import { MINUTE } from '../../../shared/core/time.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk, type Screen } from '../open-desk.ts';

const ESCAPE = '\u001b[';

let desk: Desk;

async function open(tenants: number, screen: Screen = {}) {
  desk = await openDesk({}, screen);
  await desk.world.register(fleetFile(desk.world, tenants));
}

afterEach(() => desk.close());

const check = () => desk.run('check', '--no-traffic');

test('what is wrong comes first, then what is fine; the figures and the alerts follow', async () => {
  await open(3);
  await check();
  const { simulator, clock } = desk.world;
  simulator.tenant(tenantId(3)).setting = false;
  simulator.tenant(tenantId(2)).consent = 'app-absent';
  clock.advance(15 * MINUTE);
  const lines = (await check()).out.split('\n');
  const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  expect(lines[0]).toMatch(/^TENANT +VERDICT +CHANGE +SINCE \/ WHY$/);
  const places = [
    at(/^Tenant 3 +PERMISSIVE +drifted +between 2026-11-20 08:00 UTC and 2026-11-20 08:15 UTC$/),
    at(/^Tenant 2 +unknown +consent-missing, last verified 2026-11-20 08:00 UTC$/),
    at(/^Tenant 1 +enforced$/),
    at(/^3 tenants: 1 enforced, 1 permissive, 1 unknown$/),
    at(/^alerts:$/),
    at(/^ {2}accepted {2}drifted {2}Tenant 3 {2}→ ops {2}[A-Z2-7]{26}$/),
  ];
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test('a recovery that is pending says what is still missing', async () => {
  await open(1);
  desk.world.simulator.tenant(tenantId(1)).setting = false;
  await check();
  desk.world.simulator.tenant(tenantId(1)).setting = true;
  desk.world.clock.advance(15 * MINUTE);
  expect((await check()).out).toMatch(/enforced +seen since .*; one more good reading closes it/);
});

test('many tenants that are fine as before are counted, not listed', async () => {
  await open(25);
  expect((await check()).out.match(/^Tenant \d+ +enforced +baseline$/gm)).toHaveLength(25);
  desk.world.clock.advance(15 * MINUTE);
  const { out } = await check();
  expect(out).toContain('… and 25 more, enforced as before');
  expect(out).not.toMatch(/^Tenant \d/m);
});

test('into a pipe: no colour and no progress', async () => {
  await open(2);
  const { out, err } = await check();
  expect(out).not.toContain(ESCAPE);
  expect(err).toBe('');
});

test('on a screen: colours, and a progress bar on stderr that is wiped at the end', async () => {
  await open(2, { isScreen: true, width: 80 });
  const { out, err } = await check();
  expect(out).toContain(ESCAPE);
  expect(err).toMatch(/\rchecking █+ 2\/2/);
  expect(err.endsWith('\r\u001b[2K')).toBe(true);
  const json = await desk.run('check', '--no-traffic', '--json');
  expect(json.out).not.toContain(ESCAPE);
});
