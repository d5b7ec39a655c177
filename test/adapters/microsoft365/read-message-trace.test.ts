import { DAY, HOUR, later } from '../../../shared/core/time.ts';
import type { Behaviour } from '../../../simulator/behaviour/behaviour.ts';
import { graphFaults } from '../../../simulator/graph/graph-behaviours.ts';
import { composeMail } from '../../../simulator/tenant/mail-row.ts';
import type { TraceRow } from '../../../simulator/tenant/tenant-records.ts';
import { json } from '../../../simulator/wire/reply.ts';
import { OWN, openTraffic, rewritten, SCANNER, type Traffic } from './traffic/open-traffic.ts';

let traffic: Traffic;

beforeAll(async () => {
  traffic = await openTraffic();
});
afterAll(() => traffic.close());
beforeEach(() => {
  traffic.renew();
  // Only the trace is left.
  for (const cmdlet of ['Get-SpoofMailReport', 'Get-SpoofIntelligenceInsight'])
    traffic.tenant.deniedCmdlets.add(cmdlet);
});

const NOW = '2026-11-20T08:00:00.000Z';
const read = () => traffic.read({}, { tryHunting: false });
const traced = () => traffic.tenant.requests.filter(({ surface }) => surface === 'graph/messageTrace');
const sumOf = (days: readonly { messages: number }[]) => days.reduce((sum, { messages }) => sum + messages, 0);

/** Rows of one message each, spread over the given days back from now. */
function traceOf(rows: number, days: number): TraceRow[] {
  return Array.from({ length: rows }, (_, at) => ({
    id: `m${at}`,
    senderAddress: `scanner@${OWN}`,
    recipientAddress: `amy@${OWN}`,
    messageId: `<m${at}@${OWN}>`,
    receivedDateTime: later(NOW, -((at % days) + 0.5) * DAY).replace('.000', ''),
    subject: 'Scan',
    size: 1,
    fromIP: SCANNER,
    toIP: '',
    status: 'delivered',
  }));
}

test('every page of every day is read, and each message counts once', async () => {
  traffic.tenant.messageTrace = traceOf(10_200, 2);
  const plan = { tryHunting: false, from: '2026-11-18T00:00:00.000Z' };
  const { days, from, detail } = await traffic.read({}, plan);
  expect(sumOf(days)).toBe(10_200);
  expect({ from, detail }).toEqual({ from: plan.from, detail: expect.not.stringMatching(/left out/) });
  // Three days, two of them on two pages, and the details of one message.
  expect(traced()).toHaveLength(6);
});

test('only mail in the own name from a public address to own people is listed; a message to many counts once', async () => {
  const [row] = traceOf(1, 1) as [TraceRow];
  traffic.tenant.messageTrace = [
    row,
    { ...row, recipientAddress: `ben@${OWN}`, status: 'failed' },
    { ...row, id: 'inside', fromIP: '' },
    { ...row, id: 'private', fromIP: '10.0.0.7' },
    { ...row, id: 'stranger', senderAddress: 'news@other.example' },
    { ...row, id: 'outbound', recipientAddress: 'b@other.example' },
    { ...row, id: 'six', fromIP: '2001:db8::7', senderAddress: `Scanner@${OWN.toUpperCase()}` },
  ];
  const { days } = await read();
  expect(days.map(({ source, messages, delivery }) => ({ source, messages, delivered: delivery?.delivered }))).toEqual(
    expect.arrayContaining([
      { source: SCANNER, messages: 1, delivered: 1 },
      { source: '2001:db8::/64', messages: 1, delivered: 1 },
    ]),
  );
  expect(days).toHaveLength(2);
});

describe('mail through a connector is no Direct Send', () => {
  const sendersOf = async () => (await read()).days.flatMap(({ senders }) => senders.samples);
  const mailOf = (sender: string, messages: number, connector: string) =>
    Array.from({ length: messages }, (_, at) => {
      const address = { from: `${sender}@${OWN}`, to: `amy@${OWN}`, ip: SCANNER };
      return composeMail({ at: new Date(Date.parse(NOW) - at * HOUR), ...address }, { Connectors: connector });
    });

  test('a source is left out when every sender that was looked at comes through one', async () => {
    traffic.tenant.mail = [...mailOf('scanner', 3, 'Printers'), ...mailOf('erp', 5, 'On-premises')];
    expect(await sendersOf()).toEqual([]);
  });

  test('an address that sends both ways is listed with what comes without', async () => {
    traffic.tenant.mail = [...mailOf('erp', 9, 'On-premises'), ...mailOf('scanner', 4, ''), ...mailOf('ups', 2, '')];
    expect(new Set(await sendersOf())).toEqual(new Set([`scanner@${OWN}`, `ups@${OWN}`]));
  });

  test('an address whose main sender comes without is not looked at any further', async () => {
    traffic.tenant.mail = [...mailOf('scanner', 9, ''), ...mailOf('erp', 2, 'On-premises')];
    expect(new Set(await sendersOf())).toEqual(new Set([`scanner@${OWN}`, `erp@${OWN}`]));
    expect(traced().filter(({ path }) => path.includes('getDetailsByRecipient'))).toHaveLength(1);
  });

  test('the details of at most three messages of each of fifteen sources are asked for', async () => {
    traffic.tenant.mail = Array.from({ length: 20 }, (_, source) =>
      Array.from({ length: 5 }, (_, sender) => {
        const address = { from: `s${sender}@${OWN}`, to: `amy@${OWN}`, ip: `203.0.113.${source + 10}` };
        return composeMail({ at: new Date(Date.parse(NOW) - HOUR), ...address }, { Connectors: 'On-premises' });
      }),
    ).flat();
    await read();
    expect(traced().filter(({ path }) => path.includes('getDetailsByRecipient'))).toHaveLength(45);
    expect(traced().length).toBeLessThanOrEqual(90);
  });
});

describe('what the quota leaves out are whole old days, and that is said', () => {
  /** Pages without end for every day before a moment. */
  const endlessBefore =
    (moment: string): Behaviour =>
    ({ request }) => {
      const filter = request.query.get('$filter') ?? '';
      const start = /ge (\S+)/.exec(filter)?.[1] ?? '';
      if (start >= moment) return 'healthy';
      const next = `${request.origin}${request.path}${request.search}`;
      return json(200, { value: [], '@odata.nextLink': next });
    };

  test('newest days first, and never more calls than allowed', async () => {
    traffic.tenant.behave('graph/messageTrace', endlessBefore('2026-11-18T00:00:00Z'));
    const { coverage, days, from, detail } = await read();
    expect({ coverage, from }).toEqual({ coverage: 'partial', from: '2026-11-18T00:00:00.000Z' });
    expect(days.map(({ day }) => day)).toEqual(expect.arrayContaining(['2026-11-19', '2026-11-18']));
    expect(days.every(({ day }) => day >= '2026-11-18')).toBe(true);
    expect(detail).toMatch(/message trace of 2026-11-17 and before was left out/);
    expect(traced().length).toBeLessThanOrEqual(90);
  });

  test('a day that never ends is no reading at all', async () => {
    traffic.tenant.behave('graph/messageTrace', endlessBefore('2027-01-01T00:00:00Z'));
    traffic.tenant.deniedCmdlets.add('Get-SpoofMailReport');
    expect(await read()).toMatchObject({ coverage: 'none', reason: 'permission-missing', from: null });
    expect(traced().length).toBeLessThanOrEqual(90);
  });

  test('a fault on the way keeps the days before it', async () => {
    traffic.tenant.behave('graph/messageTrace', 'healthy', 'healthy', 'healthy', graphFaults.throttledForLong);
    const { days, from, detail } = await read();
    expect(from).toBe('2026-11-18T00:00:00.000Z');
    expect(days.length).toBeGreaterThan(0);
    expect(detail).toMatch(/429/);
  });
});

test('a next page on another host is refused, and no token goes there', async () => {
  const { simulator } = traffic.microsoft;
  traffic.tenant.behave(
    'graph/messageTrace',
    rewritten((body) => ({ ...body, '@odata.nextLink': `${simulator.strangerUrl}/v1.0/next` })),
  );
  expect(await read()).toMatchObject({ coverage: 'none' });
  expect(simulator.requests.filter(({ surface }) => surface === 'stranger')).toEqual([]);
});

test.each([
  ['no list', json(200, {})],
  ['null', json(200, null)],
  ['a list that is none', json(200, { value: {} })],
])('an answer with %s is no empty trace', async (_, answer) => {
  traffic.tenant.behave('graph/messageTrace', answer);
  expect(await read()).toMatchObject({ coverage: 'none', from: null });
});

test.each(['fromIP', 'recipientAddress', 'receivedDateTime', 'senderAddress'])(
  'a trace without %s says nothing',
  async (property) => {
    const drop = rewritten((body) => ({
      ...body,
      value: (body.value as Record<string, unknown>[]).map((row) => ({ ...row, [property]: undefined })),
    }));
    traffic.tenant.deniedCmdlets.clear();
    traffic.tenant.behave('graph/messageTrace', drop);
    expect(await read()).toMatchObject({
      origin: 'spoof-report',
      detail: expect.stringContaining(`has no ${property}`),
    });
  },
);

test('without a status nobody knows what became of the mail', async () => {
  traffic.tenant.behave(
    'graph/messageTrace',
    rewritten((body) => ({
      ...body,
      value: (body.value as Record<string, unknown>[]).map(({ status, ...row }) => row),
    })),
  );
  const { days } = await read();
  expect(days.length).toBeGreaterThan(0);
  expect(days.map(({ delivery }) => delivery)).toEqual(days.map(() => null));
});
