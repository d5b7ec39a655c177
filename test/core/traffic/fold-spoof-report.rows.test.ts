import { printOf } from '../../../shared/core/traffic/approval.ts';
import { foldSpoofInsight, foldSpoofReport } from '../../../shared/core/traffic/fold-spoof-report.ts';
import { checkDomains } from '../../../shared/core/traffic/own-domains.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';

const OWN = checkDomains([{ name: 'contoso.example', matchSubdomains: false }]);
const REPORTED = {
  ...{ Date: '2026-10-12T00:00:00', Direction: 'Inbound', Action: 'GoodMail', SpoofType: 'Internal', Count: 5 },
  ...{ SpoofedUser: 'Amy@Contoso.example', SenderIP: '203.0.113.10', SendingInfrastructure: 'hoster.example' },
  ...{ SPF: 'SoftFail', DKIM: 'None', DMARC: 'Fail' },
};
const SEEN = {
  ...{ LastSeen: '2026-10-20T00:00:00', Action: 'Allow', SpoofType: 'Internal', MessageCount: 8 },
  ...{ SpoofedUser: 'amy@contoso.example', SendingInfrastructure: '203.0.113.10' },
};
const NOTHING = { spfPass: 0, spfFail: 0, dkimPass: 0, unsigned: 0, signed: 0, dmarcPass: 0, dmarcFail: 0, allPass: 0 };
const report = (change: object = {}, keepSamples = true) =>
  foldSpoofReport([{ ...REPORTED, ...change }], OWN, keepSamples);
const insight = (change: object = {}) => foldSpoofInsight([{ ...SEEN, ...change }], OWN, true);

const DAY: TrafficDay = {
  ...{ day: '2026-10-12', class: 'direct-send', source: '203.0.113.10', origin: 'spoof-report', messages: 5 },
  addresses: ['203.0.113.10'],
  ...{ firstSeen: '2026-10-12T00:00:00.000Z', lastSeen: '2026-10-12T00:00:00.000Z', hours: [] },
  senders: {
    ...{ toSelf: 0, fromPerson: null, nullEnvelope: 0, foreignHeader: 0, srsOfOwn: 0, listShaped: 0 },
    ...{ prints: [printOf('amy@contoso.example')], personPrints: [], samples: ['amy@contoso.example'] },
    ...{ envelopes: [], envelopeDomains: [] },
  },
  recipientPrints: null,
  delivery: { delivered: 5, junked: 0, quarantined: 0, blocked: 0 },
  authentication: { ...NOTHING, spfFail: 5, unsigned: 5, dmarcFail: 5 },
  ...{ verdicts: null, content: null, payload: null, afterDelivery: null, returned: null, internalSpoof: 5 },
};

test('a row of the report says who, whence, how many and how it was authenticated; the rest is unknown', () => {
  expect(report()).toEqual([DAY]);
});

test('a row of the insight knows its last day and nothing of authentication', () => {
  const at = '2026-10-20T00:00:00.000Z';
  const delivery = { delivered: 8, junked: 0, quarantined: 0, blocked: 0 };
  const counted = { messages: 8, internalSpoof: 8, delivery, authentication: null };
  expect(insight()).toEqual([{ ...DAY, ...counted, day: '2026-10-20', firstSeen: at, lastSeen: at }]);
});

test.each([
  ['none', 'none', 'none', { unsigned: 5 }],
  ['pass', 'none', 'fail', { spfPass: 5, unsigned: 5, dmarcFail: 5 }],
  ['fail', 'none', 'fail', { spfFail: 5, unsigned: 5, dmarcFail: 5 }],
  ['softfail', 'fail', 'fail', { spfFail: 5, dmarcFail: 5 }],
  ['temperror', 'pass', 'fail', { dkimPass: 5, dmarcFail: 5 }],
  ['fail', 'pass', 'pass', { spfFail: 5, dkimPass: 5, signed: 5, dmarcPass: 5 }],
  ['pass', 'pass', 'pass', { spfPass: 5, dkimPass: 5, dmarcPass: 5, allPass: 5 }],
  ['pass', 'fail', 'pass', { spfPass: 5, dmarcPass: 5 }],
  ['pass', 'pass', 'fail', { spfPass: 5, dkimPass: 5, dmarcFail: 5 }],
  ['fail', 'fail', 'pass', { spfFail: 5, dmarcPass: 5 }],
])('SPF %s, DKIM %s, DMARC %s', (spf, dkim, dmarc, counts) => {
  const [day] = report({ SPF: spf, DKIM: dkim, DMARC: dmarc });
  expect(day?.authentication).toEqual({ ...NOTHING, ...counts });
  expect(day?.class).toBe(spf === 'pass' ? 'header-only' : 'direct-send');
});

test.each([
  ['goodmail', 5, 0],
  ['CaughtAsSpam', 0, 5],
  ['', 0, 5],
])('the report action %j: %d delivered, %d junked', (action, delivered, junked) => {
  expect(report({ Action: action })[0]?.delivery).toMatchObject({ delivered, junked });
});

test.each([
  ['allow', 8, 0],
  ['Block', 0, 8],
])('the insight action %j: %d delivered, %d junked', (action, delivered, junked) => {
  expect(insight({ Action: action })[0]?.delivery).toMatchObject({ delivered, junked });
});

test.each<[string, object, string, string[]]>([
  ['the address first', {}, '203.0.113.10', ['203.0.113.10']],
  ['the infrastructure where there is no address', { SenderIP: '' }, 'hoster.example', []],
  ['a block', { SenderIP: ' 203.0.113.0/24 ' }, '203.0.113.0/24', []],
  ['an IPv6 address as its /64', { SenderIP: '2001:DB8:1:2::5' }, '2001:db8:1:2::/64', []],
  ['a name in capitals', { SenderIP: '', SendingInfrastructure: ' Hoster.EXAMPLE ' }, 'hoster.example', []],
])('the source is %s', (_, change, source, addresses) => {
  expect(report(change)).toMatchObject([{ source, addresses }]);
});

test.each([
  ['a path', { SenderIP: '', SendingInfrastructure: 'a/b' }],
  ['a block that is none', { SenderIP: '', SendingInfrastructure: '203.0.113.0/99' }],
  ['no day', { Date: '', LastSeen: '' }],
])('rows with %s are not listed, and do not hide others', (_, change) => {
  expect(report(change)).toEqual([]);
  expect(insight({ ...change, SenderIP: undefined })).toEqual([]);
  expect(foldSpoofReport([{ ...REPORTED, ...change }, REPORTED], OWN, true)).toEqual([DAY]);
  expect(foldSpoofInsight([{ ...SEEN, ...change }, SEEN], OWN, true)).toHaveLength(1);
});

test('without samples no address of a person is kept', () => {
  expect(JSON.stringify(report({}, false))).not.toContain('@');
});
