import { DAY, dayOf, HOUR, later } from '../../../shared/core/time.ts';
import { storeContext } from '../../../shared/core/traffic/traffic-state.ts';
import { FORGER, GATEWAY, SCANNER, trafficOf } from '../../core/report/sample-report.ts';
import { buildContext } from '../../core/traffic/build-source.ts';
import { sourceOf } from '../../core/traffic/build-state.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

let desk: Desk;
let nth = 0;
/** Each test has a tenant of its own. */
let ID: string;

beforeAll(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 8));
});

afterAll(() => desk.close());

/** A tenant that was checked and is permissive. */
beforeEach(async () => {
  nth += 1;
  ID = tenantId(nth);
  await becomes(false);
});

async function becomes(...settings: readonly boolean[]): Promise<void> {
  for (const setting of settings) {
    desk.world.simulator.tenant(ID).setting = setting;
    await desk.check(HOUR, '--tenant', ID);
  }
}

const store = (...state: Parameters<typeof trafficOf>) =>
  desk.world.services.traffic.store.saveState(ID, trafficOf(...state));
/** MX at a gateway, and no connector that restricts senders. */
const BYPASS = { context: storeContext(buildContext({}, { mailExchangers: GATEWAY })) };

test('what would break, with the command that keeps it working', async () => {
  await store([FORGER, SCANNER]);
  const { code, out } = await desk.run('readiness', ID);
  expect(code).toBe(0);
  expect(out).toContain(`Tenant ${nth}: not ready: these sources would be rejected`);
  expect(out).toContain('203.0.113.9  device-or-app, 144 messages on 12 days, last 2026-10-20 16:00 UTC');
  expect(out).toContain("New-InboundConnector -Name 'Direct Send 203.0.113.9' -ConnectorType Partner");
  expect(out).not.toContain('198.51.100.77');
  expect(await desk.read('readiness', ID)).toMatchObject({
    schemaVersion: 1,
    tenantId: ID,
    setting: 'permissive',
    verdict: 'not-ready',
    wouldBreak: ['203.0.113.9'],
    sources: [{ source: '203.0.113.9', days: 12, messages: 144, remedy: { command: expect.any(String) } }],
    exposures: { directSend: 'open', gatewayBypass: 'unknown' },
    goneSilent: [],
  });
});

test('ready, when nothing but forgeries was seen', async () => {
  await store([FORGER]);
  expect((await desk.run('readiness', ID)).out).toContain('ready: nothing that was seen would break');
});

test('unknown: what can no longer be read says nothing, neither that it is ready nor what would break', async () => {
  await store([FORGER, SCANNER], { coverage: 'none', reason: 'permission-missing' });
  const { out } = await desk.run('readiness', ID);
  expect(out).toContain(`Tenant ${nth}: unknown`);
  expect(out).toContain('could not be read (permission-missing)');
  expect(out).not.toContain('203.0.113.9');
  expect(await desk.read('readiness', ID)).toMatchObject({ verdict: 'unknown', wouldBreak: [], sources: [] });
});

test('closed, but the gateway can be gone around: said, and never called safe', async () => {
  await becomes(true, true);
  await store([], BYPASS);
  const { out } = await desk.run('readiness', ID);
  expect(out).toContain('A  Direct Send: closed   B  delivery past a gateway: open');
  expect(out).toContain('this tenant is still exposed');
  expect(out).not.toMatch(/\bsafe|secure\b/i);
  expect(await desk.read('readiness', ID)).toMatchObject({
    setting: 'enforced',
    exposures: { directSend: 'closed', gatewayBypass: 'open', bypassedDomains: ['fabrikam.example'] },
  });
});

test('after closing: what used to send and has gone silent, without forgers and what never was regular', async () => {
  const ago = (days: number) => later(desk.world.clock.instant(), -days * DAY);
  const day = (days: number) => ({ day: dayOf(ago(days)), messages: 1 });
  const before = { days: [day(3), day(1)], lastSeen: ago(1) };
  const traffic = [
    sourceOf(1, { ...before, source: '203.0.113.9', assessment: 'device-or-app' }),
    sourceOf(2, { ...before, source: '198.51.100.77', assessment: 'likely-spoof' }),
    sourceOf(3, { ...before, source: '203.0.113.11', days: [day(1)] }),
  ];
  await becomes(true, true);
  await store(traffic);
  // Silent for less than its longest pause before: nothing can be said yet.
  expect(await desk.read('readiness', ID)).toMatchObject({ goneSilent: [] });
  desk.world.clock.advance(3 * DAY);
  const { out } = await desk.run('readiness', ID);
  expect(out).toContain('Silent since Direct Send was rejected:\n  203.0.113.9  device-or-app, used to send on 2 days');
  expect(out).not.toContain('198.51.100.77');
  expect(await desk.read('readiness', ID)).toMatchObject({ goneSilent: [{ source: '203.0.113.9', days: 2 }] });
  await becomes(false);
  expect(await desk.read('readiness', ID)).toMatchObject({ goneSilent: [] });
});

test('a tenant that was closed before it was watched says nothing of silence', async () => {
  desk.world.simulator.tenant(tenantId(8)).setting = true;
  await desk.check(HOUR, '--tenant', tenantId(8));
  await desk.world.services.traffic.store.saveState(tenantId(8), trafficOf([SCANNER]));
  expect(await desk.read('readiness', tenantId(8))).toMatchObject({ setting: 'enforced', goneSilent: [] });
});
