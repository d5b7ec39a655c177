import { forgedMail, scannerMail } from '../../../cli/demo/demo-mail.ts';
import type { CheckDocument } from '../../../cli/documents/check-document.ts';
import { HOUR, later, MINUTE } from '../../../shared/core/time.ts';
import { answerHunting } from '../../../simulator/graph/hunting-engine.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { START, tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const ID = tenantId(1);
const DOMAIN = 'fabrikam.example';
const SCANNER = '203.0.113.9';
const FORGER = '198.51.100.77';

let desk: Desk;
let tenant: SimulatedTenant;

beforeEach(async () => {
  desk = await openDesk();
  const { world } = desk;
  await world.register(fleetFile(world, 1));
  tenant = world.simulator.tenant(ID);
  tenant.acceptedDomains = [{ DomainName: DOMAIN, DomainType: 'Authoritative', Default: true, MatchSubDomains: false }];
  tenant.defenderPlan2 = true;
  tenant.setting = false;
  world.simulator.hunting = (query, { mail }) => answerHunting(query, { EmailEvents: mail });
  world.simulator.dns.set(DOMAIN, 'TXT', [`v=spf1 ip4:${SCANNER} ~all`]);
  scannerMail(tenant, DOMAIN, world.clock.now());
  forgedMail(tenant, DOMAIN, world.clock.now());
});

afterEach(() => desk.close());

/** The tenant's row of a sweep that reads traffic. */
async function check(after = 0, ...args: string[]) {
  desk.world.clock.advance(after);
  const [row] = (await desk.read<CheckDocument>('check', ...args)).tenants;
  return row!;
}

const hunts = () => tenant.requests.filter(({ surface }) => surface === 'graph/hunting').length;

test('who sends, what each is taken for, and what would break', async () => {
  const { traffic, readiness, alerts } = await check();
  expect(traffic).toMatchObject({ coverage: 'full', origin: 'hunting', reason: null, to: START });
  expect(traffic.from?.slice(0, 10)).toBe('2026-10-21');
  const sources = new Map(traffic.sources.map((source) => [source.source, source]));
  expect(sources.get(FORGER)).toMatchObject({
    class: 'direct-send',
    assessment: 'likely-spoof',
    score: expect.any(Number),
    reasons: expect.arrayContaining(['self-to-self']),
    messages: 10,
    delivered: 10,
    firstSeen: later(START, -3 * HOUR),
  });
  expect(sources.get(SCANNER)?.assessment).not.toBe('likely-spoof');
  expect(readiness).toMatchObject({ verdict: 'not-ready', wouldBreak: [SCANNER] });
  expect(alerts.map(({ kind }) => kind).sort()).toEqual(['found-permissive', 'spoofing-seen']);
});

test('traffic is read when it is older than DSW_TRAFFIC_EVERY, else the stored one is shown', async () => {
  const first = await check();
  const asked = hunts();
  const second = await check(6 * HOUR - MINUTE);
  expect({ asked: hunts(), traffic: second.traffic }).toEqual({ asked, traffic: first.traffic });
  const third = await check(MINUTE);
  expect(hunts()).toBeGreaterThan(asked);
  expect(third.traffic.to).toBe(third.checkedAt);
  expect(third.alerts).toEqual([]);
});

test('--no-traffic reads nothing: unknown, never none', async () => {
  const { traffic, readiness } = await check(0, '--no-traffic');
  expect(traffic).toMatchObject({ coverage: 'none', origin: null, reason: 'not-read', sources: [] });
  expect(readiness).toMatchObject({ verdict: 'unknown', wouldBreak: [] });
  expect(hunts()).toBe(0);
});

test('without the licence: from spoof reports and message trace, in part, and said so', async () => {
  tenant.defenderPlan2 = false;
  const { traffic } = await check();
  expect(traffic).toMatchObject({ coverage: 'partial', origin: 'spoof-report', reason: 'licence-missing' });
  expect(traffic.sources).not.toEqual([]);
});

test('without any permission: no coverage, with the reason; the verdict and its alert are there all the same', async () => {
  for (const role of ['ThreatHunting.Read.All', 'ExchangeMessageTrace.Read.All'] as const) tenant.appRoles.delete(role);
  for (const cmdlet of ['Get-SpoofMailReport', 'Get-SpoofIntelligenceInsight']) tenant.deniedCmdlets.add(cmdlet);
  const { verdict, traffic, readiness, alerts } = await check();
  expect(traffic).toMatchObject({ coverage: 'none', origin: null, reason: 'permission-missing', sources: [] });
  expect(readiness.verdict).toBe('unknown');
  expect({ verdict, kinds: alerts.map(({ kind }) => kind) }).toEqual({
    verdict: 'permissive',
    kinds: ['found-permissive'],
  });
});

test('dsw traffic and dsw readiness print the same as check', async () => {
  const { traffic, readiness } = await check();
  expect(await desk.read('traffic', ID)).toEqual({ schemaVersion: 1, tenantId: ID, name: 'Tenant 1', ...traffic });
  expect(await desk.read('readiness', ID)).toMatchObject({ schemaVersion: 1, tenantId: ID, ...readiness });
  const table = await desk.run('traffic', ID.toUpperCase());
  expect(table).toMatchObject({ code: 0, err: '' });
  expect(table.out).toMatch(new RegExp(`${FORGER}.*\\(likely-spoof, \\d+ points`));
  expect((await desk.run('readiness', ID)).out).toContain(SCANNER);
});

test('a person may approve a source, and take that back', async () => {
  await check();
  const why = ['--reason', 'scanner', '--by', 'Aino Virtanen', '--until', '2026-12-31'];
  expect(await desk.run('approvals', 'add', ID, SCANNER, ...why)).toMatchObject({ code: 0 });
  const assessment = async () => {
    const { sources } = await desk.read<CheckDocument['tenants'][number]['traffic']>('traffic', ID);
    return sources.find(({ source }) => source === SCANNER)?.assessment;
  };
  expect(await assessment()).toBe('approved');
  const { approvals } = await desk.read<{ approvals: { id: string; block: string }[] }>('approvals', 'list');
  expect(approvals).toMatchObject([{ tenantId: ID, block: SCANNER, sender: null, by: 'Aino Virtanen' }]);
  expect(await desk.run('approvals', 'remove', approvals[0]?.id ?? '')).toMatchObject({ code: 0 });
  expect(await assessment()).not.toBe('approved');
});

test.each([
  ['traffic', tenantId(9)],
  ['readiness', tenantId(9)],
])('%s of a tenant that is not registered: exit 3', async (...args) => {
  expect(await desk.run(...args)).toMatchObject({ code: 3, out: '' });
});

test.each([
  ['no address', ['nonsense'], 'the source must be an address or a block'],
  ['no sender', [SCANNER, '--sender', 'x'], '--sender must be an e-mail address'],
  ['in the past', [SCANNER, '--until', '2026-11-19'], '--until must not be in the past'],
])('an approval that is %s: exit 3', async (_, args, expected) => {
  const until = args.includes('--until') ? [] : ['--until', '2026-12-31'];
  const said = await desk.run('approvals', 'add', ID, ...args, '--reason', 'x', '--by', 'x', ...until);
  expect(said).toEqual({ code: 3, out: '', err: expect.stringContaining(expected) });
});
