import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import {
  anchorOf,
  type Caller,
  type CallOptions,
  createCaller,
  EXCHANGE,
  GRAPH,
  OTHER_TENANT,
  TENANT,
} from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let tenant: SimulatedTenant;

beforeEach(async () => {
  simulator = await startSimulator();
  caller = createCaller(simulator);
  tenant = simulator.tenant(TENANT);
  simulator.tenant(OTHER_TENANT);
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

interface Change extends CallOptions {
  readonly path?: string;
  /** The token to send in place of the right one. */
  readonly token?: () => Promise<string>;
}

const COMMAND = { CmdletInput: { CmdletName: 'Get-OrganizationConfig', Parameters: {} } };

/** A correct request for the setting, with changes. */
async function read({ path, token, headers, method = 'POST', body }: Change = {}) {
  const correct = {
    authorization: `Bearer ${token === undefined ? await caller.token(TENANT) : await token()}`,
    'content-type': 'application/json; charset=utf-8',
    'x-anchormailbox': anchorOf(TENANT),
  };
  const url = `${simulator.exchangeUrl}${path ?? `/adminapi/beta/${TENANT}/InvokeCommand`}`;
  return caller.call(url, {
    method,
    headers: { ...correct, ...headers },
    ...(method === 'GET' ? {} : { body: body ?? JSON.stringify(COMMAND) }),
  });
}

const wrongs = () => tenant.requests.map(({ wrong }) => wrong).filter((wrong) => wrong !== null);

describe('InvokeCommand', () => {
  it.each(['beta', 'v1.0'])('reads the setting of a tenant, %s', async (version) => {
    const heard = await read({ path: `/adminapi/${version}/${TENANT}/InvokeCommand?$select=RejectDirectSend` });
    expect(heard.json()).toMatchObject({ value: [{ RejectDirectSend: true }] });
    expect(Object.keys(heard.json<{ value: object[] }>().value[0]!)).toEqual(['RejectDirectSend']);
    expect(wrongs()).toEqual([]);
  });

  it('gives every property without $select', async () => {
    expect((await read()).json()).toMatchObject({
      value: [{ Name: tenant.initialDomain, MailTipsAllTipsEnabled: true, RejectDirectSend: true }],
    });
  });

  it.each([true, false, null, 'True', 1])('gives the setting as it is stored: %p', async (setting) => {
    tenant.setting = setting;
    expect((await read()).json<{ value: object[] }>().value[0]).toHaveProperty('RejectDirectSend', setting);
  });

  it('leaves the setting out when it is undefined', async () => {
    tenant.setting = undefined;
    expect((await read()).json<{ value: object[] }>().value[0]).not.toHaveProperty('RejectDirectSend');
  });

  it.each([
    `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${TENANT.toUpperCase()}`,
    `TID:${TENANT}`,
    'UPN:OAuthUser@contoso.onmicrosoft.com',
    'UPN:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.onmicrosoft.com',
    'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.onmicrosoft.com',
  ])('takes the anchor mailbox %s', async (anchor) => {
    tenant.initialDomain = 'contoso.onmicrosoft.com';
    expect((await read({ headers: { 'x-anchormailbox': anchor } })).status).toBe(200);
  });

  it.each<[string, Change, number, string]>([
    ['another method', { method: 'GET' }, 405, 'GET in place of POST'],
    ['no token', { headers: { authorization: '' } }, 401, 'no bearer token of this service'],
    ['no bearer', { headers: { authorization: 'Basic abc' } }, 401, 'no bearer token of this service'],
    ['a token made by somebody else', { token: async () => 'a.b.c' }, 401, 'no bearer token of this service'],
    ['another tenant', { token: () => caller.token(OTHER_TENANT) }, 401, 'a token of another tenant'],
    ['another resource', { token: () => caller.token(TENANT, GRAPH) }, 401, `a token for ${GRAPH}`],
    ['no anchor', { headers: { 'x-anchormailbox': '' } }, 400, 'X-AnchorMailbox ""'],
    ['a foreign anchor', { headers: { 'x-anchormailbox': anchorOf('x') } }, 400, `X-AnchorMailbox "${anchorOf('x')}"`],
    ['another type', { headers: { 'content-type': 'text/plain' } }, 415, 'not JSON by its content type'],
    ['no JSON', { body: '{' }, 400, 'no CmdletInput with a CmdletName'],
    ['no cmdlet', { body: '{"CmdletInput":{}}' }, 400, 'no CmdletInput with a CmdletName'],
    [
      'parameters as a list',
      { body: '{"CmdletInput":{"CmdletName":"Get-OrganizationConfig","Parameters":[]}}' },
      400,
      'Parameters is no object',
    ],
  ])('refuses %s', async (_, change, status, why) => {
    expect((await read(change)).status).toBe(status);
    expect(wrongs()).toEqual([why]);
  });

  it.each(['/adminapi/beta/nobody/InvokeCommand', `/adminapi/v3/${TENANT}/InvokeCommand`, '/'])(
    'knows no path %s',
    async (path) => {
      expect((await read({ path })).status).toBe(404);
    },
  );

  it('answers an empty 401 without the application permission', async () => {
    tenant.appRoles.delete('Exchange.ManageAsApp');
    const heard = await read();
    expect([heard.status, heard.text]).toEqual([401, '']);
    expect(wrongs()).toEqual([]);
  });

  it('answers 403 with the text of the real service without a role', async () => {
    tenant.exchangeRole = false;
    const heard = await read();
    expect(heard.status).toBe(403);
    expect(heard.text).toContain(
      '[FailureCategory=AuthZ-CmdletAccessDeniedException] The role assigned to application',
    );
  });

  it.each(['Get-OrganizationConfig', 'Remove-Everything'])(
    'answers 403 for a cmdlet outside of the role: %s',
    async (cmdlet) => {
      tenant.deniedCmdlets.add('Get-OrganizationConfig');
      const heard = await caller.invoke(TENANT, cmdlet);
      expect(heard.status).toBe(403);
      expect(heard.text).toContain(`The cmdlet '${cmdlet}' is not present in the role definition of the current user.`);
    },
  );

  it('binds only the parameters that a cmdlet has', async () => {
    const heard = await caller.invoke(TENANT, 'Get-OrganizationConfig', { RejectDirectSend: false });
    expect([heard.status, heard.text.includes("matches parameter name 'RejectDirectSend'")]).toEqual([400, true]);
  });
});

describe('the Admin API', () => {
  const path = `/adminapi/v2.0/${TENANT}/OrganizationConfig`;

  it('is not enabled by default', async () => {
    expect((await read({ path })).status).toBe(404);
    expect(wrongs()).toEqual([]);
  });

  it('has all properties in its preview, and not the setting after it', async () => {
    tenant.adminApi = 'preview';
    expect((await read({ path })).json()).toMatchObject({ value: [{ RejectDirectSend: true }] });
    tenant.adminApi = 'general-availability';
    const [organization] = (await read({ path })).json<{ value: object[] }>().value;
    expect(organization).toHaveProperty('MailTipsLargeAudienceThreshold', 25);
    expect(organization).not.toHaveProperty('RejectDirectSend');
  });

  it('takes either permission, and the role', async () => {
    tenant.adminApi = 'preview';
    for (const role of ['Exchange.ManageAsApp', 'Exchange.ManageAsAppV2'] as const) {
      tenant.appRoles = new Set([role]);
      expect((await read({ path })).status).toBe(200);
    }
    tenant.appRoles.clear();
    expect((await read({ path })).status).toBe(401);
    tenant.appRoles.add('Exchange.ManageAsAppV2');
    tenant.exchangeRole = false;
    expect((await read({ path })).status).toBe(403);
  });

  it('wants the documented anchor, and the cmdlet of the endpoint', async () => {
    tenant.adminApi = 'preview';
    expect((await read({ path, headers: { 'x-anchormailbox': `TID:${TENANT}` } })).status).toBe(400);
    expect((await read({ path, body: '{"CmdletInput":{"CmdletName":"Get-AcceptedDomain"}}' })).status).toBe(400);
    expect((await read({ path: `/adminapi/v2.0/${TENANT}/Mailbox` })).status).toBe(404);
  });

  it('lists accepted domains', async () => {
    tenant.adminApi = 'preview';
    const body = '{"CmdletInput":{"CmdletName":"Get-AcceptedDomain"}}';
    const heard = await read({ path: `/adminapi/v2.0/${TENANT}/AcceptedDomain?$select=DomainName,Default`, body });
    expect(heard.json<{ value: object[] }>().value).toEqual([
      { DomainName: 'tenant3d1c0000.example', Default: true },
      { DomainName: 'tenant3d1c0000.onmicrosoft.com', Default: false },
    ]);
  });

  it('checks the audience like InvokeCommand does', async () => {
    tenant.cloud = 'gcc-high';
    expect((await read({ path, token: () => caller.token(TENANT, 'https://outlook.office365.us') })).status).toBe(404);
    const stranger = await read({ path, token: () => caller.token(OTHER_TENANT, EXCHANGE) });
    expect(stranger.status).toBe(401);
  });
});
