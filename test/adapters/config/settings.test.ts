import {
  type Environment,
  readSettings,
  readStorageSettings,
  SETTINGS,
} from '../../../shared/adapters/config/settings.ts';

const CLIENT = '00000000-0000-4000-8000-0000000000aa';
const LEAST: Environment = { AzureWebJobsStorage: 'UseDevelopmentStorage=true', DSW_CREDENTIAL: 'managed-identity' };

/** The message that a wrong environment ends with. */
function problemOf(change: Environment): string {
  try {
    readSettings({ ...LEAST, ...change });
  } catch (error) {
    expect(error).toMatchObject({ name: 'ConfigurationError' });
    return (error as Error).message;
  }
  return 'nothing is wrong';
}

it('what is not set has the defaults of the design', () => {
  expect(readSettings(LEAST)).toMatchObject({
    checkSchedule: '0 */15 * * * *',
    trafficEvery: 6 * 3600_000,
    blindAfter: 6 * 3600_000,
    groupWait: 60_000,
    historyDays: 2555,
    heartbeat: 'weekly',
    tenantBudget: 40_000,
    concurrency: 32,
    tenants: null,
    publicUrl: null,
    endpoints: { authority: null, exchange: null, graph: null, dnsServers: [], webhookHosts: [] },
    telemetryConnectionString: null,
  });
});

describe('where the storage is', () => {
  it('is said by a connection string', () => {
    expect(readSettings(LEAST).storage).toEqual({
      kind: 'connection-string',
      connectionString: 'UseDevelopmentStorage=true',
    });
  });

  it('or by an account name, and the identity that may use it', () => {
    const env = { AzureWebJobsStorage__accountName: 'stdsw', AzureWebJobsStorage__clientId: CLIENT.toUpperCase() };
    expect(readStorageSettings(env)).toEqual({ kind: 'identity', accountName: 'stdsw', clientId: CLIENT });
  });

  it.each([
    ['is missing', {}, /AzureWebJobsStorage is not set, nor is AzureWebJobsStorage__accountName/],
    [
      'is no connection string',
      { AzureWebJobsStorage: 'SECRETKEY' },
      /AzureWebJobsStorage is not a storage connection/,
    ],
    ['has a name that no account has', { AzureWebJobsStorage__accountName: 'St-Dsw' }, /lower-case letters and digits/],
  ])('%s: that is said, and no secret with it', (_what, env, expected) => {
    expect(() => readStorageSettings(env)).toThrow(expected);
    expect(() => readStorageSettings(env)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('SECRET') }),
    );
  });
});

describe('the credential', () => {
  it('is the federated identity when nothing is said', () => {
    const env = { DSW_CREDENTIAL: '', DSW_CLIENT_ID: CLIENT, DSW_MANAGED_IDENTITY_CLIENT_ID: CLIENT };
    expect(readSettings({ ...LEAST, ...env }).credential).toEqual({
      kind: 'federated-identity',
      clientId: CLIENT,
      managedIdentityClientId: CLIENT,
    });
  });

  it('says what it needs beside it', () => {
    expect(problemOf({ DSW_CREDENTIAL: 'federated-identity' })).toMatch(
      /DSW_CLIENT_ID.*\n.*DSW_MANAGED_IDENTITY_CLIENT_ID/,
    );
    expect(problemOf({ DSW_CREDENTIAL: 'secret', DSW_CLIENT_ID: CLIENT })).toMatch('DSW_CLIENT_SECRET is not set');
    expect(problemOf({ DSW_CREDENTIAL: 'certificate', DSW_CLIENT_ID: CLIENT })).toMatch(
      'DSW_CLIENT_CERTIFICATE_PATH is not set',
    );
    expect(problemOf({ DSW_CREDENTIAL: 'password' })).toMatch('must be one of federated-identity, managed-identity');
  });

  it('of a certificate is a file that can be read', () => {
    const env = { DSW_CREDENTIAL: 'certificate', DSW_CLIENT_ID: CLIENT, DSW_CLIENT_CERTIFICATE_PATH: '/nowhere.pem' };
    expect(problemOf(env)).toMatch('names a file that cannot be read');
  });
});

describe('a wrong value', () => {
  it.each<[string, string, RegExp]>([
    ['DSW_HOME_TENANT_ID', 'not-a-guid', /is not a GUID/],
    ['DSW_EXCHANGE_URL', 'http://outlook.example', /https/],
    ['DSW_GRAPH_URL', 'https://graph.example/v1.0', /host only/],
    ['AZURE_AUTHORITY_HOST', 'login.example', /is not a URL/],
    ['DSW_BLIND_AFTER', '6 hours', /is not a duration/],
    ['DSW_BLIND_AFTER', '0s', /is not a duration/],
    ['DSW_TENANT_BUDGET', '-1s', /is not a duration/],
    ['DSW_CONCURRENCY', '0', /from 1 to 512/],
    ['DSW_CONCURRENCY', '1e3', /from 1 to 512/],
    ['DSW_HISTORY_DAYS', '0', /from 1 to 36500/],
    ['DSW_HEARTBEAT', 'hourly', /daily, weekly, monthly, off/],
    ['DSW_CHECK_SCHEDULE', '*/15 * * * *', /six fields/],
    ['DSW_CHECK_SCHEDULE', '0 61 * * * *', /six fields/],
    ['DSW_DNS_SERVERS', 'dns.example', /wrong form/],
    ['DSW_DNS_SERVERS', '192.0.2.53:99999', /wrong form/],
    ['DSW_DNS_SERVERS', '192.0.2.999', /wrong form/],
    ['DSW_WEBHOOK_HOSTS', 'hooks.example:0', /wrong form/],
    ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'SECRETVALUE', /not a connection string/],
    ['DSW_WEBHOOK_HOSTS', 'https://hooks.example', /wrong form/],
    ['DSW_LINK_SECRET', 'SECRETVALUE', /at least 32 characters/],
  ])('of %s (%s) is named, with an example', (name, value, expected) => {
    const problem = problemOf({ [name]: value });
    expect(problem).toMatch(expected);
    expect(problem).toMatch(new RegExp(`^${name} .*Example: ${name}=`));
    expect(problem).not.toContain('SECRETVALUE');
  });

  it('does not hide another: all are named in one message', () => {
    const problem = problemOf({ DSW_CONCURRENCY: 'many', DSW_HEARTBEAT: 'often', DSW_BLIND_AFTER: 'soon' });
    expect(problem.split('\n')).toHaveLength(3);
  });
});

describe('lists and addresses', () => {
  it('are read as they are written, apart from case and final slashes', () => {
    const settings = readSettings({
      ...LEAST,
      DSW_EXCHANGE_URL: 'https://Outlook.example:8443/',
      DSW_WEBHOOK_HOSTS: 'Hooks.example, siem.example:8443,[::1]:99',
      DSW_DNS_SERVERS: '192.0.2.53:5353,192.0.2.54,[2001:db8::1]:53',
    });
    expect(settings.endpoints).toMatchObject({
      exchange: 'https://outlook.example:8443',
      webhookHosts: ['hooks.example', 'siem.example:8443', '[::1]:99'],
      dnsServers: ['192.0.2.53:5353', '192.0.2.54', '[2001:db8::1]:53'],
    });
  });

  it('the app knows its own address from its host, unless it was given another', () => {
    expect(readSettings({ ...LEAST, WEBSITE_HOSTNAME: 'func.example' }).publicUrl).toBe('https://func.example');
    const both = { ...LEAST, WEBSITE_HOSTNAME: 'func.example', DSW_PUBLIC_URL: 'https://watch.example' };
    expect(readSettings(both).publicUrl).toBe('https://watch.example');
  });
});

it('every setting is described once, and those that hold secrets are marked', () => {
  const names = SETTINGS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const secret = SETTINGS.filter((one) => one.secret).map(({ name }) => name);
  expect(secret).toEqual([
    'AzureWebJobsStorage',
    'DSW_CLIENT_SECRET',
    'DSW_LINK_SECRET',
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
  ]);
});
