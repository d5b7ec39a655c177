import { MINUTE } from '../../../shared/core/time.ts';
import type { Diagnosis } from '../../../shared/jobs/diagnose-tenant.ts';
import { aadsts } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const ACCESS = ['credential', 'sign-in', 'consent', 'Exchange role', 'setting'];
const OPTIONAL = ['hunting', 'message trace', 'audit log'];

let desk: Desk;
let tenant: SimulatedTenant;
let examined = 0;

beforeAll(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 30));
  desk.world.simulator.hunting = () => ({ schema: [], results: [] });
  // The Date header of an answer, by which the doctor judges our clock, is written by the real one.
  desk.world.clock.advance(Date.now() - desk.world.clock.now().getTime());
});

afterAll(() => desk.close());

beforeEach(() => {
  examined += 1;
  tenant = desk.world.simulator.tenant(tenantId(examined));
  tenant.defenderPlan2 = true;
});

/** Exit code, and each line by what it is about. */
async function examine(...args: string[]) {
  const { code, out } = await desk.run('doctor', ...args, '--json');
  const { checks } = JSON.parse(out) as { checks: Diagnosis[] };
  return { code, checks, of: (what: string) => checks.find((line) => line.what === what) };
}

test('everything works, in the order in which one thing depends on another', async () => {
  const { code, checks, of } = await examine(tenant.id);
  expect(code).toBe(0);
  expect(checks.map(({ what }) => what)).toEqual([
    ...ACCESS,
    ...OPTIONAL,
    'channel ops',
    'channel siem',
    'channel spare',
    'storage',
    'clock',
  ]);
  expect(checks.filter(({ outcome }) => outcome === 'missing')).toEqual([]);
  expect(of('setting')?.why).toBe('RejectDirectSend is true');
});

test('without a tenant: our credential, seen through any tenant, and ourselves', async () => {
  const { code, checks } = await examine();
  expect(code).toBe(0);
  expect(checks.map(({ what }) => what)).toEqual([
    'credential',
    'channel ops',
    'channel siem',
    'channel spare',
    'storage',
    'clock',
  ]);
});

test('without a tenant, a credential that Microsoft rejects is missing, and a tenant of its own fault is not', async () => {
  const { world } = desk;
  const { DSW_HOME_TENANT_ID = '' } = world.env;
  world.env.DSW_HOME_TENANT_ID = tenant.id;
  tenant.behave('signIn', aadsts(7000215));
  expect((await examine()).of('credential')).toMatchObject({
    outcome: 'missing',
    fix: expect.stringContaining('az ad app credential reset'),
  });
  tenant.behave('signIn', aadsts(53003));
  expect((await examine()).of('credential')).toMatchObject({ outcome: 'works', why: 'not refused' });
  world.env.DSW_HOME_TENANT_ID = DSW_HOME_TENANT_ID;
});

const BROKEN: readonly [string, () => void, string, RegExp][] = [
  ['our secret', () => tenant.behave('signIn', aadsts(7000215)), 'credential', /Renew the credential/],
  ['the tenant', () => tenant.behave('signIn', aadsts(90002)), 'sign-in', /cloud|id/],
  ['the consent', () => Object.assign(tenant, { consent: 'app-absent' }), 'consent', /adminconsent\?client_id=/],
  [
    'the app role',
    () => Object.assign(tenant, { consent: 'roles-missing' }),
    'Exchange role',
    /grant-tenant\.sh --app [0-9a-f-]{36}$/,
  ],
  ['the Exchange role', () => Object.assign(tenant, { exchangeRole: false }), 'Exchange role', /grant-tenant\.sh/],
  ['the licence', () => Object.assign(tenant, { exchangeLicence: false }), 'setting', /dsw tenants remove 3d1c/],
  ['leave of a policy', () => tenant.behave('signIn', aadsts(53003)), 'sign-in', /policy/],
  ['the property', () => Object.assign(tenant, { setting: undefined }), 'setting', /./],
];

test.each(BROKEN)(
  '%s is missing: what is before it works, what is after it is skipped',
  async (_, breakIt, at, fix) => {
    breakIt();
    const { code, checks, of } = await examine(tenant.id);
    expect(code).toBe(1);
    const place = ACCESS.indexOf(at);
    expect(checks.slice(0, ACCESS.length).map(({ outcome }) => outcome)).toEqual([
      ...Array(place).fill('works'),
      'missing',
      ...Array(ACCESS.length - place - 1).fill('skipped'),
    ]);
    expect(of(at)?.why).not.toBe('');
    expect(of(at)?.fix).toMatch(fix);
  },
);

const OPTIONALLY: readonly [string, () => void, string, RegExp, RegExp][] = [
  ['licence', () => Object.assign(tenant, { defenderPlan2: false }), 'hunting', /licence-missing/, /Plan 2/],
  ['hunting', () => tenant.appRoles.delete('ThreatHunting.Read.All'), 'hunting', /permission-missing/, /ThreatHunt/],
  [
    'trace',
    () => Object.assign(tenant, { messageTraceProvisioned: false }),
    'message trace',
    /provisioning/,
    /New-MgServicePrincipal -AppId 8bd644d1/,
  ],
  [
    'audit',
    () => tenant.appRoles.delete('AuditLogsQuery-Exchange.Read.All'),
    'audit log',
    /permission-missing/,
    /AuditLogsQuery-Exchange\.Read\.All/,
  ],
  ['auditing', () => Object.assign(tenant, { auditing: 'off' }), 'audit log', /turned off/, /Set-AdminAuditLogConfig/],
  ['auditing, nested', () => Object.assign(tenant, { auditing: 'off-nested' }), 'audit log', /turned off/, /Set-Admin/],
];

test.each(OPTIONALLY)(
  '%s is missing: said with its fix, and nothing else stops',
  async (_, breakIt, what, why, fix) => {
    breakIt();
    const { code, of } = await examine(tenant.id);
    expect(code).toBe(0);
    expect(of(what)).toMatchObject({ outcome: 'missing', optional: true });
    expect(of(what)?.why).toMatch(why);
    expect(of(what)?.fix).toMatch(fix);
  },
);

test('a channel that refuses messages, and one whose URL is wrong, are missing', async () => {
  const { world } = desk;
  tenant.setting = false;
  world.simulator.flow('ops').state = 'Disabled';
  await desk.check(0, '--tenant', tenant.id);
  world.env.TEST_SPARE_URL = 'https://contoso.webhook.office.com/webhookb2/x';
  const { code, of } = await examine();
  expect(code).toBe(1);
  expect(of('channel ops')?.why).toContain('WorkflowTriggerIsNotEnabled');
  expect(of('channel ops')?.fix).toContain('dsw alerts test ops');
  expect(of('channel spare')?.why).toContain('Office 365 connector');
  Object.assign(world.env, { TEST_SPARE_URL: world.simulator.teamsUrl('spare') });
});

test.each([
  [10 * MINUTE, 'ahead of'],
  [-10 * MINUTE, 'behind'],
])('a clock that is wrong by %d ms is missing: sign-in and windows depend on it', async (skew, expected) => {
  desk.world.clock.advance(skew);
  const { code, of } = await examine();
  expect(code).toBe(1);
  expect(of('clock')?.why).toMatch(new RegExp(`this machine is (59|60)\\d s ${expected} the sign-in service`));
  expect(of('clock')?.fix).toContain('NTP');
  desk.world.clock.advance(-skew);
});

test('as lines for people, each fault with its fix', async () => {
  tenant.consent = 'app-absent';
  const { code, out } = await desk.run('doctor', tenant.id);
  expect(code).toBe(1);
  expect(out).toMatch(/^works {4}sign-in\nmissing {2}consent: .*\n {9}fix: .*adminconsent/m);
  expect(out).toContain('skipped  Exchange role: consent has to work first');
});

test('a tenant that is not registered: exit 3', async () => {
  expect(await desk.run('doctor', tenantId(99))).toMatchObject({ code: 3, out: '' });
});
