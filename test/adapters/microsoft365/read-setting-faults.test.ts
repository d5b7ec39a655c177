import { exchangeFaults } from '../../../simulator/exchange/exchange-behaviours.ts';
import { json } from '../../../simulator/wire/reply.ts';
import { type Expected, expectReading, openReader, type Reader } from '../../support/open-reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(async () => {
  // Whatever was switched on, our own requests were right.
  expect(reader.simulator.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
  await reader.close();
});

describe('a fault that stays', () => {
  const rows: Record<Exclude<keyof typeof exchangeFaults, 'hangBeforeHeaders' | 'hangInBody'>, Expected> = {
    badRequest: ['unknown', 'unexpected-response', 1, 1],
    notFound: ['unknown', 'unexpected-response', 1, 1],
    objectNotFound: ['unknown', 'service-error', 4, 0],
    unauthorised: ['unknown', 'role-missing', 1, 0],
    roleMissing: ['unknown', 'role-missing', 1, 0],
    roleMissingInDetails: ['unknown', 'role-missing', 1, 0],
    roleMissingInJsonString: ['unknown', 'role-missing', 1, 0],
    forbiddenEmpty: ['unknown', 'role-missing', 1, 0],
    delegationEnded: ['unknown', 'role-missing', 1, 0],
    throttledWithoutHint: ['unknown', 'throttled', 4, 0],
    throttledForSeconds: ['unknown', 'throttled', 4, 0],
    throttledUntilDate: ['unknown', 'throttled', 4, 0],
    throttledAbsurdly: ['unknown', 'throttled', 1, 0],
    throttledNegatively: ['unknown', 'throttled', 4, 0],
    throttledUnreadably: ['unknown', 'throttled', 4, 0],
    internalError: ['unknown', 'service-error', 4, 0],
    unavailable: ['unknown', 'service-error', 4, 0],
    unavailableForSeconds: ['unknown', 'service-error', 4, 0],
    imATeapot: ['unknown', 'unexpected-response', 1, 0],
    htmlBadGateway: ['unknown', 'service-error', 4, 0],
    htmlGatewayTimeout: ['unknown', 'service-error', 4, 0],
    htmlSuccess: ['unknown', 'service-error', 1, 0],
    emptySuccess: ['unknown', 'setting-not-returned', 1, 0],
    noContent: ['unknown', 'setting-not-returned', 1, 0],
    brokenJson: ['unknown', 'service-error', 1, 0],
    cutBeforeHeaders: ['unknown', 'network', 1, 0],
    cutAfterHeaders: ['unknown', 'network', 1, 0],
    cutInBody: ['unknown', 'network', 1, 0],
    endlessBody: ['unknown', 'unexpected-response', 1, 0],
  };
  it.each(Object.entries(rows))('%s', async (name, expected) => {
    const tenant = reader.freshTenant();
    tenant.setting = false;
    tenant.behave('exchange', exchangeFaults[name as keyof typeof exchangeFaults]);
    await expectReading(reader, tenant.id, expected);
  });

  it.each(['hangBeforeHeaders', 'hangInBody'] as const)('%s ends with the budget of the tenant', async (name) => {
    const tenant = reader.freshTenant();
    await reader.read(tenant.id); // Has its token, so that the budget is for Exchange alone.
    tenant.behave('exchange', exchangeFaults[name]);
    const { reading } = await expectReading(reader, tenant.id, ['unknown', 'network', 1, 0], { budget: 150 });
    expect(reading).toMatchObject({ detail: expect.stringContaining('the time for this request was used up') });
  });
});

describe('a fault that passes', () => {
  it.each<[keyof typeof exchangeFaults, number]>([
    ['throttledWithoutHint', 1000],
    ['throttledForSeconds', 1000],
    ['throttledUntilDate', 1000],
    ['throttledUnreadably', 1000],
    ['internalError', 1000],
    ['htmlBadGateway', 1000],
    ['unavailableForSeconds', 1000],
  ])('%s is waited out for %i ms, and the next answer counts', async (fault, pause) => {
    const tenant = reader.freshTenant();
    tenant.setting = false;
    tenant.behave('exchange', exchangeFaults[fault], 'healthy');
    const before = reader.clock.now().getTime();
    const { reading } = await expectReading(reader, tenant.id, ['permissive', null, 2, 0]);
    // The moment of the deciding request is what the window of a drift is made of.
    expect(Date.parse(reading.askedAt) - before).toBe(pause);
  });

  it('pauses longer each time the service says nothing about how long', async () => {
    const tenant = reader.freshTenant();
    const before = reader.clock.now().getTime();
    tenant.behave('exchange', exchangeFaults.internalError);
    await expectReading(reader, tenant.id, ['unknown', 'service-error', 4, 0]);
    expect(reader.clock.now().getTime() - before).toBe(1000 + 2000 + 4000);
  });

  it('does not begin a pause that the budget would end', async () => {
    const tenant = reader.freshTenant();
    await reader.read(tenant.id);
    const before = reader.clock.now().getTime();
    tenant.behave('exchange', exchangeFaults.internalError);
    await expectReading(reader, tenant.id, ['unknown', 'service-error', 2, 0], { budget: 2500 });
    expect(reader.clock.now().getTime() - before).toBe(1000);
  });

  it('is not retried when it is a refusal or a fault of the network', async () => {
    for (const fault of ['unauthorised', 'roleMissing', 'cutBeforeHeaders', 'htmlSuccess'] as const) {
      const tenant = reader.freshTenant();
      tenant.behave('exchange', exchangeFaults[fault], 'healthy');
      await expectReading(reader, tenant.id, ['unknown', expect.any(String) as unknown as string, 1, 0]);
    }
  });
});

describe('an address that does not work', () => {
  it.each([
    ['tlsFailureUrl', /TLS|cut/],
    ['refusedUrl', /refused/],
  ] as const)('%s is a fault of the network', async (name, fault) => {
    const tenant = reader.freshTenant();
    const exchange = reader.simulator[name];
    const { reading } = await expectReading(reader, tenant.id, ['unknown', 'network', 0, 0], { exchange });
    expect(reading).toMatchObject({ detail: expect.stringMatching(fault) });
  });

  it('silentUrl is given up with the budget of the tenant', async () => {
    const tenant = reader.freshTenant();
    await reader.read(tenant.id);
    const options = { exchange: reader.simulator.silentUrl, budget: 150 };
    await expectReading(reader, tenant.id, ['unknown', 'network', 0, 0], options);
  });

  it('a certificate of an authority that nobody trusts is a fault of the network', async () => {
    const tenant = reader.freshTenant();
    // The certificate names this machine's address, not this name.
    const exchange = reader.simulator.exchangeUrl.replace('127.0.0.1', '127.0.0.2');
    await expectReading(reader, tenant.id, ['unknown', 'network', 0, 0], { exchange });
  });
});

it('a token that Exchange repeats in its error is not repeated by us', async () => {
  const tenant = reader.freshTenant();
  tenant.behave('exchange', ({ request }) => {
    const token = request.headers.authorization?.slice('Bearer '.length);
    return json(403, { error: { code: 'Forbidden', message: `the token ${token} is refused` } });
  });
  const { reading } = await expectReading(reader, tenant.id, ['unknown', 'role-missing', 1, 0]);
  expect(reading).toMatchObject({ detail: 'Exchange answered 403: the token [secret] is refused' });
});
