import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { json } from '../../../simulator/wire/reply.ts';
import { type Caller, createCaller } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;

beforeEach(async () => {
  simulator = await startSimulator({ clock: () => new Date('2020-01-01T00:00:00Z') });
  caller = createCaller(simulator);
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

function ask(query: string, method: 'GET' | 'POST' = 'GET') {
  const headers = { 'x-identity-header': simulator.managedIdentityHeader };
  return caller.call(`${simulator.managedIdentityEndpoint}${query}`, { method, headers });
}

const clientId = () => `client_id=${simulator.managedIdentity.clientId}`;

describe('the identity endpoint of the host', () => {
  it('answers as App Service does, with a moment of the real clock', async () => {
    const realClock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-20T09:00:00Z'));
    const heard = await ask(`?api-version=2019-08-01&resource=https://vault.azure.net&${clientId()}`);
    realClock.mockRestore();
    expect(heard.json()).toMatchObject({
      resource: 'https://vault.azure.net',
      token_type: 'Bearer',
      expires_on: String(Date.parse('2026-11-20T10:00:00Z') / 1000),
    });
  });

  it.each<[string, string, 'GET' | 'POST']>([
    ['POST in place of GET', '?api-version=2019-08-01&resource=a', 'POST'],
    ['api-version is not 2019-08-01', '?api-version=2017-09-01&resource=a', 'GET'],
    ['no resource', '?api-version=2019-08-01', 'GET'],
  ])('refuses: %s', async (why, query, method) => {
    expect((await ask(query, method)).status).toBe(400);
    expect(simulator.requests[0]!.wrong).toBe(why);
  });

  it('refuses whoever does not know the secret header', async () => {
    const url = `${simulator.managedIdentityEndpoint}?api-version=2019-08-01&resource=a&${clientId()}`;
    for (const headers of [{}, { 'x-identity-header': 'wrong' }]) {
      expect((await caller.call(url, { headers })).status).toBe(403);
    }
    expect(simulator.requests.map(({ wrong }) => wrong)).toEqual([
      'X-IDENTITY-HEADER is missing or wrong',
      'X-IDENTITY-HEADER is missing or wrong',
    ]);
  });

  it('has no system-assigned identity', async () => {
    expect((await ask('?api-version=2019-08-01&resource=a')).status).toBe(400);
    expect(simulator.requests[0]!.wrong).toBeNull();
  });

  it('can be switched', async () => {
    simulator.behave('managedIdentity', json(500, { message: 'An internal error.' }), 'healthy');
    const query = `?api-version=2019-08-01&resource=a&${clientId()}`;
    expect((await ask(query)).status).toBe(500);
    expect((await ask(query)).status).toBe(200);
  });
});
