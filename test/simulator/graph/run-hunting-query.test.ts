import { graphFaults } from '../../../simulator/graph/graph-behaviours.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { composeMail } from '../../../simulator/tenant/mail-row.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { type Caller, createCaller, EXCHANGE, IMPATIENT, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let tenant: SimulatedTenant;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z');
  simulator = await startSimulator({ clock: () => now });
  caller = createCaller(simulator);
  tenant = simulator.tenant(TENANT);
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

interface GraphFailure {
  readonly error: { readonly code: string; readonly message: string };
}

const hunt = (body: object) => caller.graph(TENANT, '/v1.0/security/runHuntingQuery', body);

describe('advanced hunting', () => {
  it('answers probes that need no table', async () => {
    expect((await hunt({ Query: 'print x=1' })).json()).toEqual({
      schema: [{ name: 'x', type: 'Int64' }],
      results: [{ x: 1 }],
    });
    expect((await hunt({ Query: ' print text = "a b" ', Timespan: 'P7D' })).json()).toEqual({
      schema: [{ name: 'text', type: 'String' }],
      results: [{ text: 'a b' }],
    });
  });

  it.each(['EmailEvents', 'EmailUrlInfo', 'EmailAttachmentInfo', 'EmailPostDeliveryEvents'])(
    'does not know %s without Defender for Office 365 Plan 2, whatever engine is there',
    async (table) => {
      simulator.hunting = () => ({ schema: [], results: [] });
      const heard = await hunt({ Query: `${table} | take 1` });
      expect([heard.status, heard.json<GraphFailure>().error]).toEqual([
        400,
        expect.objectContaining({
          code: 'BadRequest',
          message: `'take' operator: Failed to resolve table or column expression named '${table}'. Fix semantic errors in your query.`,
        }),
      ]);
      tenant.defenderPlan2 = true;
      expect((await hunt({ Query: `${table} | take 1` })).json()).toEqual({ schema: [], results: [] });
    },
  );

  it('hands the query and the tenant to the engine that was plugged in', async () => {
    tenant.defenderPlan2 = true;
    const sent = { at: now, from: 'scan@contoso.example', to: 'amy@contoso.example', ip: '203.0.113.10' };
    tenant.mail = [composeMail(sent)];
    simulator.hunting = async (query, { mail }) => ({
      schema: [{ name: 'Query', type: 'String' }],
      results: [{ Query: query, Mails: mail.length }],
    });
    expect((await hunt({ Query: 'EmailEvents | count' })).json()).toMatchObject({
      results: [{ Query: 'EmailEvents | count', Mails: 1 }],
    });
  });

  it('says what the engine refuses, and what it breaks at', async () => {
    tenant.defenderPlan2 = true;
    expect((await hunt({ Query: 'EmailEvents' })).json<GraphFailure>().error).toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining('set `sim.hunting`'),
    });
    simulator.hunting = () => ({ status: 400, code: 'BadRequest', message: 'Semantic error.' });
    expect((await hunt({ Query: 'EmailEvents' })).json<GraphFailure>().error.message).toBe('Semantic error.');
    simulator.hunting = () => {
      throw new Error('engine broke');
    };
    const broken = await hunt({ Query: 'EmailEvents' });
    expect([broken.status, broken.text]).toEqual([500, expect.stringContaining('engine broke')]);
  });

  it('refuses the 46th call within a minute, and counts refused calls', async () => {
    for (let call = 0; call < 45; call += 1) expect((await hunt({ Query: 'print x=1' })).status).toBe(200);
    const refused = await hunt({ Query: 'print x=1' });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    now = new Date(now.getTime() + 59_999);
    expect((await hunt({ Query: 'print x=1' })).status).toBe(429);
    now = new Date(now.getTime() + 60_000);
    expect((await hunt({ Query: 'print x=1' })).status).toBe(200);
  });

  it.each<[object, string]>([
    [{ query: 'print x=1' }, 'no Query'],
    [{ Query: ' ' }, 'an empty Query'],
    [{ Query: 'print x=1', Timespan: 'a week' }, 'a Timespan that is no ISO 8601 duration or interval'],
    [{ Query: 'print x=1', Timespan: 'P' }, 'a Timespan that is no ISO 8601 duration or interval'],
    [{ Query: 'print x=1', Limit: 5 }, 'unknown properties Limit'],
  ])('refuses %j', async (body, why) => {
    expect((await hunt(body)).status).toBe(400);
    expect(tenant.requests.at(-1)!.wrong).toBe(why);
  });

  it.each(['P30D', 'PT12H', 'P1DT6H30M', '2026-11-01T00:00:00Z/2026-11-02T00:00:00Z'])(
    'takes the timespan %s',
    async (Timespan) => {
      expect((await hunt({ Query: 'print x=1', Timespan })).status).toBe(200);
    },
  );

  it('names the missing permission', async () => {
    tenant.appRoles.delete('ThreatHunting.Read.All');
    const heard = await hunt({ Query: 'print x=1' });
    expect([heard.status, heard.json<GraphFailure>().error.message]).toEqual([
      403,
      'Missing application roles. API required roles: ThreatHunting.Read.All, application roles: ExchangeMessageTrace.Read.All,AuditLogsQuery-Exchange.Read.All.',
    ]);
    expect(tenant.requests.at(-1)!.wrong).toBeNull();
  });
});

describe('Graph as a whole', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['no token of this service', async () => 'a.b.c', 'no bearer token of this service'],
    ['a token for Exchange', () => caller.token(TENANT), `a token for ${EXCHANGE}`],
  ])('refuses %s', async (_, token, why) => {
    const headers = { authorization: `Bearer ${await token()}` };
    const heard = await caller.call(`${simulator.graphUrl}/v1.0/security/auditLog/queries/1`, { headers });
    expect([heard.status, heard.json<GraphFailure>().error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    expect(simulator.requests.at(-1)!.wrong).toBe(why);
  });

  it('knows no other calls', async () => {
    const heard = await caller.graph(TENANT, '/v1.0/users');
    expect(heard.json<GraphFailure>().error.message).toBe("Resource not found for the segment 'users'.");
    expect((await caller.graph(TENANT, '/v1.0/security/runHuntingQuery')).status).toBe(400);
  });

  const STATUSES: Record<keyof typeof graphFaults, readonly [number, string]> = {
    hangBeforeHeaders: [0, 'UND_ERR_HEADERS_TIMEOUT'],
    hangInBody: [200, 'UND_ERR_BODY_TIMEOUT'],
    cutBeforeHeaders: [0, 'UND_ERR_SOCKET'],
    cutAfterHeaders: [200, 'UND_ERR_SOCKET'],
    cutInBody: [200, 'UND_ERR_SOCKET'],
    endlessBody: [200, 'UND_ERR_RES_EXCEEDED_MAX_SIZE'],
    htmlBadGateway: [502, '<h1>'],
    htmlGatewayTimeout: [504, '<h1>'],
    htmlSuccess: [200, '<h1>'],
    emptySuccess: [200, ''],
    noContent: [204, ''],
    brokenJson: [200, '{"value":[{"RejectDirectSend":tru'],
    notLicensed: [403, 'not licensed for Defender for Office 365 Plan 2'],
    forbidden: [403, 'Forbidden'],
    accessDenied: [403, 'ErrorAccessDenied'],
    mailboxMissing: [404, 'ErrorInvalidUser'],
    unauthorised: [401, 'InvalidAuthenticationToken'],
    throttledWithoutHint: [429, 'TooManyRequests'],
    throttledForSeconds: [429, 'TooManyRequests'],
    throttledUntilDate: [429, 'TooManyRequests'],
    throttledForLong: [429, 'TooManyRequests'],
    cpuQuotaExceeded: [429, 'CPU quota'],
    unknownError: [500, 'UnknownError'],
    internalError: [500, 'generalException'],
    unavailable: [503, 'serviceNotAvailable'],
    withoutValue: [200, '{}'],
  };

  it.each(Object.entries(STATUSES))('can be switched to %s', async (name, [status, text]) => {
    const client = createCaller(simulator, text.includes('TIMEOUT') ? IMPATIENT : {});
    tenant.behave('graph/hunting', graphFaults[name as keyof typeof graphFaults]);
    const heard = await client.graph(TENANT, '/v1.0/security/runHuntingQuery', { Query: 'print x=1' });
    expect(heard.status).toBe(status);
    expect(heard.failure ?? heard.text).toContain(text);
    await client.close();
  });
});
