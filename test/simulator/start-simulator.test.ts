import { connect } from 'node:net';
import { wireFaults } from '../../simulator/behaviour/wire-faults.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { createCaller, TENANT } from './call-simulator.ts';

describe('a simulator', () => {
  it('starts and stops many times, several at once, on ports of its own', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [first, second] = await Promise.all([startSimulator(), startSimulator()]);
      expect(first.exchangeUrl).not.toBe(second.exchangeUrl);
      expect(first.marker).not.toBe(second.marker);
      await Promise.all([first.stop(), second.stop()]);
    }
  });

  it('stops while requests hang, connections are idle and handshakes are unfinished', async () => {
    const simulator = await startSimulator();
    const caller = createCaller(simulator);
    simulator.tenant(TENANT);
    simulator.behave('signIn', wireFaults.hangBeforeHeaders);
    const hanging = caller.token(TENANT);
    const failed = expect(hanging).rejects.toThrow('no token: 0');
    const unfinished = [simulator.exchangeUrl, simulator.silentUrl, simulator.dnsServer].map(async (address) => {
      const socket = connect(Number(address.split(':').at(-1)), '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      return new Promise((resolve) => socket.once('close', resolve).on('error', resolve));
    });
    await untilRecorded(simulator, 1);

    await simulator.stop();

    await failed;
    await Promise.all(unfinished);
    await caller.close();
  });

  it('leaves no socket or server behind', async () => {
    const before = countHandles();
    for (let round = 0; round < 3; round += 1) {
      const simulator = await startSimulator();
      const caller = createCaller(simulator);
      simulator.tenant(TENANT);
      await caller.token(TENANT);
      await caller.call(simulator.refusedUrl);
      await caller.close();
      await simulator.stop();
    }
    // Node lists a closed handle for some turns of the loop; one that stays lets the test time out.
    while (countHandles() > before) await new Promise((resolve) => setImmediate(resolve));
  });

  it('may be stopped twice', async () => {
    const simulator = await startSimulator();
    await Promise.all([simulator.stop(), simulator.stop()]);
    await simulator.stop();
  });

  it('refuses connections after it was stopped', async () => {
    const simulator = await startSimulator();
    const caller = createCaller(simulator);
    await simulator.stop();
    const urls = [simulator.authorityUrl, simulator.exchangeUrl, simulator.graphUrl, simulator.strangerHttpUrl];
    for (const url of urls) expect((await caller.call(url)).failure).toBe('ECONNREFUSED');
    await caller.close();
  });

  it('writes answers by the clock that it was given and waits before each one', async () => {
    const simulator = await startSimulator({ clock: () => new Date('2027-01-02T03:04:05Z'), latency: 1 });
    const caller = createCaller(simulator);
    simulator.tenant(TENANT);
    const token = await caller.token(TENANT);
    const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
    expect(new Date(claims.iat * 1000).toISOString()).toBe('2027-01-02T03:04:05.000Z');
    expect(simulator.requests.map(({ at, surface }) => [at, surface])).toEqual([
      ['2027-01-02T03:04:05.000Z', 'signIn'],
    ]);
    await caller.close();
    await simulator.stop();
  });

  it('keeps nothing of requests when it is told so', async () => {
    const simulator = await startSimulator({ record: false });
    const caller = createCaller(simulator);
    const tenant = simulator.tenant(TENANT);
    expect((await caller.invoke(TENANT, 'Get-OrganizationConfig')).status).toBe(200);
    expect(simulator.requests).toEqual([]);
    expect(tenant.requests).toEqual([]);
    await caller.close();
    await simulator.stop();
  });

  it('believes nobody who calls a strange host, and notes it', async () => {
    const simulator = await startSimulator();
    const caller = createCaller(simulator);
    for (const url of [simulator.strangerUrl, simulator.strangerHttpUrl]) {
      const heard = await caller.call(`${url}/adminapi/beta/x/InvokeCommand`, { method: 'POST', body: '{}' });
      expect(heard.json()).toEqual({ value: [{ RejectDirectSend: true }] });
    }
    expect(simulator.requests.map(({ surface, wrong }) => [surface, wrong])).toEqual([
      ['stranger', 'a request to a strange host: /adminapi/beta/x/InvokeCommand'],
      ['stranger', 'a request to a strange host: /adminapi/beta/x/InvokeCommand'],
    ]);
    await caller.close();
    await simulator.stop();
  });

  it('knows a tenant by its id in any case, and gives each request to its own tenant', async () => {
    const simulator = await startSimulator();
    const caller = createCaller(simulator);
    const upper = simulator.tenant(TENANT.toUpperCase());
    expect(simulator.tenant(TENANT)).toBe(upper);
    const other = simulator.tenant('3d1c0000-0000-4000-8000-000000000009');
    await caller.token(TENANT);
    expect(upper.requests).toHaveLength(1);
    expect(other.requests).toHaveLength(0);
    await caller.close();
    await simulator.stop();
  });
});

/** Resolves when the simulator has noted so many requests. */
async function untilRecorded(simulator: { readonly requests: readonly unknown[] }, count: number): Promise<void> {
  while (simulator.requests.length < count) await new Promise((resolve) => setImmediate(resolve));
}

function countHandles(): number {
  const kinds = ['TCPSocketWrap', 'TCPServerWrap', 'TLSWrap', 'UDPWrap'];
  return process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind)).length;
}
