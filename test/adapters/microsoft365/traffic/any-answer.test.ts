import fc from 'fast-check';
import type { HttpRequest } from '../../../../shared/adapters/http/send-request.ts';
import type { SignIn } from '../../../../shared/adapters/microsoft365/sign-in.ts';
import { openTrafficReader } from '../../../../shared/adapters/microsoft365/traffic/open-traffic-reader.ts';
import type { CheckedTenant } from '../../../../shared/core/schemas.ts';
import { planReading } from '../../../../shared/core/traffic/plan-reading.ts';

const NOW = '2026-11-20T08:00:00.000Z';
const EXCHANGE = 'https://exchange.example';
const GRAPH = 'https://graph.example';
const TENANT = { id: '3d1c0000-0000-4000-8000-000000000001', cloud: 'global' } as unknown as CheckedTenant;

const word = fc.constantFrom(
  'contoso.example',
  'amy@contoso.example',
  '203.0.113.9',
  '2001:db8::1',
  '2026-11-19T08:00:00Z',
  '/Date(1763539200000)/',
  'True',
  'direct-send',
  'Partner',
  '',
  '"; EmailEvents',
);
const value = fc.oneof(
  word,
  fc.nat(9),
  fc.boolean(),
  fc.constant(null),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(word, word),
);
const row = fc.dictionary(
  fc.constantFrom(
    ...['Day', 'Class', 'Source', 'Messages', 'FirstSeen', 'LastSeen', 'SenderPrints', 'Delivered', 'Hours'],
    ...['DomainName', 'Name', 'MatchSubDomains', 'Enabled', 'ConnectorType', 'SenderIPAddresses', 'SenderDomains'],
    ...['Date', 'Count', 'SpoofedUser', 'SenderIP', 'SpoofType', 'MessageCount', 'LastSeen', 'SPF'],
    ...['id', 'senderAddress', 'recipientAddress', 'receivedDateTime', 'fromIP', 'status', 'data'],
  ),
  value,
);
const list = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.oneof({ weight: 5, arbitrary: row }, value), { maxLength: 4 }) },
  value,
);
const body = fc.oneof(
  { weight: 6, arbitrary: fc.record({ value: list, results: list }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.json().map((text) => JSON.parse(text)) },
  { weight: 1, arbitrary: fc.constant('<html>') },
);
const status = fc.constantFrom(200, 200, 200, 200, 400, 401, 403, 404, 418);
const answers = fc.record({
  hunting: fc.tuple(status, body),
  trace: fc.tuple(status, body),
  domains: fc.tuple(status, body),
  connectors: fc.tuple(status, body),
  spoofs: fc.tuple(status, body),
});

type Answers = typeof answers extends fc.Arbitrary<infer T> ? T : never;

function choose(given: Answers, { url, body: sent = '' }: HttpRequest) {
  if (url.includes('runHuntingQuery')) return given.hunting;
  if (url.includes('messageTraces')) return given.trace;
  if (sent.includes('Get-AcceptedDomain')) return given.domains;
  return sent.includes('Get-InboundConnector') ? given.connectors : given.spoofs;
}

function read(given: Answers) {
  const reader = openTrafficReader({
    signIn: { token: async () => ({ ok: true, token: 'token' }) } as unknown as SignIn,
    endpoints: {
      authority: 'https://sign-in.example',
      exchange: EXCHANGE,
      graph: GRAPH,
      dnsServers: [],
      webhookHosts: [],
    },
    send: async (request) => {
      const [code, answer] = choose(given, request);
      return {
        kind: 'answer',
        status: code,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(answer),
      };
    },
    resolver: {} as never,
    now: () => new Date(NOW),
    wait: async () => {},
  });
  return reader.read(TENANT, planReading(null, NOW), {
    signal: new AbortController().signal,
    within: 60_000,
    domains: { before: null, registered: ['contoso.example'] },
    keepSamples: true,
    waitsForHunting: false,
    lastGap: null,
  });
}

const isList = (answer: unknown, key: string) => Array.isArray((answer as Record<string, unknown> | null)?.[key]);

test('whatever the services answer, a reading ends, and is called full only where hunting and domains were told', async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (given) => {
      const { coverage, reason, detail, origin, own, from } = await read(given);
      const [hunted, domains] = [given.hunting, given.domains];
      if (coverage === 'full') {
        expect([hunted[0], domains[0]]).toEqual([200, 200]);
        expect(isList(hunted[1], 'results')).toBe(true);
        expect({ reason, detail, origin }).toEqual({ reason: null, detail: null, origin: 'hunting' });
      } else {
        expect({ reason, detail }).toEqual({ reason: expect.any(String), detail: expect.any(String) });
      }
      expect(coverage === 'none').toBe(origin === null);
      expect(coverage === 'none').toBe(from === null);
      if (coverage !== 'none') expect(own?.exact.length).toBeGreaterThan(0);
    }),
    { seed: 7, numRuns: 400 },
  );
});
