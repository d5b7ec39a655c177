import { openHttpPool } from '../../../shared/adapters/http/send-request.ts';
import { GraphNetworkError, GraphSignInError, openGraph } from '../../../shared/adapters/microsoft365/open-graph.ts';
import { graphFaults } from '../../../simulator/graph/graph-behaviours.ts';
import { json } from '../../../simulator/wire/reply.ts';
import { openReader, type Reader } from '../../support/open-reader.ts';

let reader: Reader;
const pool = openHttpPool();
const CUSTOMERS = '/tenantRelationships/delegatedAdminCustomers';

beforeAll(async () => {
  reader = await openReader();
});

afterAll(() => Promise.all([reader.close(), pool.close()]));

function freshTenant() {
  const tenant = reader.freshTenant();
  tenant.appRoles.add('DelegatedAdminRelationship.Read.All');
  tenant.customers = [1, 2, 3].map((nth) => ({ tenantId: `${nth}`, displayName: `Customer ${nth}` }));
  return tenant;
}

function open(id: string, change: { retries?: number; largestAnswer?: number; answerWithin?: number } = {}) {
  const limits = { answerWithin: 5000, largestAnswer: 100_000, retries: 0, signal: AbortSignal.timeout(60_000) };
  return openGraph({ id, cloud: 'global' }, reader.endpoints, reader.signIn, pool.send, { ...limits, ...change });
}

const countGraph = (id: string) =>
  reader.simulator.tenant(id).requests.filter(({ surface }) => surface.startsWith('graph')).length;

it('asks with a token of the tenant for Graph', async () => {
  const tenant = freshTenant();
  const answer = await open(tenant.id).api(CUSTOMERS).get();
  expect(answer.value).toHaveLength(3);
  expect(tenant.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
});

it('follows a next page of the same host, and no other', async () => {
  const tenant = freshTenant();
  const first = await open(tenant.id).api(`${CUSTOMERS}?$top=2`).get();
  const second = await open(tenant.id).api(first['@odata.nextLink']).get();
  expect([...first.value, ...second.value]).toHaveLength(3);
  const elsewhere = `${reader.simulator.strangerUrl}/v1.0/next`;
  await expect(open(tenant.id).api(elsewhere).get()).rejects.toThrow('another host');
  expect(reader.simulator.requests.filter(({ surface }) => surface === 'stranger')).toEqual([]);
});

describe('a fault', () => {
  it.each<[keyof typeof graphFaults, number]>([
    ['forbidden', 403],
    ['unauthorised', 401],
    ['internalError', 500],
    ['htmlBadGateway', 502],
    ['throttledForLong', 429],
  ])('%s is thrown with its status, asked once', async (name, statusCode) => {
    const tenant = freshTenant();
    tenant.behave('graph', graphFaults[name]);
    await expect(open(tenant.id, { retries: 3 }).api(CUSTOMERS).get()).rejects.toMatchObject({ statusCode });
    expect(countGraph(tenant.id)).toBe(1);
  });

  it('that asks for a short pause is waited out, as often as allowed', async () => {
    const tenant = freshTenant();
    const briefly = json(429, { error: { code: 'TooManyRequests' } }, { 'retry-after': '0' });
    tenant.behave('graph', briefly, 'healthy');
    expect((await open(tenant.id, { retries: 1 }).api(CUSTOMERS).get()).value).toHaveLength(3);
    tenant.behave('graph', briefly);
    await expect(open(tenant.id, { retries: 1 }).api(CUSTOMERS).get()).rejects.toMatchObject({ statusCode: 429 });
    expect(countGraph(tenant.id)).toBe(4);
  }, 20_000);

  it('of the network says whether the request may have arrived', async () => {
    const tenant = freshTenant();
    tenant.behave('graph', graphFaults.cutBeforeHeaders);
    const failure = open(tenant.id).api(CUSTOMERS).get();
    await expect(failure).rejects.toBeInstanceOf(GraphNetworkError);
    await expect(failure).rejects.toMatchObject({ mayHaveArrived: true });
  });

  it('of an answer that is too large is a fault of the network', async () => {
    const tenant = freshTenant();
    await expect(open(tenant.id, { largestAnswer: 10 }).api(CUSTOMERS).get()).rejects.toThrow('larger than 10 bytes');
  });

  it('of sign-in carries its reason', async () => {
    const tenant = freshTenant();
    tenant.consent = 'app-absent';
    const failure = open(tenant.id).api(CUSTOMERS).get();
    await expect(failure).rejects.toBeInstanceOf(GraphSignInError);
    await expect(failure).rejects.toMatchObject({ finding: { reason: 'consent-missing' } });
  });
});
