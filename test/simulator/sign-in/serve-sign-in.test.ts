import { AADSTS_CODES } from '../../../simulator/sign-in/aadsts-codes.ts';
import { aadsts, signInBehaviours, signInThrottled } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { type Caller, type CallOptions, createCaller, EXCHANGE, GRAPH, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let tenant: SimulatedTenant;

beforeEach(async () => {
  simulator = await startSimulator({ clock: () => new Date('2026-11-02T09:00:00.123Z') });
  caller = createCaller(simulator);
  tenant = simulator.tenant(TENANT);
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

interface Failure {
  readonly error: string;
  readonly error_codes: number[];
  readonly error_description: string;
}

/** Asks for a token; fields that are null are left out. */
async function ask(changes: Record<string, string | null> = {}, options: CallOptions = {}, id = TENANT) {
  const fields = {
    grant_type: 'client_credentials',
    client_id: simulator.app.clientId,
    client_secret: simulator.app.secrets[0]!,
    scope: `${EXCHANGE}/.default`,
    ...changes,
  };
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== null);
  return caller.call(`${simulator.authorityUrl}/${id}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(given).toString(),
    ...options,
  });
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
}

describe('a correct request for a token', () => {
  it('gets one for that tenant and resource, with the roles that belong to the resource', async () => {
    const heard = await ask();
    const answer = heard.json<{ access_token: string; token_type: string; expires_in: number }>();
    expect([heard.status, answer.token_type, answer.expires_in]).toEqual([200, 'Bearer', 3599]);
    expect(claimsOf(answer.access_token)).toMatchObject({
      aud: EXCHANGE,
      tid: TENANT,
      appid: simulator.app.clientId,
      iss: `https://sts.windows.net/${TENANT}/`,
      roles: ['Exchange.ManageAsApp', 'Exchange.ManageAsAppV2'],
      exp: Date.parse('2026-11-02T10:00:00Z') / 1000,
    });
    expect(answer.access_token).toContain(simulator.marker);
    const graph = (await ask({ scope: `${GRAPH}/.default` })).json<{ access_token: string }>();
    expect(claimsOf(graph.access_token)).toMatchObject({
      aud: GRAPH,
      roles: ['ThreatHunting.Read.All', 'ExchangeMessageTrace.Read.All', 'AuditLogsQuery-Exchange.Read.All'],
    });
    expect(simulator.requests.map(({ wrong }) => wrong)).toEqual([null, null]);
  });

  it('gets a token without roles while nothing was consented to', async () => {
    tenant.consent = 'roles-missing';
    expect(claimsOf((await ask()).json<{ access_token: string }>().access_token)).not.toHaveProperty('roles');
    tenant.consent = 'granted';
    tenant.appRoles.clear();
    expect(claimsOf((await ask()).json<{ access_token: string }>().access_token)).not.toHaveProperty('roles');
  });

  it.each([
    ['gcc-high', 'https://outlook.office365.us', 'https://graph.microsoft.us'],
    ['dod', 'https://outlook-dod.office365.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://partner.outlook.cn', 'https://microsoftgraph.chinacloudapi.cn'],
    ['gcc', EXCHANGE, GRAPH],
  ] as const)('names the resources of its own cloud: %s', async (cloud, exchange, graph) => {
    tenant.cloud = cloud;
    expect((await ask({ scope: `${exchange}/.default` })).status).toBe(200);
    expect((await ask({ scope: `${graph}/.default` })).status).toBe(200);
    const stranger = cloud === 'gcc' ? 'https://outlook.office365.us' : EXCHANGE;
    expect((await ask({ scope: `${stranger}/.default` })).json<Failure>().error_codes).toEqual([500011]);
  });
});

describe('a request that the endpoint does not accept', () => {
  it.each<[string, Record<string, string | null>, CallOptions, number]>([
    ['GET in place of POST', {}, { method: 'PUT' }, 900561],
    ['not a form', {}, { headers: { 'content-type': 'application/json' } }, 900144],
    ['no grant', { grant_type: null }, {}, 900144],
    ['another grant', { grant_type: 'password' }, {}, 70003],
    ['no client', { client_id: null }, {}, 900144],
    ['no scope', { scope: null }, {}, 900144],
    ['two resources', { scope: `${EXCHANGE}/.default ${GRAPH}/.default` }, {}, 28000],
    ['a scope without .default', { scope: `${EXCHANGE}/Exchange.ManageAsApp` }, {}, 1002012],
    ['an assertion without its type', { client_assertion: 'a.b.c' }, {}, 900144],
  ])('%s', async (_, changes, options, code) => {
    const heard = await ask(changes, options);
    expect([heard.status, heard.json<Failure>().error_codes]).toEqual([400, [code]]);
    expect(tenant.requests[0]!.wrong).not.toBeNull();
  });

  it('is refused whatever behaviour was switched on', async () => {
    tenant.behave('signIn', signInBehaviours.htmlBadGateway);
    expect((await ask({ grant_type: null })).status).toBe(400);
    expect((await ask()).status).toBe(502);
  });

  it('has another path', async () => {
    const heard = await caller.call(`${simulator.authorityUrl}/${TENANT}/oauth2/token`, { method: 'POST' });
    expect([heard.status, simulator.requests[0]!.wrong]).toEqual([404, `no such path /${TENANT}/oauth2/token`]);
  });
});

describe('a correct request that fails', () => {
  it.each<[string, () => void, Record<string, string | null>, number, string]>([
    ['a wrong secret', () => {}, { client_secret: 'wrong' }, 7000215, 'invalid_client'],
    ['no credential', () => {}, { client_secret: null }, 7000218, 'invalid_client'],
    ['another app', () => {}, { client_id: 'another' }, 700016, 'unauthorized_client'],
    [
      'the app is not in the tenant',
      () => {
        tenant.consent = 'app-absent';
      },
      {},
      7000229,
      'invalid_client',
    ],
    [
      'no Exchange licence',
      () => {
        tenant.exchangeLicence = false;
      },
      {},
      500014,
      'invalid_resource',
    ],
  ])('%s', async (_, prepare, changes, code, error) => {
    prepare();
    const failure = (await ask(changes)).json<Failure>();
    expect([failure.error_codes, failure.error]).toEqual([[code], error]);
    expect(tenant.requests[0]!.wrong).toBeNull();
  });

  it('without an Exchange licence, Graph still works', async () => {
    tenant.exchangeLicence = false;
    expect((await ask({ scope: `${GRAPH}/.default` })).status).toBe(200);
  });

  it.each([
    ['3d1c0000-0000-4000-8000-00000000ffff', 90002],
    ['no-guid', 900023],
  ])('tenant %s', async (id, code) => {
    expect((await ask({}, {}, id)).json<Failure>().error_codes).toEqual([code]);
    const configuration = await caller.call(`${simulator.authorityUrl}/${id}/v2.0/.well-known/openid-configuration`);
    expect(configuration.json<Failure>().error_codes).toEqual([code]);
  });
});

describe('behaviours of the token endpoint', () => {
  it.each(Object.keys(AADSTS_CODES).map(Number))('AADSTS%i is answered as it is documented', async (code) => {
    tenant.behave('signIn', aadsts(code));
    const heard = await ask();
    const answer = heard.json<
      Failure & { error_uri: string; timestamp: string; trace_id: string; correlation_id: string }
    >();
    expect(heard.status).toBe(AADSTS_CODES[code]!.status);
    expect(answer.error).toBe(AADSTS_CODES[code]!.error);
    expect(answer.error_codes).toEqual([code]);
    expect(answer.error_description).toMatch(
      new RegExp(
        `^AADSTS${code}: [^{}]+\\r\\nTrace ID: [0-9a-f-]{36}\\r\\nCorrelation ID: [0-9a-f-]{36}\\r\\nTimestamp: 2026-11-02 09:00:00Z$`,
      ),
    );
    expect(answer.error_uri).toBe(`https://login.microsoftonline.com/error?code=${code}`);
  });

  it('fills in the app and the tenant, and takes another status or OAuth error', async () => {
    tenant.behave('signIn', aadsts(7000229, { status: 400, error: 'unauthorized_client' }));
    const heard = await ask();
    expect([heard.status, heard.json<Failure>().error]).toEqual([400, 'unauthorized_client']);
    expect(heard.json<Failure>().error_description).toContain(
      `application '${simulator.app.clientId}' is missing service principal in the tenant '${TENANT}'.`,
    );
  });

  it('does not make up codes', () => {
    expect(() => aadsts(1)).toThrow('AADSTS1 is not in simulator/sign-in/aadsts-codes.ts');
  });

  it.each<[string, () => void, number, string]>([
    ['unknown code', () => tenant.behave('signIn', signInBehaviours.unknownCode), 400, 'AADSTS9999999'],
    [
      '503 without error',
      () => tenant.behave('signIn', signInBehaviours.unavailableWithoutError),
      503,
      '{"message":"Service Unavailable"}',
    ],
    [
      '200 without token',
      () => tenant.behave('signIn', signInBehaviours.withoutAccessToken),
      200,
      '{"token_type":"Bearer","expires_in":3599}',
    ],
    ['broken JSON', () => tenant.behave('signIn', signInBehaviours.brokenJson), 200, '"access_tok'],
    ['empty failure', () => tenant.behave('signIn', signInBehaviours.emptyFailure), 400, ''],
    ['HTML success', () => tenant.behave('signIn', signInBehaviours.htmlSuccess), 200, '<h1>Please wait</h1>'],
    ['throttled', () => tenant.behave('signIn', signInThrottled('7')), 429, 'temporarily_unavailable'],
    ['throttled without a hint', () => tenant.behave('signIn', signInThrottled()), 429, 'temporarily_unavailable'],
  ])('%s', async (_, prepare, status, text) => {
    prepare();
    const heard = await ask();
    expect([heard.status, heard.text.includes(text)]).toEqual([status, true]);
  });

  it('tells how long to wait, or not', async () => {
    tenant.behave('signIn', signInThrottled('7'), signInThrottled());
    expect((await ask()).headers['retry-after']).toBe('7');
    expect((await ask()).headers['retry-after']).toBeUndefined();
  });

  it('can be set for every tenant, with exceptions', async () => {
    const other = '3d1c0000-0000-4000-8000-000000000002';
    simulator.tenant(other).behave('signIn', 'healthy');
    simulator.behave('signIn', aadsts(7000222));
    expect((await ask()).status).toBe(401);
    expect((await ask({}, {}, other)).status).toBe(200);
  });
});
