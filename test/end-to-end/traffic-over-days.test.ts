import { forgedMail } from '../../cli/demo/demo-mail.ts';
import { DAY, HOUR, later, MINUTE } from '../../shared/core/time.ts';
import { graphFaults } from '../../simulator/graph/graph-behaviours.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import type { Desk } from '../cli/open-desk.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { START } from '../support/open-world.ts';
import { DOMAIN, FORGER, ID, openTrafficDesk, type TrafficDesk } from './open-traffic-desk.ts';

let opened: TrafficDesk;
let desk: Desk;
let tenant: SimulatedTenant;

beforeEach(async () => {
  opened = await openTrafficDesk();
  ({ desk, tenant } = opened);
});
afterEach(() => desk.close());

describe('over the days', () => {
  const choices = async () => {
    const { history } = await inspectLedger(desk.world.services, ID);
    return history
      .filter(({ kind }) => kind === 'traffic-origin')
      .map(({ origin, coverage, reason }) => ({ origin, coverage, reason }));
  };

  test('a licence that appears is picked up within a day, for all thirty days; each choice is in the ledger', async () => {
    expect(await opened.seen()).toMatchObject({ coverage: 'partial', origin: 'spoof-report' });
    tenant.defenderPlan2 = true;
    expect(await opened.seen(6 * HOUR)).toMatchObject({ coverage: 'partial', reason: 'licence-missing' });
    const { traffic } = await opened.check(18 * HOUR);
    expect(traffic).toMatchObject({ coverage: 'full', origin: 'hunting', reason: null });
    const rows = await desk.world.services.traffic.store.days(ID, '2026-10-01');
    expect(new Set(rows.map(({ origin }) => origin))).toEqual(new Set(['hunting']));
    expect(traffic.sources.find(({ source }) => source === FORGER)).toMatchObject({
      messages: 10,
      confidence: 'normal',
    });
    tenant.defenderPlan2 = false;
    expect(await opened.seen(6 * HOUR)).toMatchObject({
      coverage: 'partial',
      origin: 'spoof-report',
      reason: 'licence-missing',
    });
    expect(await choices()).toEqual([
      { origin: 'spoof-report', coverage: 'partial', reason: 'licence-missing' },
      { origin: 'hunting', coverage: 'full', reason: null },
      { origin: 'spoof-report', coverage: 'partial', reason: 'licence-missing' },
    ]);
  });

  test('a consent that appears is picked up at the next reading, and the loss before it is in the ledger', async () => {
    opened.removeSecondRung();
    tenant.appRoles.delete('ThreatHunting.Read.All');
    expect(await opened.seen()).toMatchObject({ coverage: 'none', reason: 'permission-missing' });
    tenant.defenderPlan2 = true;
    tenant.appRoles.add('ThreatHunting.Read.All');
    expect(await opened.seen(6 * HOUR)).toMatchObject({ coverage: 'full', origin: 'hunting' });
    expect(await choices()).toEqual([
      { origin: null, coverage: 'none', reason: 'permission-missing' },
      { origin: 'hunting', coverage: 'full', reason: null },
    ]);
  });

  test.each([
    ['quota', graphFaults.throttledForLong],
    ['service-error', graphFaults.internalError],
  ])(
    'a passing fault of hunting (%s) is waited for: what is known stays, as partial, and nothing is called ready',
    async (reason, fault) => {
      tenant.defenderPlan2 = true;
      tenant.mail = tenant.mail.filter(({ SenderIPv4 }) => SenderIPv4 === '192.0.2.1');
      const first = await opened.check();
      expect(first.readiness.verdict).toBe('ready');
      tenant.behave('graph/hunting', fault);
      const { traffic, readiness } = await opened.check(6 * HOUR);
      expect(traffic).toMatchObject({
        coverage: 'partial',
        origin: 'hunting',
        reason,
        from: first.traffic.from,
        to: START,
      });
      expect(readiness.verdict).toBe('unknown');
      expect(opened.calls('graph/messageTrace')).toBe(0);
      expect(await choices()).toEqual([{ origin: 'hunting', coverage: 'full', reason: null }]);
      tenant.behave('graph/hunting');
      const mended = await opened.check(6 * HOUR);
      expect(mended.traffic).toMatchObject({ coverage: 'full', reason: null, to: later(START, 12 * HOUR) });
      expect(mended.readiness.verdict).toBe('ready');
    },
  );

  test('spoof intelligence counts thirty days in one figure: read again, nothing counts twice', async () => {
    tenant.deniedCmdlets.add('Get-SpoofMailReport');
    tenant.appRoles.delete('ExchangeMessageTrace.Read.All');
    const forged = async (after: number) => {
      const { sources } = (await opened.check(after)).traffic;
      return sources.find(({ source }) => source === FORGER)?.messages;
    };
    expect(await forged(0)).toBe(10);
    desk.world.clock.advance(5 * DAY);
    forgedMail(tenant, DOMAIN, desk.world.clock.now());
    expect(await forged(0)).toBe(20);
    expect(await forged(DAY)).toBe(20);
  });

  test('a fault of hunting that lasts for a day is not waited for any longer', async () => {
    tenant.defenderPlan2 = true;
    await opened.check();
    tenant.behave('graph/hunting', graphFaults.internalError);
    expect(await opened.seen(DAY)).toEqual({ coverage: 'partial', origin: 'spoof-report', reason: 'service-error' });
    tenant.behave('graph/hunting');
    expect(await opened.seen(6 * HOUR)).toEqual({ coverage: 'full', origin: 'hunting', reason: null });
  });
});

test('reading often uses up no quota: 45 hunting calls a minute, 100 of message trace in five minutes', async () => {
  desk.world.env.DSW_TRAFFIC_EVERY = '1s';
  const times: { readonly surface: string; readonly at: number }[] = [];
  const runs = async (count: number) => {
    for (let run = 0; run < count; run += 1) {
      const before = tenant.requests.length;
      await opened.check(20_000);
      const at = desk.world.clock.now().getTime();
      times.push(...tenant.requests.slice(before).map(({ surface }) => ({ surface, at })));
    }
  };
  await runs(6);
  tenant.defenderPlan2 = true;
  desk.world.clock.advance(DAY);
  await runs(6);
  const most = (surface: string, window: number) => {
    const found = times.filter((call) => call.surface === surface).map(({ at }) => at);
    return Math.max(...found.map((end) => found.filter((at) => at > end - window && at <= end).length));
  };
  expect(most('graph/hunting', MINUTE)).toBeLessThanOrEqual(45);
  expect(most('graph/messageTrace', 5 * MINUTE)).toBeLessThanOrEqual(100);
  expect(times.filter(({ surface }) => surface === 'graph/hunting').length).toBeGreaterThan(20);
});
