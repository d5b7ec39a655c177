import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';
import { composeMail, type MailRow } from '../../../simulator/tenant/mail-row.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import type { TraceRow } from '../../../simulator/tenant/tenant-records.ts';
import { type Caller, createCaller, type Heard, TENANT } from '../call-simulator.ts';

let simulator: Simulator;
let caller: Caller;
let tenant: SimulatedTenant;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z');
  simulator = await startSimulator({ clock: () => now });
  caller = createCaller(simulator);
  tenant = simulator.tenant(TENANT);
});

afterEach(async () => {
  await caller.close();
  await simulator.stop();
});

const TRACES = '/v1.0/admin/exchange/tracing/messageTraces';
const PERIOD = 'receivedDateTime ge 2026-11-11T00:00:00Z and receivedDateTime le 2026-11-20T12:00:00Z';

const trace = (filter: string, more = '') =>
  caller.graph(TENANT, `${TRACES}?$filter=${encodeURIComponent(filter)}${more}`);
const rowsOf = (heard: Heard) => heard.json<{ value: TraceRow[] }>().value;

function mail(at: string, columns: Partial<MailRow> = {}): MailRow {
  const sent = { from: 'scan@contoso.example', to: 'amy@contoso.example', ip: '203.0.113.10' };
  return composeMail({ ...sent, at: new Date(at) }, columns);
}

describe('message trace', () => {
  it("follows from the tenant's mail, newest first, with the envelope's sender", async () => {
    tenant.mail = [
      mail('2026-11-18T08:00:00.500Z', { SenderMailFromAddress: 'bounce@list.example' }),
      mail('2026-11-19T08:00:00Z', { EmailDirection: 'Intra-org' }),
      mail('2026-11-19T09:00:00Z', { DeliveryAction: 'Junked', SenderIPv4: '', SenderIPv6: '2001:db8::7' }),
      mail('2026-11-19T10:00:00Z', { DeliveryAction: 'Blocked', DeliveryLocation: 'Quarantine' }),
      mail('2026-11-19T11:00:00Z', { DeliveryAction: 'Blocked', DeliveryLocation: 'Failed' }),
    ];
    const rows = rowsOf(await trace(PERIOD));
    expect(rows.map((row) => [row.receivedDateTime, row.senderAddress, row.fromIP, row.status])).toEqual([
      ['2026-11-19T11:00:00Z', 'scan@contoso.example', '203.0.113.10', 'failed'],
      ['2026-11-19T10:00:00Z', 'scan@contoso.example', '203.0.113.10', 'quarantined'],
      ['2026-11-19T09:00:00Z', 'scan@contoso.example', '2001:db8::7', 'filteredAsSpam'],
      ['2026-11-19T08:00:00Z', 'scan@contoso.example', '', 'delivered'],
      ['2026-11-18T08:00:00Z', 'bounce@list.example', '203.0.113.10', 'delivered'],
    ]);
    expect(Object.keys(rows[0]!)).not.toContain('direction');
  });

  it('can be set apart from the mail', async () => {
    tenant.mail = [mail('2026-11-19T08:00:00Z')];
    tenant.messageTrace = [];
    expect(rowsOf(await trace(PERIOD))).toEqual([]);
  });

  it('covers 48 hours when no period is named', async () => {
    tenant.mail = [mail('2026-11-18T11:00:00Z'), mail('2026-11-18T13:00:00Z')];
    expect(rowsOf(await caller.graph(TENANT, TRACES)).map((row) => row.receivedDateTime)).toEqual([
      '2026-11-18T13:00:00Z',
    ]);
  });

  it.each([
    ["fromIP eq '203.0.113.10'", 1],
    ["senderAddress eq 'SCAN@contoso.example'", 1],
    ["status eq 'failed'", 0],
    ["subject eq 'It''s and now' and status eq 'delivered'", 1],
    ["contains(subject, 's and n')", 1],
    ["startsWith(subject,'It')", 1],
    ["endsWith(subject,'It')", 0],
  ])('is filtered by %s', async (filter, count) => {
    tenant.mail = [mail('2026-11-19T08:00:00Z', { Subject: "It's and now" })];
    expect(rowsOf(await trace(`${PERIOD} and ${filter}`))).toHaveLength(count);
  });

  it('comes in pages to be followed to the end', async () => {
    tenant.mail = Array.from({ length: 25 }, (_, index) => mail(`2026-11-19T08:00:${String(index).padStart(2, '0')}Z`));
    const seen: string[] = [];
    let heard = await trace(PERIOD, '&$top=10');
    for (;;) {
      seen.push(...rowsOf(heard).map(({ id }) => id));
      const next = heard.json<{ '@odata.nextLink'?: string }>()['@odata.nextLink'];
      if (next === undefined) break;
      expect(next).toContain('skiptoken=');
      heard = await caller.graph(TENANT, next);
    }
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });

  it.each([
    [
      'receivedDateTime ge 2026-11-01T00:00:00Z and receivedDateTime le 2026-11-20T00:00:00Z',
      '',
      'the period is longer than 10 days',
    ],
    [
      'receivedDateTime ge 2026-08-01T00:00:00Z and receivedDateTime le 2026-08-02T00:00:00Z',
      '',
      'the period begins more than 90 days ago',
    ],
    ['receivedDateTime le 2026-11-20T12:00:01Z', '', 'the end of the period is in the future'],
    [
      'receivedDateTime ge 2026-11-20T00:00:00Z and receivedDateTime le 2026-11-19T00:00:00Z',
      '',
      'the period ends before it begins',
    ],
    [
      'receivedDateTime ge 2026-11-19T00:00:00.000Z',
      '',
      'the filter is not understood: receivedDateTime ge 2026-11-19T00:00:00.000Z',
    ],
    [
      "status eq 'failed' or status eq 'pending'",
      '',
      "the filter is not understood: status eq 'failed' or status eq 'pending'",
    ],
    [PERIOD, '&$top=5001', '$top must be between 1 and 5000'],
    [PERIOD, '&$top=0', '$top must be between 1 and 5000'],
    [PERIOD, '&$skiptoken=2', 'a $skiptoken that was not handed out'],
  ])('refuses %s %s', async (filter, more, why) => {
    expect((await trace(filter, more)).status).toBe(400);
    expect(tenant.requests.at(-1)!.wrong).toBe(why);
  });

  it('gives the details of one message, with the connector that matched', async () => {
    tenant.mail = [mail('2026-11-19T08:00:00Z', { Connectors: 'Gateway' }), mail('2026-11-19T09:00:00Z')];
    const details = async (row: MailRow) => {
      const recipient = encodeURIComponent(row.RecipientEmailAddress);
      const path = `${TRACES}/${row.NetworkMessageId}/getDetailsByRecipient(recipientAddress='${recipient}')`;
      return (await caller.graph(TENANT, path)).json<{ value: { event: string; data: string }[] }>().value;
    };
    const [withConnector, without] = [await details(tenant.mail[0]!), await details(tenant.mail[1]!)];
    expect(withConnector.map(({ event }) => event)).toEqual(['Receive', 'Deliver']);
    expect(withConnector[0]!.data).toContain('S:InboundConnectorData=Name=Gateway');
    expect(without[0]!.data).toBe('');
  });

  it('is not a credential fault while its service principal is missing', async () => {
    tenant.messageTraceProvisioned = false;
    const heard = await trace(PERIOD);
    expect([heard.status, heard.text]).toEqual([
      401,
      expect.stringContaining('The service principal for App ID 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found.'),
    ]);
  });

  it('serves 100 requests within five minutes, details included', async () => {
    for (let call = 0; call < 99; call += 1) expect((await trace(PERIOD)).status).toBe(200);
    expect((await caller.graph(TENANT, `${TRACES}/1/getDetailsByRecipient(recipientAddress='x')`)).status).toBe(200);
    expect((await trace(PERIOD)).status).toBe(429);
    now = new Date(now.getTime() + 5 * 60_000);
    expect((await trace(PERIOD)).status).toBe(200);
  });

  it('needs its permission', async () => {
    tenant.appRoles.delete('ExchangeMessageTrace.Read.All');
    expect((await trace(PERIOD)).status).toBe(403);
  });
});
