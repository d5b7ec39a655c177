import { exchangeFaults } from '../../../simulator/exchange/exchange-behaviours.ts';
import { aadsts } from '../../../simulator/sign-in/sign-in-behaviours.ts';
import { expectReading, openReader, type Reader } from '../../support/open-reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(() => reader.close());

const unlimited = new AbortController().signal;

describe('the token cache', () => {
  it('asks sign-in once for each tenant and resource', async () => {
    const [one, other] = [reader.freshTenant(), reader.freshTenant()];
    expect((await reader.read(one.id)).signIn).toBe(1);
    expect((await reader.read(one.id)).signIn).toBe(0);
    expect((await reader.read(other.id)).signIn).toBe(1);
    const before = reader.simulator.requests.length;
    for (let time = 0; time < 2; time += 1) {
      const token = await reader.signIn.token({ id: one.id, cloud: 'global' }, 'graph', unlimited);
      expect(token.ok).toBe(true);
    }
    const arrived = reader.simulator.requests.slice(before);
    expect(arrived.map(({ surface }) => surface)).toEqual(['signIn']);
    expect(arrived[0]?.body).toContain(encodeURIComponent('https://graph.microsoft.com/.default'));
  });

  it('asks again after a failure, which the library would keep', async () => {
    const tenant = reader.freshTenant();
    tenant.behave('signIn', aadsts(7000229), 'healthy');
    await expectReading(reader, tenant.id, ['unknown', 'consent-missing', 0, 0]);
    await expectReading(reader, tenant.id, ['enforced', null, 1, 0]);
  });

  it('asks again after Exchange missed a role: the role that was just given is only in a new token', async () => {
    const tenant = reader.freshTenant();
    tenant.behave('exchange', exchangeFaults.roleMissing, 'healthy');
    await expectReading(reader, tenant.id, ['unknown', 'role-missing', 1, 0]);
    expect((await expectReading(reader, tenant.id, ['enforced', null, 1, 0])).signIn).toBe(1);
  });

  it('keeps the token when the fault is not about roles', async () => {
    const tenant = reader.freshTenant();
    tenant.behave('exchange', exchangeFaults.brokenJson, 'healthy');
    await expectReading(reader, tenant.id, ['unknown', 'service-error', 1, 0]);
    expect((await expectReading(reader, tenant.id, ['enforced', null, 1, 0])).signIn).toBe(0);
  });

  it('is bounded: of a fleet that is larger, those that came first stay', async () => {
    const first = reader.freshTenant();
    await reader.read(first.id);
    const others = Array.from({ length: 1000 }, () => reader.freshTenant());
    for (let at = 0; at < others.length; at += 50) {
      await Promise.all(others.slice(at, at + 50).map((tenant) => reader.read(tenant.id)));
    }
    expect((await reader.read(first.id)).signIn).toBe(0);
    expect((await reader.read(others.at(-1)!.id)).signIn).toBe(1);
  }, 60_000);
});

describe('a token without roles', () => {
  it('is a missing role, found before Exchange is asked', async () => {
    const tenant = reader.freshTenant();
    tenant.consent = 'roles-missing';
    const { reading } = await expectReading(reader, tenant.id, ['unknown', 'role-missing', 0, 0]);
    expect(reading).toMatchObject({ detail: expect.stringContaining('Exchange.ManageAsApp') });
    tenant.consent = 'granted';
    await expectReading(reader, tenant.id, ['enforced', null, 1, 0]);
  });

  it('for Graph says that it is about Graph', async () => {
    const tenant = reader.freshTenant();
    tenant.appRoles = new Set(['Exchange.ManageAsApp']);
    const got = await reader.signIn.token({ id: tenant.id, cloud: 'global' }, 'graph', unlimited);
    expect(got).toMatchObject({
      ok: false,
      finding: { reason: 'role-missing', detail: expect.stringContaining('Graph') },
    });
    await expectReading(reader, tenant.id, ['enforced', null, 1, 0]);
  });
});

describe('the state of a tenant', () => {
  it('without the app is missing consent', async () => {
    const tenant = reader.freshTenant();
    tenant.consent = 'app-absent';
    await expectReading(reader, tenant.id, ['unknown', 'consent-missing', 0, 0]);
  });

  it('without Exchange is without Exchange', async () => {
    const tenant = reader.freshTenant();
    tenant.exchangeLicence = false;
    await expectReading(reader, tenant.id, ['unknown', 'exchange-unavailable', 0, 0]);
  });

  it('without a role in Exchange is a missing role', async () => {
    const tenant = reader.freshTenant();
    tenant.exchangeRole = false;
    await expectReading(reader, tenant.id, ['unknown', 'role-missing', 1, 0]);
  });

  it('that does not exist is not found', async () => {
    await expectReading(reader, 'ffffffff-0000-4000-8000-000000000000', ['unknown', 'tenant-not-found', 0, 0]);
  });
});

it('a signal that has fired ends sign-in at once', async () => {
  const tenant = reader.freshTenant();
  const got = await reader.signIn.token({ id: tenant.id, cloud: 'global' }, 'exchange', AbortSignal.abort());
  expect(got).toMatchObject({ ok: false, finding: { reason: 'network' } });
});

it('a secret that the service repeats in its error is not repeated by us', async () => {
  const tenant = reader.freshTenant();
  const [secret = ''] = reader.simulator.app.secrets;
  tenant.behave('signIn', aadsts(7000215, { text: `Invalid client secret provided: ${secret}` }));
  const { reading } = await expectReading(reader, tenant.id, ['unknown', 'credential-rejected', 0, 0]);
  expect(secret).not.toBe('');
  expect(reading).toMatchObject({ detail: expect.stringContaining('Invalid client secret provided: [secret]') });
});
