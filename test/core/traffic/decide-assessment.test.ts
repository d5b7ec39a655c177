import type { Approval } from '../../../shared/core/traffic/approval.ts';
import type { SourceNetwork, SpfMatch } from '../../../shared/core/traffic/network-context.ts';
import { assess, assessOne, buildContext, buildDay, buildDays, type DayInput, workdays } from './build-source.ts';

const SOURCE = '203.0.113.9';
const PASS: SpfMatch = {
  ...{ result: 'pass', domain: 'contoso.example', mechanism: 'ip4:203.0.113.9', includes: [], prefix: 32 },
};
const SHARED: SpfMatch = { ...PASS, mechanism: 'include:spf.service.example', includes: ['spf.service.example'] };
const APPROVAL: Approval = {
  ...{ id: 'a1', block: SOURCE, sender: null, reason: 'scanner', by: 'kim' },
  ...{ at: '2026-09-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' },
};
const seen = (input: DayInput = {}, known: Partial<SourceNetwork> = {}, approvals: Approval[] = []) =>
  assessOne(buildDays(workdays(3), input), buildContext({ [SOURCE]: known }), approvals);
const OWN_KEY = { authentication: { spfFail: 4, dkimPass: 4, signed: 4, dmarcPass: 4, dmarcFail: 0 } };
const IN_ORDER = { spfPass: 4, spfFail: 0, dmarcPass: 4, dmarcFail: 0 };

describe('what limits an assessment is said', () => {
  test.each<[string, Partial<SourceNetwork>, boolean]>([
    ['nothing is known', {}, true],
    ['SPF fails', { spf: { ...PASS, result: 'softfail' } }, true],
    ['SPF passes by an entry that many share', { spf: SHARED }, false],
    ['SPF passes by an own entry', { spf: PASS }, false],
    ['it is anchored otherwise', { signIns: { users: 4, days: 6 } }, false],
  ])('nothing shows whose address it is, when %s: %#', (_, known, said) => {
    expect(seen({}, known).reasons.includes('no-network-anchor')).toBe(said);
  });

  test('there is no address', () => {
    expect(seen({ source: 'no-address' }).reasons).toContain('no-visible-address');
    expect(seen().reasons).not.toContain('no-visible-address');
  });

  test.each([
    ['hunting', 'normal', null],
    ['spoof-report', 'reduced', 'partial-evidence'],
    ['message-trace', 'low', 'trace-only'],
  ] as const)('it was read by %s: confidence %s', (origin, confidence, limit) => {
    const source = assessOne([{ ...buildDay(), origin }], buildContext());
    const limits = source.reasons.filter((code) => code === 'partial-evidence' || code === 'trace-only');
    expect({ confidence: source.confidence, limits }).toEqual({ confidence, limits: limit === null ? [] : [limit] });
  });

  test('the best of several origins counts', () => {
    const days = (['message-trace', 'hunting'] as const).map((origin, at) => ({
      ...buildDay({ day: at + 5 }),
      origin,
    }));
    expect(assessOne(days, buildContext())).toMatchObject({ confidence: 'normal' });
    expect(assessOne(days, buildContext()).reasons).not.toContain('partial-evidence');
  });
});

test.each<[string, DayInput, Partial<SourceNetwork>, string]>([
  ['an own SPF entry by which the mail passes', { authentication: IN_ORDER }, { spf: PASS }, 'authorised-by-dns'],
  ['an own SPF entry by which the mail does not pass', {}, { spf: PASS }, 'device-or-app'],
  [
    'an office whose mail passes by another entry',
    { authentication: IN_ORDER },
    { spf: SHARED, signIns: { users: 4, days: 6 } },
    'device-or-app',
  ],
  ['nothing at all', {}, {}, 'needs-review'],
])('%s: %#', (_, input, known, assessment) => expect(seen(input, known).assessment).toBe(assessment));

test('mail with the signature of the own domain is authorised, and the signature is the first reason', () => {
  const signed = seen(OWN_KEY);
  expect(signed.assessment).toBe('authorised-by-dns');
  expect(signed.reasons[0]).toBe('signed-by-own-domain');
});

test('a person who approved it is the first reason', () => {
  const approved = seen({}, {}, [APPROVAL]);
  expect(approved.assessment).toBe('approved');
  expect(approved.reasons[0]).toBe('approved-by-person');
});

test('forwarded mail is told by the own mail that comes back', () => {
  expect(seen({ returned: 4 })).toMatchObject({ assessment: 'forwarder-or-list' });
  expect(seen({ returned: 0 })).toMatchObject({ assessment: 'needs-review' });
});

test('sources with most mail come first; equal ones in the order of their class and name', () => {
  const [a, b] = ['198.51.100.1', '198.51.100.2'];
  const days = [
    buildDay({ source: b }),
    buildDay({ source: a, class: 'header-only' }),
    buildDay({ source: SOURCE, messages: 9 }),
    buildDay({ source: a }),
  ];
  const inOrder = ['direct-send 203.0.113.9', `direct-send ${a}`, `direct-send ${b}`, `header-only ${a}`];
  for (const rows of [days, days.toReversed()]) {
    expect(assess(rows).map((one) => `${one.class} ${one.source}`)).toEqual(inOrder);
  }
});
