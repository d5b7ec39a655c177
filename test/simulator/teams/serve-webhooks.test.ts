import { createHmac } from 'node:crypto';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { Webhook } from '../../../simulator/teams/serve-webhooks.ts';
import { teamsBehaviours } from '../../../simulator/teams/teams-behaviours.ts';
import { type Caller, type CallOptions, createCaller } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let webhook: Webhook;

beforeEach(async () => {
  simulator = await startSimulator({ clock: () => new Date('2026-11-20T09:14:05Z') });
  caller = createCaller(simulator);
  webhook = simulator.webhook('siem');
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

const EVENT = JSON.stringify({ specversion: '1.0', id: 'a1', source: 'urn:x', type: 'x.drifted.v1' });

function sign(secret: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`a1.1795166045.${EVENT}`).digest('base64')}`;
}

function deliver(signature: string, options: CallOptions = {}) {
  const headers = {
    'content-type': 'application/cloudevents+json',
    'webhook-id': 'a1',
    'webhook-timestamp': '1795166045',
    'webhook-signature': signature,
  };
  return caller.call(webhook.url, { method: 'POST', headers, body: EVENT, ...options });
}

describe('a generic webhook', () => {
  it('keeps headers and body of what was signed with its secret', async () => {
    expect(Buffer.from(webhook.secrets[0]!.slice(6), 'base64').toString()).toContain(simulator.marker);
    expect((await deliver(sign(webhook.secrets[0]!))).status).toBe(204);
    expect(webhook.deliveries).toEqual([
      {
        at: '2026-11-20T09:14:05.000Z',
        headers: expect.objectContaining({ 'webhook-id': 'a1', 'content-type': 'application/cloudevents+json' }),
        body: EVENT,
      },
    ]);
  });

  it('takes one of several signatures by one of several secrets', async () => {
    const next = `whsec_${Buffer.from('n'.repeat(32)).toString('base64')}`;
    webhook.secrets.push(next);
    expect((await deliver(`v1,bm8= ${sign(next)}`)).status).toBe(204);
  });

  it('refuses what is unsigned, signed by others or changed on the way', async () => {
    const signed = sign(webhook.secrets[0]!);
    expect((await deliver('')).status).toBe(401);
    expect((await deliver(sign(`whsec_${Buffer.from('x'.repeat(24)).toString('base64')}`))).status).toBe(401);
    expect((await deliver(signed, { body: `${EVENT} ` })).status).toBe(401);
    expect((await deliver(signed, { headers: { 'webhook-signature': signed } })).status).toBe(400);
    expect((await deliver(signed, { method: 'PUT' })).status).toBe(400);
    expect(webhook.deliveries).toEqual([]);
  });

  it('takes everything when it has no secret', async () => {
    webhook.secrets = [];
    expect((await deliver('')).status).toBe(204);
  });

  it('has the switches of a flow', async () => {
    const signed = sign(webhook.secrets[0]!);
    webhook.behave(teamsBehaviours.gone, teamsBehaviours.postedThenCut, 'healthy');
    expect((await deliver(signed)).status).toBe(410);
    expect((await deliver(signed)).failure).toBe('UND_ERR_SOCKET');
    expect(webhook.deliveries).toHaveLength(1);
    expect((await deliver(signed)).status).toBe(204);
  });

  it('exists once it was asked for', async () => {
    const heard = await caller.call(webhook.url.replace('siem', 'nobody'), { method: 'POST', body: '{}' });
    expect(heard.status).toBe(404);
  });
});
