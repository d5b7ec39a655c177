import {
  healthyAfter,
  healthyCompressed,
  healthyInDrips,
  healthyThen,
} from '../../../simulator/behaviour/behaviour.ts';
import { wireFaults } from '../../../simulator/behaviour/wire-faults.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { type Caller, createCaller, IMPATIENT, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let impatient: Caller;

beforeEach(async () => {
  simulator = await startSimulator();
  caller = createCaller(simulator);
  impatient = createCaller(simulator, IMPATIENT);
  simulator.tenant(TENANT);
});

afterEach(async () => {
  await Promise.all([caller.close(), impatient.close()]);
  await simulator.stop();
});

const discovery = (client = caller) =>
  client.call(`${simulator.authorityUrl}/${TENANT}/v2.0/.well-known/openid-configuration`);

const OUTCOMES: Record<keyof typeof wireFaults, string> = {
  hangBeforeHeaders: 'UND_ERR_HEADERS_TIMEOUT after 0',
  hangInBody: 'UND_ERR_BODY_TIMEOUT after 200',
  cutBeforeHeaders: 'UND_ERR_SOCKET after 0',
  cutAfterHeaders: 'UND_ERR_SOCKET after 200',
  cutInBody: 'UND_ERR_SOCKET after 200',
  endlessBody: 'tested apart',
  htmlBadGateway: '502 text/html <!DOCTYPE html><html>',
  htmlGatewayTimeout: '504 text/html <!DOCTYPE html><html>',
  htmlSuccess: '200 text/html <!DOCTYPE html><html>',
  emptySuccess: '200 undefined ',
  noContent: '204 undefined ',
  brokenJson: '200 application/json; charset=utf-8 {"value":[{"RejectDir',
};

describe('faults of the wire', () => {
  it.each(Object.entries(OUTCOMES).filter(([name]) => name !== 'endlessBody'))('%s: %s', async (name, outcome) => {
    simulator.behave('discovery', wireFaults[name as keyof typeof wireFaults]);
    const { status, headers, text, failure } = await discovery(outcome.includes('TIMEOUT') ? impatient : caller);
    const said = `${status} ${headers['content-type']} ${text.slice(0, 21)}`;
    expect(failure === null ? said : `${failure} after ${status}`).toBe(outcome);
  });

  it('endlessBody: goes on until the client leaves', async () => {
    simulator.behave('discovery', wireFaults.endlessBody, 'healthy');
    const limited = createCaller(simulator, { maxResponseSize: 5_000_000 });
    const url = `${simulator.authorityUrl}/${TENANT}/v2.0/.well-known/openid-configuration`;
    expect((await limited.call(url)).failure).toBe('UND_ERR_RES_EXCEEDED_MAX_SIZE');
    expect((await limited.call(url)).status).toBe(200);
    await limited.close();
  });
});

describe('a healthy answer', () => {
  it('comes compressed, in drips or late, and whole', async () => {
    const plain = (await discovery()).text;
    simulator.behave('discovery', healthyInDrips(0), healthyAfter(1), healthyCompressed);
    expect((await discovery()).text).toBe(plain);
    expect((await discovery()).text).toBe(plain);
    const compressed = await discovery();
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(Number(compressed.headers['content-length'])).toBeLessThan(plain.length);
  });

  it('can be lost after the work was done', async () => {
    const flow = simulator.flow('ops');
    flow.behave(healthyThen({ kind: 'cut', when: 'before-headers' }));
    const body = JSON.stringify({ attachments: [{ contentUrl: null, content: { type: 'AdaptiveCard' } }] });
    const heard = await caller.call(flow.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(heard.failure).toBe('UND_ERR_SOCKET');
    expect(flow.posted).toHaveLength(1);
  });

  it('does not trouble the simulator when the client has left meanwhile', async () => {
    simulator.behave('discovery', healthyAfter(20), 'healthy');
    const leaving = createCaller(simulator);
    const abandoned = leaving.call(`${simulator.authorityUrl}/${TENANT}/v2.0/.well-known/openid-configuration`);
    while (simulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await leaving.close();
    expect((await abandoned).failure).toBe('UND_ERR_DESTROYED');
    simulator.behave('discovery', healthyAfter(40));
    expect((await discovery()).status).toBe(200);
  });
});

describe('addresses that fail below HTTP', () => {
  it('refuse the TLS handshake', async () => {
    expect((await caller.call(simulator.tlsFailureUrl)).failure).toMatch(/^ERR_SSL_.*HANDSHAKE_FAILURE$/);
  });

  it('accept and stay silent', async () => {
    const hurried = createCaller(simulator, { connect: { ca: simulator.certificateAuthority, timeout: 150 } });
    expect((await hurried.call(simulator.silentUrl)).failure).toBe('UND_ERR_CONNECT_TIMEOUT');
    await hurried.close();
  });

  it('refuse the connection', async () => {
    expect((await caller.call(simulator.refusedUrl)).failure).toBe('ECONNREFUSED');
  });
});
