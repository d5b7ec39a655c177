import { reverseName } from '../../simulator/dns/zone.ts';
import { exchangeFaults } from '../../simulator/exchange/exchange-behaviours.ts';
import { graphFaults } from '../../simulator/graph/graph-behaviours.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import { type Desk, fleetFile } from '../cli/open-desk.ts';
import { DOMAIN, FORGER, ID, openTrafficDesk, SCANNER, SPOOF_CMDLETS, type TrafficDesk } from './open-traffic-desk.ts';

let opened: TrafficDesk;
let desk: Desk;
let tenant: SimulatedTenant;

beforeEach(async () => {
  opened = await openTrafficDesk();
  ({ desk, tenant } = opened);
});
afterEach(() => desk.close());

describe('each rung', () => {
  test('advanced hunting: full', async () => {
    tenant.defenderPlan2 = true;
    const { traffic } = await opened.check();
    expect(traffic).toMatchObject({ coverage: 'full', origin: 'hunting', reason: null, detail: null });
    expect(traffic.sources.map(({ source }) => source).sort()).toEqual([FORGER, SCANNER]);
  });

  const partial = { coverage: 'partial', reason: 'licence-missing' } as const;

  test('spoof reports joined with the message trace: partial, with delivery and authentication', async () => {
    const { traffic, readiness } = await opened.check();
    expect(traffic).toMatchObject({ ...partial, origin: 'spoof-report' });
    const forger = traffic.sources.find(({ source }) => source === FORGER)!;
    expect(forger).toMatchObject({ class: 'direct-send', messages: 10, delivered: 10, confidence: 'reduced' });
    expect((await desk.run('doctor', ID)).out).toMatch(/Needs Defender for Office 365 Plan 2/);
    expect(readiness).toMatchObject({
      verdict: 'not-ready',
      why: expect.arrayContaining([expect.stringMatching(/in part/)]),
    });
  });

  test('the message trace alone', async () => {
    for (const cmdlet of SPOOF_CMDLETS) tenant.deniedCmdlets.add(cmdlet);
    const { traffic } = await opened.check();
    expect(traffic).toMatchObject({
      ...partial,
      origin: 'message-trace',
      detail: expect.stringMatching(/no spoof reports/),
    });
    expect(traffic.sources.map(({ source }) => source).sort()).toEqual([FORGER, SCANNER]);
    expect(traffic.sources.map(({ assessment }) => assessment)).not.toContain('likely-spoof');
  });

  test('spoof reports alone', async () => {
    tenant.appRoles.delete('ExchangeMessageTrace.Read.All');
    const { traffic } = await opened.check();
    expect(traffic).toMatchObject({
      ...partial,
      origin: 'spoof-report',
      detail: expect.stringMatching(/no message trace/),
    });
    expect(traffic.sources.map(({ source }) => source)).toContain(FORGER);
  });

  test('spoof intelligence in place of the report', async () => {
    tenant.deniedCmdlets.add('Get-SpoofMailReport');
    tenant.appRoles.delete('ExchangeMessageTrace.Read.All');
    const { traffic } = await opened.check();
    expect(traffic).toMatchObject({ ...partial, origin: 'spoof-report' });
    expect(traffic.sources.map(({ source }) => source)).toContain(FORGER);
  });
});

describe('no rung at all: unknown with its reason, never zero, and dsw doctor has the fix', () => {
  type Loss = readonly [reason: string, take: () => void, fix: RegExp];
  const losses: readonly Loss[] = [
    ['permission-missing', () => opened.removeSecondRung(), /consent to ExchangeMessageTrace\.Read\.All/],
    [
      'provisioning',
      () => {
        for (const cmdlet of SPOOF_CMDLETS) tenant.deniedCmdlets.add(cmdlet);
        tenant.messageTraceProvisioned = false;
      },
      /New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373/,
    ],
    [
      'quota',
      () => {
        opened.failSpoofCmdlets(exchangeFaults.throttledAbsurdly);
        tenant.behave('graph', graphFaults.throttledForLong);
      },
      /quota/,
    ],
    [
      'service-error',
      () => {
        opened.failSpoofCmdlets(graphFaults.withoutValue);
        tenant.behave('graph', graphFaults.internalError);
      },
      /service health/,
    ],
  ];
  test.each(losses)('%s', async (reason, take, fix) => {
    take();
    const { verdict, traffic, readiness, alerts } = await opened.check();
    expect(traffic).toMatchObject({ coverage: 'none', origin: null, reason, sources: [], from: null });
    expect(traffic.detail).toEqual(expect.stringMatching(/\w/));
    expect(readiness).toEqual({ verdict: 'unknown', why: [expect.stringContaining(reason)], wouldBreak: [] });
    expect({ verdict, told: alerts.map(({ kind }) => kind) }).toEqual({
      verdict: 'permissive',
      told: ['found-permissive'],
    });
    expect((await desk.run('doctor', ID)).out).toMatch(fix);
    expect((await desk.run('traffic', ID)).out).toContain(`coverage none (${reason}`);
  });

  test('network: Graph cannot be reached', async () => {
    opened.failSpoofCmdlets(graphFaults.withoutValue);
    desk.world.env.DSW_GRAPH_URL = desk.world.simulator.refusedUrl;
    const { verdict, traffic } = await opened.check();
    expect(verdict).toBe('permissive');
    expect(traffic).toMatchObject({ coverage: 'none', origin: null, reason: 'network', sources: [] });
    expect((await desk.run('doctor', ID)).out).toMatch(/DNS, proxy and firewall on the way to Microsoft Graph/);
  });

  test('not-supported: a cloud without the setting', async () => {
    const { world } = desk;
    const file = fleetFile(world, 1);
    await world.register({ ...file, tenants: [{ ...file.tenants[0], cloud: 'gcc-high' }] });
    expect(await opened.seen()).toEqual({ coverage: 'none', origin: null, reason: 'not-supported' });
    expect(opened.calls('graph/hunting')).toBe(0);
  });

  test('permission-missing: the app is not in the tenant; read at the first check after consent', async () => {
    tenant.consent = 'app-absent';
    expect(await opened.seen()).toEqual({ coverage: 'none', origin: null, reason: 'permission-missing' });
    tenant.consent = 'granted';
    expect(await opened.seen(60_000)).toMatchObject({ coverage: 'partial', origin: 'spoof-report' });
  });
});

describe('without a name service', () => {
  test.each([
    ['nobody listens', () => '127.0.0.1:1'],
    [
      'it fails for every name',
      () => {
        const { dns, dnsServer } = desk.world.simulator;
        for (const name of [DOMAIN, ...[SCANNER, FORGER].map(reverseName)]) dns.fail(name, 'SERVFAIL');
        return dnsServer;
      },
    ],
  ])(
    '%s: mail is read and assessed all the same, and the way past a gateway is unknown, not closed',
    async (_, server) => {
      tenant.defenderPlan2 = true;
      desk.world.env.DSW_DNS_SERVERS = server();
      const { verdict, traffic, readiness } = await opened.check();
      expect({ verdict, coverage: traffic.coverage }).toEqual({ verdict: 'permissive', coverage: 'full' });
      const assessments = Object.fromEntries(traffic.sources.map(({ source, assessment }) => [source, assessment]));
      expect(assessments).toEqual({ [FORGER]: 'likely-spoof', [SCANNER]: expect.not.stringMatching(/spoof|device/) });
      expect(readiness.wouldBreak).toEqual([SCANNER]);
      const document = await desk.read<{ exposures: { gatewayBypass: string } }>('readiness', ID);
      expect(document.exposures.gatewayBypass).toBe('unknown');
    },
  );
});
