import { parseHuntingDays } from '../../../shared/core/traffic/parse-hunting-days.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';

/** A row in which every number is another one, so that none can stand in for another. */
const ROW = {
  ...{ Day: '2026-10-05T00:00:00Z', Class: 'direct-send', Source: ' 2001:DB8:1:2::5 ', Messages: 100 },
  ...{ FirstSeen: '2026-10-05T06:30:00Z', LastSeen: '2026-10-05T15:00:00Z', Hours: [15, 6, 10] },
  ...{ Delivered: 50, Junked: 20, Quarantined: 7 },
  ...{ ToSelf: 1, FromPerson: 2, NullEnvelope: 3, ForeignHeader: 4, SrsOfOwn: 5, ListShaped: 6 },
  ...{ SenderPrints: ['22222222', '11111111'], PersonPrints: ['33333333'], RecipientPrints: ['44444444'] },
  Senders: ['scan@contoso.example'],
  Envelopes: ['bounce@contoso.example'],
  EnvelopeDomains: ['contoso.example', ''],
  ...{ SpfPass: 11, SpfFail: 12, DkimPass: 13, Unsigned: 14, Signed: 15, DmarcPass: 16, DmarcFail: 17, AllPass: 18 },
  ...{ Hard: 21, Soft: 22, SpoofOnly: 23, Simulated: 24, WithLinks: 31, WithAttachments: 32, WithLure: 33 },
};
const KEY = { Day: ROW.Day, Class: ROW.Class, Source: ROW.Source };
const PAYLOAD = {
  ...{ ...KEY, Carrying: 41, OutsideLinks: 42, QrCodes: 43, RiskyAttachments: 44, ToSelf: 45 },
  LinkDomains: ['login.evil.example', 'x'.repeat(300)],
};
const NOT_ASKED = { payload: null, afterDelivery: null, returned: null };

const DAY: TrafficDay = {
  ...{ day: '2026-10-05', class: 'direct-send', source: '2001:db8:1:2::/64', origin: 'hunting', messages: 100 },
  addresses: ['2001:db8:1:2::5'],
  ...{ firstSeen: '2026-10-05T06:30:00.000Z', lastSeen: '2026-10-05T15:00:00.000Z', hours: [6, 10, 15] },
  senders: {
    ...{ toSelf: 1, fromPerson: 2, nullEnvelope: 3, foreignHeader: 4, srsOfOwn: 5, listShaped: 6 },
    ...{ prints: ['11111111', '22222222'], personPrints: ['33333333'], samples: ['scan@contoso.example'] },
    ...{ envelopes: ['bounce@contoso.example'], envelopeDomains: ['contoso.example'] },
  },
  recipientPrints: ['44444444'],
  delivery: { delivered: 50, junked: 20, quarantined: 7, blocked: 23 },
  authentication: {
    ...{ spfPass: 11, spfFail: 12, dkimPass: 13, unsigned: 14, signed: 15, dmarcPass: 16, dmarcFail: 17, allPass: 18 },
  },
  verdicts: { content: 21, doubtful: 22, spoofOnly: 23, simulated: 24 },
  content: { withLinks: 31, withAttachments: 32, withLure: 33 },
  ...{ payload: null, afterDelivery: null, returned: null, internalSpoof: null },
};

test('every column of the traffic query has its place', () => {
  expect(parseHuntingDays({ traffic: [ROW], ...NOT_ASKED }, true)).toEqual([DAY]);
});

test('header-only mail is read too, and keeps its class', () => {
  const traffic = [{ ...ROW, Class: 'header-only' }];
  expect(parseHuntingDays({ traffic, ...NOT_ASKED }, true)).toEqual([{ ...DAY, class: 'header-only' }]);
});

test('every column of the queries about payload, delivery and return has its place', () => {
  const answers = {
    traffic: [ROW],
    payload: [PAYLOAD],
    afterDelivery: [{ ...KEY, Condemned: 51, Reported: 52 }],
    returned: [{ ...KEY, Returned: 53 }],
  };
  expect(parseHuntingDays(answers, true)).toEqual([
    {
      ...DAY,
      payload: {
        ...{ carrying: 41, outsideLinks: 42, qrCodes: 43, riskyAttachments: 44, toSelf: 45 },
        linkDomains: ['login.evil.example', 'x'.repeat(253)],
      },
      afterDelivery: { condemned: 51, reported: 52 },
      returned: 53,
    },
  ]);
});

test.each([
  ['another day', { Day: '2026-10-06T00:00:00Z' }],
  ['the other class', { Class: 'header-only' }],
  ['another source', { Source: '203.0.113.9' }],
])('what was found about %s is not found about this one', (_, other) => {
  const key = { ...KEY, ...other };
  const answers = {
    traffic: [ROW],
    payload: [{ ...PAYLOAD, ...key }],
    afterDelivery: [{ ...key, Condemned: 51, Reported: 52 }],
    returned: [{ ...key, Returned: 53 }],
  };
  const nothing = { carrying: 0, outsideLinks: 0, qrCodes: 0, riskyAttachments: 0, toSelf: 0, linkDomains: [] };
  expect(parseHuntingDays(answers, true)).toEqual([
    { ...DAY, payload: nothing, afterDelivery: { condemned: 0, reported: 0 }, returned: 0 },
  ]);
});

test.each(['Day', 'FirstSeen', 'LastSeen'])('a row without %s is skipped', (column) => {
  expect(parseHuntingDays({ traffic: [{ ...ROW, [column]: '' }], ...NOT_ASKED }, true)).toEqual([]);
});

test('mail without a visible address has none', () => {
  const [day] = parseHuntingDays({ traffic: [{ ...ROW, Source: '' }], ...NOT_ASKED }, true);
  expect(day?.addresses).toEqual([]);
});

test('more fates than messages do not make a negative number of blocked ones', () => {
  const [day] = parseHuntingDays({ traffic: [{ ...ROW, Delivered: 80, Junked: 80 }], ...NOT_ASKED }, true);
  expect(day?.delivery?.blocked).toBe(0);
});
