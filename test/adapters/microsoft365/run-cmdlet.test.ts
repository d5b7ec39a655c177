import { openHttpPool } from '../../../shared/adapters/http/send-request.ts';
import { runCmdlet } from '../../../shared/adapters/microsoft365/run-cmdlet.ts';
import type { Behaviour } from '../../../simulator/behaviour/behaviour.ts';
import { exchangeFaults } from '../../../simulator/exchange/exchange-behaviours.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { json, raw } from '../../../simulator/wire/reply.ts';
import { openReader, type Reader } from '../../support/open-reader.ts';

const CMDLET = 'Get-AcceptedDomain';

let microsoft: Reader;
let tenant: SimulatedTenant;
let pool: ReturnType<typeof openHttpPool>;

beforeAll(async () => {
  microsoft = await openReader();
  pool = openHttpPool();
});
afterAll(() => Promise.all([pool.close(), microsoft.close()]));
beforeEach(() => {
  tenant = microsoft.freshTenant();
});

function run() {
  const { clock, signIn, endpoints } = microsoft;
  const budget = { signal: new AbortController().signal, endsAt: clock.now().getTime() + 40_000 };
  const tools = { signIn, endpoints, send: pool.send, now: clock.now, wait: clock.wait };
  return runCmdlet({ id: tenant.id, cloud: 'global' }, CMDLET, {}, budget, tools);
}

const asked = () => tenant.requests.filter(({ surface }) => surface === `exchange/${CMDLET}`).length;

test('all pages are read', async () => {
  tenant.acceptedDomains = Array.from({ length: 2500 }, (_, at) => ({
    DomainName: `d${at}.example`,
    DomainType: 'Authoritative',
    Default: false,
    MatchSubDomains: false,
  }));
  const result = await run();
  expect(result).toMatchObject({ ok: true, truncated: false });
  expect(result.ok && result.rows.length).toBe(2500);
  expect(asked()).toBe(3);
});

test.each([
  ['a strange host', () => `${microsoft.simulator.strangerUrl}/adminapi/beta/x/InvokeCommand`],
  ['plain http', () => microsoft.simulator.exchangeUrl.replace('https:', 'http:')],
  ['no address at all', () => 'http://['],
])('a next page on %s is not asked for, and what is missing is said', async (_, next) => {
  tenant.behave(`exchange/${CMDLET}`, json(200, { value: [{ Name: 'a.example' }], '@odata.nextLink': next() }));
  expect(await run()).toEqual({ ok: true, rows: [{ Name: 'a.example' }], truncated: true });
  expect(microsoft.simulator.requests.filter(({ surface }) => surface === 'stranger')).toEqual([]);
});

test('pages without end are cut, and that is said', async () => {
  const endless: Behaviour = ({ request }) =>
    json(200, { value: [{}], '@odata.nextLink': `${request.origin}${request.path}?page=${Math.random()}` });
  tenant.behave(`exchange/${CMDLET}`, endless);
  expect(await run()).toMatchObject({ ok: true, truncated: true });
  expect(asked()).toBe(50);
});

test.each<[string, Behaviour, object]>([
  ['one object', json(200, { value: { Name: 'a' } }), { ok: true, rows: [{ Name: 'a' }] }],
  ['a bare list', json(200, [{ Name: 'a' }]), { ok: true, rows: [{ Name: 'a' }] }],
  ['a byte order mark', raw(200, '\uFEFF{"value":[]}'), { ok: true, rows: [] }],
  ['items that are no objects', json(200, { value: ['a', null, { Name: 'a' }] }), { ok: true, rows: [{ Name: 'a' }] }],
  ['warnings only', json(200, { value: null, '@adminapi.warnings': ['x'] }), { ok: false, gap: 'service-error' }],
  ['nothing', json(200, {}), { ok: false, gap: 'service-error' }],
  ['broken JSON', raw(200, '{"value":['), { ok: false, gap: 'service-error' }],
  [
    'an error within a 200',
    json(200, { error: { message: 'no' } }),
    { ok: false, gap: 'service-error', detail: expect.stringContaining('no') },
  ],
  [
    '400',
    exchangeFaults.badRequest,
    { ok: false, gap: 'service-error', detail: expect.stringContaining('The real text.') },
  ],
  ['404', exchangeFaults.notFound, { ok: false, gap: 'service-error' }],
  ['an empty 401', exchangeFaults.unauthorised, { ok: false, gap: 'permission-missing' }],
  ['an empty 403', exchangeFaults.forbiddenEmpty, { ok: false, gap: 'permission-missing' }],
  ['a missing role', exchangeFaults.roleMissing, { ok: false, gap: 'permission-missing' }],
  ['429', exchangeFaults.throttledWithoutHint, { ok: false, gap: 'quota' }],
  ['429 for a day', exchangeFaults.throttledAbsurdly, { ok: false, gap: 'quota' }],
  ['500', exchangeFaults.internalError, { ok: false, gap: 'service-error' }],
  ['a cut connection', { kind: 'cut', when: 'before-headers' }, { ok: false, gap: 'network' }],
])('%s', async (_, behaviour, expected) => {
  tenant.behave(`exchange/${CMDLET}`, behaviour);
  expect(await run()).toMatchObject(expected);
});

test.each([
  ['app-absent', 'permission-missing'],
  ['roles-missing', 'permission-missing'],
] as const)('sign-in: %s', async (consent, gap) => {
  tenant.consent = consent;
  expect(await run()).toMatchObject({ ok: false, gap });
});
