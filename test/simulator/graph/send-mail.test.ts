import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { type Caller, createCaller, GRAPH, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let tenant: SimulatedTenant;

beforeEach(async () => {
  simulator = await startSimulator();
  caller = createCaller(simulator);
  tenant = simulator.tenant(TENANT);
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

const MESSAGE = {
  subject: 'DRIFT: Fabrikam GmbH',
  body: { contentType: 'HTML', content: '<p>Direct Send is allowed again.</p>' },
  toRecipients: [{ emailAddress: { address: 'soc@msp.example' } }],
};

const send = (message: object) =>
  caller.graph(TENANT, '/v1.0/users/alerts%40msp.example/sendMail', { message, saveToSentItems: false });

describe('sendMail', () => {
  it('accepts a mail and keeps it', async () => {
    tenant.appRoles.add('Mail.Send');
    const heard = await send(MESSAGE);
    expect([heard.status, heard.text]).toEqual([202, '']);
    expect(tenant.sentMail).toEqual([{ from: 'alerts@msp.example', message: MESSAGE }]);
  });

  it('accepts a mail as MIME in base64, and refuses half of one', async () => {
    tenant.appRoles.add('Mail.Send');
    const mime =
      'From: alerts@msp.example\r\nTo: soc@msp.example\r\nSubject: DRIFT\r\n\r\nDirect Send is allowed again.';
    const authorization = `Bearer ${await caller.token(TENANT, GRAPH)}`;
    const headers = { authorization, 'content-type': 'text/plain' };
    const url = `${simulator.graphUrl}/v1.0/users/alerts%40msp.example/sendMail`;
    const post = (text: string) =>
      caller.call(url, { method: 'POST', headers, body: Buffer.from(text).toString('base64') });
    expect((await post(mime)).status).toBe(202);
    expect(tenant.sentMail).toEqual([{ from: 'alerts@msp.example', message: { mime } }]);
    expect((await post(mime.replace('Subject', 'Object'))).status).toBe(400);
    expect(tenant.requests.at(-1)!.wrong).toBe('a MIME mail without Subject');
  });

  it('is not granted by those who only let read', async () => {
    expect((await send(MESSAGE)).text).toContain('ErrorAccessDenied');
    expect(tenant.sentMail).toEqual([]);
  });

  it.each<[string, object]>([
    ['no subject on one line', { subject: 'a\r\nBcc: x@evil.example' }],
    ['no body with a content', { body: {} }],
    ['contentType is not Text or HTML', { body: { contentType: 'Markdown', content: '' } }],
    ['no toRecipients', { toRecipients: [] }],
    ['a recipient without an address', { toRecipients: [{ emailAddress: { address: 'soc msp' } }] }],
  ])('refuses a mail with %s', async (why, change) => {
    tenant.appRoles.add('Mail.Send');
    expect((await send({ ...MESSAGE, ...change })).status).toBe(400);
    expect(tenant.requests.at(-1)!.wrong).toBe(why);
  });
});

describe('the customers of a partner', () => {
  it('come in pages', async () => {
    tenant.appRoles.add('DelegatedAdminRelationship.Read.All');
    tenant.customers = Array.from({ length: 3 }, (_, index) => ({
      tenantId: `${index}`,
      displayName: `Customer ${index}`,
    }));
    const path = '/v1.0/tenantRelationships/delegatedAdminCustomers';
    const first = (await caller.graph(TENANT, `${path}?$top=2`)).json<{ value: object[]; '@odata.nextLink': string }>();
    expect(first.value).toHaveLength(2);
    const second = (await caller.graph(TENANT, first['@odata.nextLink'])).json<{ value: object[] }>();
    expect(second.value).toEqual([{ id: '2', tenantId: '2', displayName: 'Customer 2' }]);
    expect((await caller.graph(TENANT, `${path}?$top=301`)).status).toBe(400);
    tenant.appRoles.clear();
    expect((await caller.graph(TENANT, path)).status).toBe(403);
  });
});
