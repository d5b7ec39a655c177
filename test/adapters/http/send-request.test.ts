import { type HttpPool, type HttpRequest, openHttpPool } from '../../../shared/adapters/http/send-request.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { teamsBehaviours } from '../../../simulator/teams/teams-behaviours.ts';
import { empty, raw } from '../../../simulator/wire/reply.ts';
import { trustAuthority } from '../../support/trust-authority.ts';

let simulator: Simulator;
let pool: HttpPool;
let distrust: () => void;

beforeAll(async () => {
  simulator = await startSimulator();
  distrust = trustAuthority(simulator.certificateAuthority);
  pool = openHttpPool();
});

afterAll(async () => {
  distrust();
  await Promise.all([pool.close(), simulator.stop()]);
});

const limits = { answerWithin: 5000, largestBody: 1024 };

function post(name: string, change: Partial<HttpRequest> = {}): HttpRequest {
  const hook = simulator.webhook(name);
  hook.secrets = [];
  return { method: 'POST', url: hook.url, headers: { 'content-type': 'application/json' }, body: '{}', ...change };
}

describe('an answer', () => {
  it('comes back whole, whatever its status', async () => {
    simulator.webhook('whole').behave(raw(418, '{"a":"ä"}', { 'X-Two': 'b' }));
    expect(await pool.send(post('whole'), limits)).toMatchObject({
      kind: 'answer',
      status: 418,
      body: '{"a":"ä"}',
      headers: { 'x-two': 'b' },
    });
  });

  it('that redirects is not followed', async () => {
    simulator.webhook('moved').behave(empty(307, { location: simulator.strangerUrl }));
    expect(await pool.send(post('moved'), limits)).toMatchObject({ kind: 'answer', status: 307 });
    expect(simulator.requests.filter(({ surface }) => surface === 'stranger')).toEqual([]);
  });

  it('as large as allowed is read, one byte more is a failure', async () => {
    const send = (size: number) => {
      simulator.webhook('size').behave(raw(200, 'x'.repeat(size)));
      return pool.send(post('size'), limits);
    };
    expect(await send(1024)).toMatchObject({ kind: 'answer' });
    expect(await send(1025)).toMatchObject({ kind: 'failed', cause: 'too-large', mayHaveArrived: true });
  });

  it('that only drips ends with the time for everything together', async () => {
    simulator.webhook('drips').behave({ kind: 'drip', answer: raw(200, 'x'.repeat(900)), everyMs: 20 });
    const sent = await pool.send(post('drips'), { ...limits, answerWithin: 60_000, wholeWithin: 150 });
    expect(sent).toMatchObject({ kind: 'failed', cause: 'network', mayHaveArrived: true, status: 200 });
  });

  it('without end costs no more than the limit', async () => {
    simulator.webhook('endless').behave(teamsBehaviours.endlessBody);
    expect(await pool.send(post('endless'), limits)).toMatchObject({ kind: 'failed', cause: 'too-large' });
  });
});

describe('a failure says whether the request may have arrived', () => {
  it.each([
    ['cutBeforeHeaders', 'cut'],
    ['cutAfterHeaders', 'cut'],
    ['cutInBody', 'cut'],
  ] as const)('%s: it may', async (name, fault) => {
    simulator.webhook(name).behave(teamsBehaviours[name]);
    const outcome = await pool.send(post(name), limits);
    expect(outcome).toMatchObject({ kind: 'failed', cause: 'network', mayHaveArrived: true });
    expect(outcome).toMatchObject({ fault: expect.stringContaining(fault) });
  });

  it('names the status when only the body was at fault', async () => {
    for (const name of ['cutInBody', 'endlessBody'] as const) {
      simulator.webhook(name).behave(teamsBehaviours[name]);
      const outcome = await pool.send(post(name), limits);
      expect(outcome).toMatchObject({ kind: 'failed', status: expect.any(Number) });
    }
    simulator.webhook('early').behave(teamsBehaviours.cutBeforeHeaders);
    expect(await pool.send(post('early'), limits)).not.toHaveProperty('status');
  });

  it.each(['hangBeforeHeaders', 'hangInBody'] as const)('%s: it may', async (name) => {
    simulator.webhook(name).behave(teamsBehaviours[name]);
    const outcome = await pool.send(post(name), { ...limits, answerWithin: 100 });
    expect(outcome).toMatchObject({ kind: 'failed', cause: 'network', mayHaveArrived: true });
  });

  it.each(['tlsFailureUrl', 'refusedUrl'] as const)('%s: it cannot', async (name) => {
    const outcome = await pool.send(post('any', { url: `${simulator[name]}/secret-path` }), limits);
    expect(outcome).toMatchObject({ kind: 'failed', cause: 'network', mayHaveArrived: false });
  });

  it('names the host, and neither path nor query, which are secrets', async () => {
    const url = `${simulator.refusedUrl}/secret-path?sig=secret`;
    const outcome = await pool.send(post('any', { url }), limits);
    const { host } = new URL(url);
    expect(outcome).toMatchObject({ kind: 'failed', fault: `${host}: the connection was refused` });
  });

  it('a signal ends it at once, also while it connects', async () => {
    const silent = post('any', { url: simulator.silentUrl });
    const outcome = await pool.send(silent, { ...limits, signal: AbortSignal.timeout(50) });
    expect(outcome).toMatchObject({
      kind: 'failed',
      fault: expect.stringContaining('the time for this request was used up'),
    });
  });
});

it('closing the pool ends requests that hang', async () => {
  const closing = openHttpPool();
  simulator.webhook('hang').behave(teamsBehaviours.hangBeforeHeaders);
  const outcome = closing.send(post('hang'), limits);
  await closing.close();
  expect(await outcome).toMatchObject({ kind: 'failed', cause: 'network' });
});
