import { json, raw } from '../../../../simulator/wire/reply.ts';
import { OWN, openTraffic, rewritten, SCANNER, type Traffic } from './open-traffic.ts';

type Rows = Record<string, unknown>[];

let traffic: Traffic;

beforeAll(async () => {
  traffic = await openTraffic();
});
afterAll(() => traffic.close());
beforeEach(() => {
  traffic.renew();
});

const mapRows = (key: string, change: (row: Record<string, unknown>) => unknown) =>
  rewritten((body) => ({ ...body, [key]: (body[key] as Rows).map(change) }));
const mapValues = (change: (value: unknown) => unknown) => (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value)]));

describe('a hunting answer in another form says the same', () => {
  const isMoment = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
  test.each([
    [
      'whole numbers as text',
      mapRows(
        'results',
        mapValues((value) => (typeof value === 'number' ? String(value) : value)),
      ),
    ],
    [
      'lists as JSON text',
      mapRows(
        'results',
        mapValues((value) => (Array.isArray(value) ? JSON.stringify(value) : value)),
      ),
    ],
    [
      'moments of seven decimals without a zone',
      mapRows(
        'results',
        mapValues((value) => (isMoment(value) ? String(value).replace(/(?:\.\d+)?Z$/, '.0000000') : value)),
      ),
    ],
    ['columns that nobody asked for', mapRows('results', (row) => ({ ...row, $table: 'PrimaryResult' }))],
    ['no schema', rewritten(({ results }) => ({ results }))],
    [
      'capital property names',
      rewritten(({ schema, results }) => ({
        Schema: (schema as Rows).map(({ name, type }) => ({ Name: name, Type: type })),
        Results: results,
      })),
    ],
  ])('%s', async (_, form) => {
    const usual = await traffic.read();
    traffic.tenant.behave('graph/hunting', form);
    expect(await traffic.read()).toEqual(usual);
    expect(usual).toMatchObject({ coverage: 'full', origin: 'hunting', days: expect.any(Array) });
    expect(usual.days).toHaveLength(5);
  });

  test('no rows are no mail, once the query was answered', async () => {
    traffic.tenant.behave('graph/hunting', json(200, { schema: [], results: [] }));
    expect(await traffic.read()).toMatchObject({ coverage: 'full', origin: 'hunting', days: [] });
  });

  test.each([
    ['nothing', json(200, {})],
    ['null', raw(200, 'null')],
    ['results that are no list', json(200, { results: 'none' })],
    ['broken JSON', raw(200, '{"results":[')],
    ['an HTML page', { ...raw(200, '<html>'), headers: { 'content-type': 'text/html' } }],
  ])('an answer with %s is no answer: the next rung is asked', async (_, answer) => {
    traffic.tenant.behave('graph/hunting', answer);
    expect(await traffic.read()).toMatchObject({
      coverage: 'partial',
      origin: 'spoof-report',
      reason: 'service-error',
    });
  });
});

describe('tables and columns that are missing one by one', () => {
  const missing =
    (kind: 'table or column' | 'scalar', name: string, query: RegExp) =>
    ({ request }: { request: { body: string } }) =>
      query.test(request.body)
        ? json(400, {
            error: {
              code: 'BadRequest',
              message: `Failed to resolve ${kind} expression named '${name}'. Fix semantic errors in your query.`,
            },
          })
        : 'healthy';
  test.each([
    ['EmailUrlInfo', 'payload-by-day', 'payload'],
    ['EmailAttachmentInfo', 'payload-by-day', 'payload'],
    ['EmailPostDeliveryEvents', 'after-delivery-by-day', 'afterDelivery'],
    ['LastEventExecutionTime', 'returned-by-day', 'returned'],
  ] as const)('without %s what it tells is unknown, and nothing else', async (table, query, group) => {
    const usual = await traffic.read();
    traffic.tenant.behave('graph/hunting', missing('table or column', table, new RegExp(query)) as never);
    const reading = await traffic.read();
    expect(reading).toEqual({ ...usual, days: usual.days.map((day) => ({ ...day, [group]: null })) });
    expect(usual.days[0]?.[group]).not.toBeNull();
  });

  test('without EmailEvents there is no licence', async () => {
    traffic.tenant.behave('graph/hunting', missing('table or column', 'EmailEvents', /./) as never);
    expect(await traffic.read()).toMatchObject({ coverage: 'partial', reason: 'licence-missing' });
  });

  test.each(['table or column', 'scalar'] as const)(
    'a column of it that is missing (%s) is a fault, not a licence',
    async (kind) => {
      traffic.tenant.behave('graph/hunting', missing(kind, 'OrgLevelPolicy', /./) as never);
      expect(await traffic.read()).toMatchObject({
        coverage: 'partial',
        reason: 'service-error',
        detail: expect.stringContaining('OrgLevelPolicy'),
      });
    },
  );

  test('without sign-in tables the users of a source are unknown', async () => {
    const { own } = await traffic.read();
    traffic.tenant.behave('graph/hunting', missing('table or column', 'SigninLogs', /sign-ins/) as never);
    const plan = { from: '', huntFrom: '', keepFrom: '2026-10-21T00:00:00.000Z', to: '2026-11-20T08:00:00.000Z' };
    const sources = [{ key: SCANNER, addresses: [SCANNER], messages: 5, senders: { envelopeDomains: [OWN] } }] as never;
    const found = await traffic.reader.lookUp(
      traffic.checked,
      own!,
      sources,
      { ...plan, tryHunting: true, askNeighbours: true },
      { signal: new AbortController().signal, hunting: true },
    );
    expect(found.networks.get(SCANNER)).toMatchObject({
      signIns: null,
      neighbours: { messages: 0, domains: 0, days: 0 },
    });
  });
});
