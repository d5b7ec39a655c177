import { redirectBehaviours, redirectToHost } from '../../../simulator/exchange/redirect-behaviours.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { anchorOf, type Caller, createCaller, TENANT } from '../call-simulator.ts';

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

/** Follows at most ten redirects and tells where they led. */
async function follow() {
  const headers = {
    authorization: `Bearer ${await caller.token(TENANT)}`,
    'content-type': 'application/json',
    'x-anchormailbox': anchorOf(TENANT),
  };
  const body = '{"CmdletInput":{"CmdletName":"Get-OrganizationConfig","Parameters":{}}}';
  const locations: string[] = [];
  let url = `${simulator.exchangeUrl}/adminapi/beta/${TENANT}/InvokeCommand?$select=RejectDirectSend`;
  for (;;) {
    const heard = await caller.call(url, { method: 'POST', headers, body });
    const { location } = heard.headers;
    if (heard.status !== 302 || typeof location !== 'string' || locations.length === 10) {
      return { status: heard.status, locations, text: heard.text };
    }
    locations.push(location.replace(simulator.exchangeUrl, 'exchange:'));
    const next = URL.canParse(location, url) ? new URL(location, url) : null;
    if (next?.origin !== simulator.exchangeUrl) return { status: heard.status, locations, text: heard.text };
    url = next.href;
  }
}

const path = (hop: number) => `/hop/${hop}/adminapi/beta/${TENANT}/InvokeCommand?$select=RejectDirectSend`;

describe('redirects', () => {
  it.each([
    ['once', 1],
    ['eightHops', 8],
    ['nineHops', 9],
  ] as const)('%s: on the same host, then the answer', async (name, hops) => {
    tenant.behave('exchange', redirectBehaviours[name]);
    const { status, locations, text } = await follow();
    expect([status, locations]).toEqual([200, Array.from({ length: hops }, (_, hop) => `exchange:${path(hop + 1)}`)]);
    expect(text).toContain('{"RejectDirectSend":true}');
    expect(tenant.requests.every(({ wrong }) => wrong === null)).toBe(true);
  });

  it('loop: the same address again and again', async () => {
    tenant.behave('exchange', redirectBehaviours.loop);
    const { locations } = await follow();
    expect(new Set(locations).size).toBe(1);
    expect(locations).toHaveLength(10);
  });

  it('circle: two addresses in turn', async () => {
    tenant.behave('exchange', redirectBehaviours.circle);
    expect((await follow()).locations.slice(0, 4)).toEqual([1, 2, 1, 2].map((hop) => `exchange:${path(hop)}`));
  });

  it.each(['withoutLocation', 'emptyLocation'] as const)('%s: nowhere', async (name) => {
    tenant.behave('exchange', redirectBehaviours[name]);
    const { status, locations } = await follow();
    expect([status, locations.join('')]).toEqual([302, '']);
  });

  it.each(['unreadableLocation', 'toHttp', 'toPort446', 'relative'] as const)('%s', async (name) => {
    tenant.behave('exchange', redirectBehaviours[name]);
    const expected = {
      unreadableLocation: 'https://',
      toHttp: `http:${simulator.exchangeUrl.slice('https:'.length)}${path(1)}`,
      toPort446: `https://127.0.0.1:446${path(1)}`,
      relative: path(1),
    };
    const { status, locations } = await follow();
    expect([status, locations]).toEqual([name === 'relative' ? 200 : 302, [expected[name]]]);
  });

  it('to a strange host, with the same path', async () => {
    tenant.behave('exchange', redirectToHost(simulator.strangerUrl));
    expect((await follow()).locations).toEqual([`${simulator.strangerUrl}${path(0).slice('/hop/0'.length)}`]);
  });
});
