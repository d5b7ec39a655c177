import { readFileSync } from 'node:fs';
import { HOUR } from '../../shared/core/time.ts';
import type { Behaviour } from '../../simulator/behaviour/behaviour.ts';
import { exchangeFaults, settingAnswers } from '../../simulator/exchange/exchange-behaviours.ts';
import { plainError } from '../../simulator/exchange/exchange-errors.ts';
import { graphFaults } from '../../simulator/graph/graph-behaviours.ts';
import { graphError } from '../../simulator/graph/graph-errors.ts';
import { aadsts, signInBehaviours } from '../../simulator/sign-in/sign-in-behaviours.ts';
import { flowError } from '../../simulator/teams/flow-errors.ts';
import { teamsBehaviours } from '../../simulator/teams/teams-behaviours.ts';
import { type Desk, openDesk } from '../cli/open-desk.ts';
import { nameChannels, tenantId } from '../support/open-world.ts';
import { readStorage } from './read-storage.ts';

/** Whatever hangs or drips only takes time; its texts are those of a cut. */
const TAKES_TIME = /hang|drip|endless/i;
const quick = (behaviours: Readonly<Record<string, Behaviour>>) =>
  Object.entries(behaviours).filter(([name]) => !TAKES_TIME.test(name));

/** A sign-in error of each class. */
const AADSTS = [7000229, 700016, 65001, 500014, 7000215, 50012, 90002, 53003, 50076, 900144, 50033, 90055];

/** Services that repeat in their answers what they were sent. */
const ECHOES = {
  exchange: ({ request }) => plainError(403, 'Forbidden', `not with ${request.headers.authorization}`),
  graph: ({ request }) => graphError(500, 'Error', `not with ${request.headers.authorization}`),
  teams: ({ request }) => flowError(400, 'X', `no flow at ${request.origin}${request.path}${request.search}`),
} as const satisfies Record<string, Behaviour>;

let desk: Desk;
/** Everything that left the program or was kept by it, each with where it was found. */
const left: string[] = [];

async function run(...args: string[]) {
  const { code, out, err } = await desk.run(...args);
  left.push(`stdout of ${args.join(' ')}: ${out}`, `stderr of ${args.join(' ')}: ${err}`);
  return code;
}

let nth = 0;
/** A tenant that goes wrong in one way, told to one channel. */
function tenantThat(
  name: string,
  goWrong: (tenant: ReturnType<Desk['world']['simulator']['tenant']>) => void,
  channel = 'ops',
) {
  nth += 1;
  const tenant = desk.world.simulator.tenant(tenantId(nth));
  return { file: { id: tenant.id, name, channels: [channel] }, fail: () => goWrong(tenant) };
}

beforeAll(async () => {
  desk = await openDesk({ DSW_TENANT_BUDGET: '2s', DSW_HEARTBEAT: 'daily', DSW_PUBLIC_URL: 'https://dsw.example' });
  const { simulator, env } = desk.world;
  env.DSW_LINK_SECRET = `${simulator.marker}link-secret-of-thirty-two-characters`;
  simulator.tenant(simulator.app.homeTenantId).appRoles.add('Mail.Send');

  const channels: Record<string, object> = {
    ...nameChannels(desk.world),
    mail: { type: 'email', from: 'alerts@msp.example', to: ['soc@msp.example'] },
  };
  const failing = [...quick(teamsBehaviours), ['echo', ECHOES.teams] as const].map(([name, behaviour]) => {
    const id = `t-${name.toLowerCase()}`;
    env[`URL_${name}`] = simulator.teamsUrl(id);
    channels[id] = { type: 'teams-workflow', url: { setting: `URL_${name}` } };
    const hook = simulator.webhook(id);
    env[`HOOK_${name}`] = hook.url;
    channels[`w-${name.toLowerCase()}`] = {
      type: 'webhook',
      url: { setting: `HOOK_${name}` },
      secret: { setting: 'TEST_SIEM_SECRET' },
    };
    hook.behave(behaviour);
    simulator.flow(id).behave(behaviour);
    return tenantThat(`drifts, ${name}`, (tenant) => Object.assign(tenant, { setting: false }), id);
  });
  const tenants = [
    ...failing,
    ...AADSTS.map((code) => tenantThat(`AADSTS${code}`, (tenant) => tenant.behave('signIn', aadsts(code)))),
    ...quick(signInBehaviours).map(([name, fault]) =>
      tenantThat(`sign-in ${name}`, (tenant) => tenant.behave('signIn', fault)),
    ),
    ...quick({ ...exchangeFaults, ...settingAnswers }).map(([name, fault]) =>
      tenantThat(`Exchange ${name}`, (tenant) => tenant.behave('exchange', fault)),
    ),
    ...quick(graphFaults).map(([name, fault]) =>
      tenantThat(`Graph ${name}`, (tenant) => {
        tenant.behave('graph', fault);
        tenant.setting = false;
      }),
    ),
    tenantThat('Exchange echoes', (tenant) => tenant.behave('exchange', ECHOES.exchange)),
    tenantThat('Graph echoes', (tenant) => {
      tenant.behave('graph', ECHOES.graph);
      tenant.setting = false;
    }),
    tenantThat('told by mail', (tenant) => Object.assign(tenant, { setting: false }), 'mail'),
    tenantThat('told by webhook', (tenant) => Object.assign(tenant, { setting: false }), 'siem'),
  ];
  const path = desk.write('tenants.json', { channels, tenants: tenants.map(({ file }) => file) });
  await run('tenants', 'import', path);
  for (const { fail } of tenants) fail();
  await run('check', '--no-traffic', '--json');
  desk.world.clock.advance(7 * HOUR);
  const last = tenants.slice(-6).map(({ file }) => file.id);
  await run('check', '--tenant', ...last, ...tenants.slice(30, 70).map(({ file }) => file.id));

  for (const id of last) await run('doctor', id);
  await run('onboard', last[1] ?? '', '--wait', '1s');
  for (const channel of ['ops', 'mail', 'siem', 't-echo', 'w-echo', 't-disabled']) await run('alerts', 'test', channel);
  for (const command of ['alerts', 'exceptions', 'maintenance', 'tenants']) await run(command, 'list');
  await run('alerts', 'list', '--json');
  await run('status', '--json');
  await run('tenants', 'export');
  for (const id of last) await run('history', id, '--json');
  const report = desk.write('report.html', '');
  await run('report', '--out', report);
  left.push(`report: ${readFileSync(report, 'utf8')}`);

  left.push(...(await readStorage(env.AzureWebJobsStorage ?? '')));
  left.push(...desk.world.logged.map((entry) => `log: ${JSON.stringify(entry)}`));
  for (const id of Object.keys(channels)) {
    left.push(...simulator.flow(id).accepted.map(({ body }) => `card of ${id}: ${body}`));
    left.push(...simulator.webhook(id).deliveries.map(({ body }) => `event of ${id}: ${body}`));
  }
  const { sentMail } = simulator.tenant(simulator.app.homeTenantId);
  left.push(...sentMail.map((mail) => `mail: ${JSON.stringify(mail)}`));
}, 120_000);

afterAll(() => desk.close());

/** The marker as it is, and inside of base64, where its first bytes may begin at each of three places. */
function spellings(marker: string): string[] {
  const encoded = [0, 1, 2].map((shift) => {
    const text = Buffer.from('x'.repeat(shift) + marker)
      .toString('base64')
      .replaceAll('=', '');
    return text.slice(shift + 1, -2);
  });
  return [marker, ...encoded];
}

test('the search would find it: the settings hold it in every spelling that is looked for', () => {
  const { env, simulator } = desk.world;
  const [plain = '', ...encoded] = spellings(simulator.marker);
  expect(Object.values(env).filter((value) => value.includes(plain)).length).toBeGreaterThan(20);
  expect(encoded.some((text) => env.TEST_SIEM_SECRET?.includes(text))).toBe(true);
});

test('every kind of place was looked at', () => {
  const kinds = ['stdout', 'stderr', 'table ledger', 'table mailbox', 'table fleet', 'report', 'card', 'event', 'mail'];
  expect(kinds.filter((kind) => !left.some((text) => text.startsWith(kind)))).toEqual([]);
  expect(left.some((text) => text.startsWith('mail: ') && text.length > 1000)).toBe(true);
});

test('no secret is anywhere but in the requests that need it', () => {
  const looked = spellings(desk.world.simulator.marker);
  const leaks = left.filter((text) => looked.some((spelling) => text.includes(spelling)));
  expect(leaks.map((text) => text.slice(0, 300))).toEqual([]);
});

test('not even the beginning of a token or of a signature that a service repeated', () => {
  const quoted = left.filter((text) => /not with|no flow at/.test(text));
  expect(quoted.length).toBeGreaterThan(0);
  expect(left.filter((text) => /\beyJ[\w-]{10}|[?&]sig=(?!\[)/.test(text)).map((text) => text.slice(0, 300))).toEqual(
    [],
  );
});
