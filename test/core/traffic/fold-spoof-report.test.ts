import { foldMessageTrace } from '../../../shared/core/traffic/fold-message-trace.ts';
import { foldSpoofInsight, foldSpoofReport } from '../../../shared/core/traffic/fold-spoof-report.ts';
import { joinPartialDays } from '../../../shared/core/traffic/join-partial-days.ts';
import { checkDomains } from '../../../shared/core/traffic/own-domains.ts';
import { assess, assessOne, buildContext } from './build-source.ts';

const OWN = checkDomains([{ name: 'contoso.example', matchSubdomains: false }]);
const ROW = {
  Date: '2026-10-12T00:00:00',
  Direction: 'Inbound',
  Domain: 'contoso.example',
  Action: 'GoodMail',
  SpoofedUser: 'amy@contoso.example',
  TrueSender: '',
  SendingInfrastructure: '203.0.113.10',
  SenderIP: '203.0.113.10',
  Count: 5,
  SpoofType: 'Internal',
  SPF: 'softfail',
  DKIM: 'none',
  DMARC: 'fail',
};
const people = Array.from({ length: 14 }, (_, at) => `p${at}@contoso.example`);
const trace = people.map((person, at) => ({
  id: `t${at}`,
  senderAddress: person,
  recipientAddress: person,
  receivedDateTime: `2026-10-12T10:${10 + at}:00Z`,
  fromIP: '203.0.113.10',
  status: 'delivered',
}));
const traced = foldMessageTrace(trace, { own: OWN, connectors: [], keepSamples: false });

describe('the spoof report as traffic', () => {
  test('a row is a day of direct-send mail, judged a forgery', () => {
    expect(foldSpoofReport([ROW], OWN, true)).toMatchObject([
      {
        day: '2026-10-12',
        class: 'direct-send',
        source: '203.0.113.10',
        messages: 5,
        internalSpoof: 5,
        delivery: { delivered: 5 },
        verdicts: null,
        content: null,
      },
    ]);
  });

  test('where SPF passes, the envelope is somebody else', () => {
    expect(foldSpoofReport([{ ...ROW, SPF: 'pass' }], OWN, true)[0]?.class).toBe('header-only');
  });

  test.each([
    ['other domains', { SpoofedUser: 'x@customer.example' }],
    ['external spoofs', { SpoofType: 'External' }],
    ['outbound mail', { Direction: 'Outbound' }],
    ['no place', { SenderIP: '', SendingInfrastructure: '' }],
    ['a hostile place', { SenderIP: '', SendingInfrastructure: '"><script>' }],
    ['no count', { Count: 0 }],
  ])('%s are not listed', (_, change) => {
    expect(foldSpoofReport([{ ...ROW, ...change }], OWN, true)).toEqual([]);
  });

  test('a block or an organisation stands in place of an address', () => {
    const places = ['203.0.113.0/24', 'hoster.example'].map((place) =>
      foldSpoofReport([{ ...ROW, SenderIP: '', SendingInfrastructure: place }], OWN, false),
    );
    expect(places.map(([day]) => day?.source)).toEqual(['203.0.113.0/24', 'hoster.example']);
  });

  test('the insight has no days: everything stands on the last', () => {
    const row = {
      SpoofedUser: 'amy@contoso.example',
      SendingInfrastructure: '203.0.113.10',
      MessageCount: 8,
      LastSeen: '2026-10-20T00:00:00',
      SpoofType: 'Internal',
      Action: 'Block',
    };
    expect(foldSpoofInsight([row], OWN, true)).toMatchObject([
      { day: '2026-10-20', messages: 8, delivery: { delivered: 0, junked: 8 } },
    ]);
  });
});

describe('trace and report together', () => {
  test('the trace counts, the report judges', () => {
    const [day, ...others] = joinPartialDays(traced, foldSpoofReport([{ ...ROW, Count: 28 }], OWN, false));
    expect(others).toEqual([]);
    expect(day).toMatchObject({
      messages: 14,
      origin: 'spoof-report',
      internalSpoof: 14,
      authentication: { spfFail: 14 },
    });
  });

  test('a report by name belongs to the one traced source with that sender', () => {
    const byName = foldSpoofReport(
      [{ ...ROW, SenderIP: '', SendingInfrastructure: 'hoster.example', SpoofedUser: 'p3@contoso.example' }],
      OWN,
      false,
    );
    expect(joinPartialDays(traced, byName)).toHaveLength(1);
    const two = [...traced, ...traced.map((day) => ({ ...day, source: '198.51.100.1', addresses: ['198.51.100.1'] }))];
    expect(joinPartialDays(two, byName).map(({ source }) => source)).toContain('hoster.example');
    const stranger = foldSpoofReport(
      [{ ...ROW, SenderIP: '', SendingInfrastructure: 'hoster.example', SpoofedUser: 'x@contoso.example' }],
      OWN,
      false,
    );
    expect(joinPartialDays(traced, stranger).map(({ source }) => source)).toEqual(['203.0.113.10', 'hoster.example']);
  });

  test('only with the word of spoof intelligence is a source a likely forgery, with reduced confidence', () => {
    const joined = joinPartialDays(traced, foldSpoofReport([{ ...ROW, Count: 14 }], OWN, false));
    expect(assessOne(joined, buildContext())).toMatchObject({ assessment: 'likely-spoof', confidence: 'reduced' });
    expect(assessOne(traced, buildContext())).toMatchObject({ assessment: 'needs-review', confidence: 'low' });
  });

  test('an unlisted printer in the report stays undecided', () => {
    const days = [5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20].map((day) => ({
      ...ROW,
      Date: `2026-10-${String(day).padStart(2, '0')}`,
      SpoofedUser: 'scan@contoso.example',
    }));
    expect(assess(foldSpoofReport(days, OWN, true), buildContext())[0]).toMatchObject({
      assessment: 'needs-review',
      confidence: 'reduced',
    });
  });
});
