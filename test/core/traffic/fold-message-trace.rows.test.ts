import type { InboundConnector } from '../../../shared/core/posture/inbound-connector.ts';
import { printOf } from '../../../shared/core/traffic/approval.ts';
import {
  findTracedConnector,
  foldMessageTrace,
  type TraceFilter,
} from '../../../shared/core/traffic/fold-message-trace.ts';
import { checkDomains } from '../../../shared/core/traffic/own-domains.ts';
import type { DeliveryCounts, TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';

const FILTER: TraceFilter = {
  own: checkDomains([{ name: 'contoso.example', matchSubdomains: false }]),
  connectors: null,
  keepSamples: true,
};
const ROW = {
  ...{ id: 't1', messageId: '<1@contoso.example>', status: 'delivered', subject: 'Scan' },
  ...{ senderAddress: 'Scan@Contoso.example', recipientAddress: 'Amy@contoso.example' },
  ...{ receivedDateTime: '2026-10-12T22:30:00Z', fromIP: ' 203.0.113.10 ' },
};
const NOTHING = { delivered: 0, junked: 0, quarantined: 0, blocked: 0 };
const [SCAN, AMY, BEN] = ['scan@contoso.example', 'amy@contoso.example', 'ben@contoso.example'];
const AT = '2026-10-12T22:30:00.000Z';

const DAY: TrafficDay = {
  ...{ day: '2026-10-12', class: 'direct-send', source: '203.0.113.10', origin: 'message-trace', messages: 1 },
  ...{ addresses: ['203.0.113.10'], firstSeen: AT, lastSeen: AT, hours: [22] },
  senders: {
    ...{ toSelf: 0, fromPerson: null, nullEnvelope: 0, foreignHeader: 0, srsOfOwn: 0, listShaped: 0 },
    ...{ prints: [printOf(SCAN)], personPrints: [], samples: [SCAN], envelopes: [], envelopeDomains: [] },
  },
  recipientPrints: [printOf(AMY)],
  delivery: { ...NOTHING, delivered: 1 },
  ...{ authentication: null, verdicts: null, content: null, payload: null },
  ...{ afterDelivery: null, returned: null, internalSpoof: null },
};
const fold = (...rows: object[]) => foldMessageTrace(rows as never, FILTER);
const fates = (...statuses: string[]) =>
  fold(...statuses.map((status, at) => ({ ...ROW, status, recipientAddress: `p${at}@contoso.example` })))[0]?.delivery;

test('a traced message says who, whom, whence, when and its fate; the rest is unknown', () => {
  expect(fold(ROW)).toEqual([DAY]);
});

test('without samples no address of a person is kept', () => {
  const [day] = foldMessageTrace([ROW], { ...FILTER, keepSamples: false });
  expect(day?.senders.samples).toEqual([]);
  expect(JSON.stringify(day)).not.toContain('@');
});

test.each<[string, keyof DeliveryCounts]>([
  ['delivered', 'delivered'],
  ['expanded', 'delivered'],
  ['filteredAsSpam', 'junked'],
  ['quarantined', 'quarantined'],
  ['failed', 'blocked'],
  ['pending', 'blocked'],
  ['', 'blocked'],
])('status %j means %s', (status, fate) => expect(fates(status)).toEqual({ ...NOTHING, [fate]: 1 }));

test('the best fate of a message counts, whichever recipient comes first', () => {
  const best = ['failed', 'quarantined', 'filteredAsSpam', 'delivered'];
  const expected = [{ blocked: 1 }, { quarantined: 1 }, { junked: 1 }, { delivered: 1 }];
  for (const [at, fate] of expected.entries()) {
    const some = best.slice(0, at + 1);
    expect(fates(...some)).toEqual({ ...NOTHING, ...fate });
    expect(fates(...some.toReversed())).toEqual({ ...NOTHING, ...fate });
  }
});

test.each([
  ['the same id', {}, 1],
  ['another id', { id: 't2' }, 2],
  ['another id and the same message id', { id: 't2', messageId: ROW.messageId }, 2],
  ['another address', { fromIP: '203.0.113.11' }, 2],
  ['another sender', { senderAddress: BEN }, 2],
])('rows with %s', (_, change, messages) => {
  expect(fold(ROW, { ...ROW, ...change }).reduce((sum, day) => sum + day.messages, 0)).toBe(messages);
});

test('where the trace has no id the message id tells messages apart', () => {
  const bare = { ...ROW, id: '' };
  expect(fold(bare, bare)[0]?.messages).toBe(1);
  expect(fold(bare, { ...bare, messageId: '<2@contoso.example>' })[0]?.messages).toBe(2);
});

test.each([
  ['the sender alone', [SCAN], 1],
  ['the sender among others', [SCAN, AMY], 0],
  ['somebody else', [AMY], 0],
])('a message to %s', (_, recipients, toSelf) => {
  const [day] = fold(...recipients.map((recipientAddress) => ({ ...ROW, recipientAddress })));
  expect(day?.senders.toSelf).toBe(toSelf);
  expect(day?.recipientPrints).toEqual(recipients.map(printOf).sort());
});

test.each([
  ['no address', ''],
  ['a text that is none', 'unknown'],
  ['a private address', '192.168.1.4'],
])('a message from %s is not listed', (_, fromIP) => expect(fold({ ...ROW, fromIP })).toEqual([]));

test('a connector that names the address among others takes the message', () => {
  const connector = {
    enabled: true,
    senderAddresses: ['198.51.100.7', '203.0.113.0/24'],
  } as unknown as InboundConnector;
  expect(foldMessageTrace([ROW], { ...FILTER, connectors: [connector] })).toEqual([]);
});

test('the name of a connector is read without the spaces around it, in whichever detail it stands', () => {
  const detail = (data: string) => ({ event: 'Receive', data });
  const named = detail('x;S:InboundConnectorData=Name= From office ;ConnectorType=OnPremises');
  expect(findTracedConnector([detail('Blob="S:InboundConnectorData=Name="'), named])).toBe('From office');
  expect(findTracedConnector([])).toBeNull();
});
