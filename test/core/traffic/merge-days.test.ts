import { addKnown, mergeDays, rowKeyOf, unite } from '../../../shared/core/traffic/merge-days.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';
import { buildDay } from './build-source.ts';

const MORNING: TrafficDay = {
  ...buildDay({ messages: 2, from: ['b@contoso.example'], to: ['x@contoso.example'] }),
  ...{ firstSeen: '2026-10-10T06:00:00.000Z', lastSeen: '2026-10-10T09:00:00.000Z', hours: [6, 9] },
  ...{ addresses: ['203.0.113.9'], returned: 1, internalSpoof: 2 },
  payload: { carrying: 1, outsideLinks: 2, qrCodes: 3, riskyAttachments: 4, toSelf: 5, linkDomains: ['b.example'] },
  afterDelivery: { condemned: 1, reported: 0 },
};
const EVENING: TrafficDay = {
  ...buildDay({ messages: 5, from: ['a@contoso.example'], to: ['x@contoso.example'] }),
  ...{ firstSeen: '2026-10-10T08:00:00.000Z', lastSeen: '2026-10-10T20:00:00.000Z', hours: [8, 20, 9] },
  ...{ addresses: ['203.0.113.8'], returned: 2, internalSpoof: 3 },
  payload: {
    carrying: 10,
    outsideLinks: 20,
    qrCodes: 30,
    riskyAttachments: 40,
    toSelf: 50,
    linkDomains: ['a.example'],
  },
  afterDelivery: { condemned: 10, reported: 20 },
};
const counted = { toSelf: 1, fromPerson: 2, nullEnvelope: 3, foreignHeader: 4, srsOfOwn: 5, listShaped: 6 };
const withSenders = (day: TrafficDay, senders: Partial<TrafficDay['senders']>) => ({
  ...day,
  senders: { ...day.senders, ...senders },
});

test.each([
  ['in order', [MORNING, EVENING]],
  ['in the other order', [EVENING, MORNING]],
])('two pieces of a day are one day, %s', (_, pieces) => {
  const [day, ...others] = mergeDays(pieces);
  expect(others).toEqual([]);
  expect(day).toMatchObject({
    messages: 7,
    firstSeen: MORNING.firstSeen,
    lastSeen: EVENING.lastSeen,
    hours: [6, 8, 9, 20],
    addresses: ['203.0.113.8', '203.0.113.9'],
    recipientPrints: MORNING.recipientPrints,
    delivery: { delivered: 7, junked: 0, quarantined: 0, blocked: 0 },
    authentication: { spfFail: 7, dmarcFail: 7, spfPass: 0 },
    content: { withAttachments: 7 },
    payload: {
      ...{ carrying: 11, outsideLinks: 22, qrCodes: 33, riskyAttachments: 44, toSelf: 55 },
      linkDomains: ['a.example', 'b.example'],
    },
    afterDelivery: { condemned: 11, reported: 20 },
    returned: 3,
    internalSpoof: 5,
  });
  expect(day?.senders.samples).toEqual(['a@contoso.example', 'b@contoso.example']);
});

test('the senders of both pieces are counted', () => {
  const [day] = mergeDays([withSenders(MORNING, counted), withSenders(EVENING, counted)]);
  expect(day?.senders).toMatchObject({
    ...{ toSelf: 2, fromPerson: 4, nullEnvelope: 6, foreignHeader: 8, srsOfOwn: 10, listShaped: 12 },
  });
});

const PARTS = ['recipientPrints', 'delivery', 'authentication', 'verdicts', 'content', 'payload'] as const;
const MORE_PARTS = ['afterDelivery', 'returned', 'internalSpoof'] as const;

test.each([...PARTS, ...MORE_PARTS])('%s is unknown when it is unknown of either piece', (part) => {
  const unknown = { ...EVENING, [part]: null };
  for (const pieces of [
    [MORNING, unknown],
    [unknown, MORNING],
    [unknown, unknown],
  ])
    expect(mergeDays(pieces)[0]?.[part]).toBeNull();
});

test('who of the senders is a person is unknown when it is unknown of either piece', () => {
  expect(mergeDays([MORNING, withSenders(EVENING, { fromPerson: null })])[0]?.senders.fromPerson).toBeNull();
});

test('other days, classes and sources stay apart', () => {
  const days = [
    MORNING,
    { ...MORNING, day: '2026-10-11' },
    { ...MORNING, class: 'header-only' as const },
    { ...MORNING, source: '203.0.113.10' },
  ];
  expect(mergeDays(days)).toEqual(days);
  expect(rowKeyOf(MORNING)).toBe('2026-10-10!direct-send!203.0.113.9');
});

test('lists are united, sorted and cut', () => {
  expect(unite(['c', 'a'], ['b', 'a'], 9)).toEqual(['a', 'b', 'c']);
  expect(unite(['c', 'a'], ['b', 'a'], 2)).toEqual(['a', 'b']);
});

test.each([
  [1, 2, 3],
  [0, 0, 0],
  [null, 2, null],
  [1, null, null],
  [null, null, null],
])('%j and %j are %j', (one, other, sum) => expect(addKnown(one, other)).toBe(sum));
