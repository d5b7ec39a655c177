import { join } from 'node:path';
import { SETTINGS } from '../../shared/adapters/config/settings.ts';
import { type Desk, openDesk } from './open-desk.ts';

/** Stands in for whatever somebody put into the wrong setting. */
const VALUE = 'SECRETSECRET';
const WRONG: readonly [string, string][] = [
  ['AzureWebJobsStorage', VALUE],
  ['DSW_CREDENTIAL', VALUE],
  ['DSW_CLIENT_ID', VALUE],
  ['DSW_HOME_TENANT_ID', VALUE],
  ['AZURE_AUTHORITY_HOST', `http://${VALUE}`],
  ['AZURE_AUTHORITY_HOST', `https://user:${VALUE}@login.example`],
  ['DSW_EXCHANGE_URL', `https://outlook.example/${VALUE}`],
  ['DSW_GRAPH_URL', `https://graph.example/v1.0?${VALUE}`],
  ['DSW_DNS_SERVERS', `192.0.2.1,${VALUE}`],
  ['DSW_WEBHOOK_HOSTS', `https://${VALUE}/x`],
  ['DSW_CHECK_SCHEDULE', `*/15 * * * ${VALUE}`],
  ['DSW_CHECK_SCHEDULE', '*/15 * * * *'],
  ['DSW_TRAFFIC_EVERY', VALUE],
  ['DSW_BLIND_AFTER', '0h'],
  ['DSW_GROUP_WAIT', `${VALUE}s`],
  ['DSW_HISTORY_DAYS', '0'],
  ['DSW_HISTORY_DAYS', '1.5'],
  ['DSW_HEARTBEAT', VALUE],
  ['DSW_TENANT_BUDGET', '40'],
  ['DSW_CONCURRENCY', '513'],
  ['DSW_PUBLIC_URL', `http://${VALUE}`],
  ['DSW_LINK_SECRET', VALUE],
  ['DSW_LINK_SECRET', `@Microsoft.KeyVault(SecretUri=https://${VALUE})`],
  ['DSW_RUNBOOK_URL', VALUE],
  ['DSW_VAULT_URL', VALUE],
  ['DSW_STORE_SAMPLES', VALUE],
];

let desk: Desk;
let right: Record<string, string>;

beforeAll(async () => {
  desk = await openDesk();
  right = { ...desk.world.env };
});

afterAll(() => desk.close());

/** Runs a check with other settings; an undefined one is unset. */
async function checkWith(changes: Readonly<Record<string, string | undefined>>) {
  for (const name of Object.keys(desk.world.env)) delete desk.world.env[name];
  const given = Object.entries({ ...right, ...changes }).filter(([, value]) => value !== undefined);
  Object.assign(desk.world.env, Object.fromEntries(given));
  return desk.run('check');
}

test.each(WRONG)(
  '%s=%s: exit 3, one message that names it, with an example, and does not repeat it',
  async (name, value) => {
    const { code, out, err } = await checkWith({ [name]: value });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    const example = SETTINGS.find((setting) => setting.name === name)?.example ?? '';
    expect(err).toMatch(new RegExp(`^dsw: ${name} (is|must|has) .+\\. Example: ${name}=`));
    expect(err.trimEnd().endsWith(`${name}=${example}`)).toBe(true);
    expect(err).not.toContain(VALUE);
    expect(err).not.toContain(VALUE.toLowerCase());
  },
);

const MISSING: readonly [string, string, Readonly<Record<string, string | undefined>>][] = [
  ['storage', 'AzureWebJobsStorage', { AzureWebJobsStorage: undefined }],
  [
    'the account name',
    'AzureWebJobsStorage__accountName',
    { AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'X!' },
  ],
  ['the secret', 'DSW_CLIENT_SECRET', { DSW_CLIENT_SECRET: undefined }],
  ['the client', 'DSW_CLIENT_ID', { DSW_CLIENT_ID: ' ' }],
  ['the certificate', 'DSW_CLIENT_CERTIFICATE_PATH', { DSW_CREDENTIAL: 'certificate' }],
  [
    'the certificate file',
    'DSW_CLIENT_CERTIFICATE_PATH',
    { DSW_CREDENTIAL: 'certificate', DSW_CLIENT_CERTIFICATE_PATH: join('/', VALUE) },
  ],
  ['the identity', 'DSW_MANAGED_IDENTITY_CLIENT_ID', { DSW_CREDENTIAL: 'federated-identity' }],
  ['the default credential', 'DSW_MANAGED_IDENTITY_CLIENT_ID', { DSW_CREDENTIAL: undefined }],
];

test.each(MISSING)('%s is missing or unusable: %s is named with an example', async (_, name, changes) => {
  const { code, out, err } = await checkWith(changes);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(new RegExp(`^dsw: ${name} .+\\. Example: ${name}=`, 'm'));
  expect(err).not.toContain(VALUE);
});

test('several wrong settings are named together, a line each', async () => {
  const { code, err } = await checkWith({ DSW_HEARTBEAT: 'x', DSW_CONCURRENCY: 'x', DSW_CLIENT_ID: 'x' });
  expect(code).toBe(3);
  expect(
    err
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[1]),
  ).toEqual(['DSW_CLIENT_ID', 'DSW_HEARTBEAT', 'DSW_CONCURRENCY']);
});

test('DSW_TENANTS: a wrong text or path is named with its place', async () => {
  const text = await checkWith({ DSW_TENANTS: `{"tenants":[{"id":"${VALUE}","name":"x"}]}` });
  expect(text).toEqual({ code: 3, out: '', err: 'dsw: DSW_TENANTS: tenants[0].id must be a tenant id (a GUID)\n' });
  const path = await checkWith({ DSW_TENANTS: '/does/not/exist.json' });
  expect(path).toEqual({ code: 3, out: '', err: 'dsw: DSW_TENANTS: the file does not exist\n' });
});

test('nobody was asked anything with any wrong setting', () => {
  expect(desk.world.simulator.requests).toEqual([]);
});

test.each([
  ['TEST_SECRET', 'the secret'],
  ['TEST_OLD_SECRET', 'the previous secret'],
])('a wrong secret of a channel is named by its own setting: %s', async (name, what) => {
  const secret = `whsec_${Buffer.alloc(24).toString('base64')}`;
  const references = { secret: { setting: 'TEST_SECRET' }, previousSecret: { setting: 'TEST_OLD_SECRET' } };
  const siem = { type: 'webhook', url: { setting: 'TEST_URL' }, ...references };
  const tenants = [{ id: '3d1c2b4a-0000-4000-8000-000000000001', name: 'x', channels: ['siem'] }];
  const { code, out, err } = await checkWith({
    DSW_TENANTS: JSON.stringify({ channels: { siem }, tenants }),
    TEST_URL: 'https://hooks.example/x',
    TEST_SECRET: secret,
    TEST_OLD_SECRET: secret,
    [name]: VALUE,
  });
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toContain(`channel "siem" (${name}): ${what} is not`);
  expect(err).not.toContain(VALUE);
});
