import { redirectTo } from '../../../simulator/behaviour/wire-faults.ts';
import { redirectBehaviours, redirectToHost } from '../../../simulator/exchange/redirect-behaviours.ts';
import { empty } from '../../../simulator/wire/reply.ts';
import { type Expected, expectReading, openReader, type Reader } from '../../support/open-reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(() => reader.close());

const REFUSED = 'redirect-refused';

describe('redirects of InvokeCommand', () => {
  const rows: Record<keyof typeof redirectBehaviours, Expected> = {
    once: ['permissive', null, 2, 0],
    eightHops: ['permissive', null, 9, 0],
    nineHops: ['unknown', REFUSED, 9, 0],
    loop: ['unknown', REFUSED, 1, 0],
    circle: ['unknown', REFUSED, 3, 0],
    withoutLocation: ['unknown', REFUSED, 1, 0],
    emptyLocation: ['unknown', REFUSED, 1, 0],
    unreadableLocation: ['unknown', REFUSED, 1, 0],
    toHttp: ['unknown', REFUSED, 1, 0],
    toPort446: ['unknown', REFUSED, 1, 0],
    relative: ['permissive', null, 2, 0],
  };
  it.each(Object.entries(rows))('%s', async (name, expected) => {
    const tenant = reader.freshTenant();
    tenant.setting = false;
    tenant.behave('exchange', redirectBehaviours[name as keyof typeof redirectBehaviours]);
    await expectReading(reader, tenant.id, expected);
    // The bearer and the body went along each time: the simulator refuses a POST without them.
    expect(tenant.requests.filter(({ wrong }) => wrong !== null)).toEqual([]);
  });

  it('never take the token to a host that is not of the service', async () => {
    const { simulator } = reader;
    const strangers = [simulator.strangerUrl, simulator.strangerHttpUrl, 'https://outlook.com.evil.example'];
    for (const stranger of strangers) {
      const tenant = reader.freshTenant();
      tenant.setting = false;
      tenant.behave('exchange', redirectToHost(stranger));
      const { reading } = await expectReading(reader, tenant.id, ['unknown', REFUSED, 1, 0]);
      // The address is the redirecting server's text, so its path and query are not repeated.
      expect(JSON.stringify(reading)).not.toContain('InvokeCommand');
    }
    expect(simulator.requests.filter(({ surface }) => surface === 'stranger')).toEqual([]);
  });

  it('do not take the token to another port of the configured host', async () => {
    const { simulator } = reader;
    const tenant = reader.freshTenant();
    tenant.behave('exchange', redirectToHost(simulator.graphUrl));
    await expectReading(reader, tenant.id, ['unknown', REFUSED, 1, 0]);
    expect(simulator.requests.filter(({ surface }) => surface.startsWith('graph'))).toEqual([]);
  });

  it('with a user name in the address are refused', async () => {
    const tenant = reader.freshTenant();
    const { host } = new URL(reader.simulator.exchangeUrl);
    tenant.behave('exchange', redirectTo(`https://user:word@${host}/elsewhere`));
    await expectReading(reader, tenant.id, ['unknown', REFUSED, 1, 0]);
  });

  it('carry the cookies that the first server set', async () => {
    const tenant = reader.freshTenant();
    const to = `${reader.simulator.exchangeUrl}/hop/1/adminapi/beta/${tenant.id}/InvokeCommand?$select=RejectDirectSend`;
    tenant.behave('exchange', empty(302, { location: to, 'set-cookie': 'routing=1; path=/; secure' }), 'healthy');
    await expectReading(reader, tenant.id, ['enforced', null, 2, 0]);
    const cookies = tenant.requests
      .filter(({ surface }) => surface.startsWith('exchange'))
      .map((one) => one.headers.cookie);
    expect(cookies).toEqual([undefined, '***']);
  });
});
