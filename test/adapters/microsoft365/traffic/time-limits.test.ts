import { planReading } from '../../../../shared/core/traffic/plan-reading.ts';
import type { SourceEvidence } from '../../../../shared/core/traffic/source-evidence.ts';
import type { Behaviour } from '../../../../simulator/behaviour/behaviour.ts';
import { OWN, openTraffic, SCANNER, type Traffic } from './open-traffic.ts';

let traffic: Traffic;

beforeAll(async () => {
  traffic = await openTraffic();
});
afterAll(() => traffic.close());
beforeEach(async () => {
  traffic.renew();
  // Signed in before: a sign-in that is cut off goes on in its library for seconds.
  await traffic.read();
});

/** Silence of the matching requests, at the first of which the time is over: no test waits for a clock. */
function silentUntilTimeIsOver(matching = /./) {
  const controller = new AbortController();
  const behaviour: Behaviour = ({ request }) => {
    if (!matching.test(`${request.path}${request.body}`)) return 'healthy';
    controller.abort();
    return { kind: 'hang', when: 'before-headers' };
  };
  const domains = { before: null, registered: [OWN] };
  return { behaviour, read: () => traffic.read({ domains, signal: controller.signal }) };
}

test.each([
  ['Graph', 'graph'],
  ['Exchange', 'exchange'],
] as const)('a reading ends when its time is over although %s is silent', async (_, surface) => {
  const { behaviour, read } = silentUntilTimeIsOver();
  traffic.tenant.behave(surface, behaviour);
  expect(await read()).toMatchObject({ coverage: 'none', reason: 'network', from: null });
});

test('joined tables that are too slow are unknown; the mail itself is known', async () => {
  const { behaviour, read } = silentUntilTimeIsOver(/payload-by-day/);
  traffic.tenant.behave('graph/hunting', behaviour);
  const { coverage, days } = await read();
  expect(coverage).toBe('full');
  expect(days[0]).toMatchObject({ source: SCANNER, payload: null, afterDelivery: null, returned: null });
});

test('when the time is over sources are unknown, not strange', async () => {
  const { own } = await traffic.read();
  const sources = [{ key: SCANNER, addresses: [SCANNER], messages: 5, senders: { envelopeDomains: [OWN] } }];
  const plan = planReading(null, traffic.microsoft.clock.instant());
  const options = { signal: AbortSignal.abort(), hunting: true };
  const evidence = sources as unknown as SourceEvidence[];
  const found = await traffic.reader.lookUp(traffic.checked, own!, evidence, plan, options);
  expect({ mailExchangers: found.mailExchangers, asked: found.asked }).toEqual({ mailExchangers: null, asked: false });
  expect(found.networks.get(SCANNER)).toEqual({ spf: null, pointer: null, neighbours: null, signIns: null });
});
