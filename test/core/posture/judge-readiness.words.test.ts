import { judgeReadiness, type TrafficCoverage } from '../../../shared/core/posture/judge-readiness.ts';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import type { ReasonCode } from '../../../shared/core/traffic/reason-words.ts';
import { assess, buildDay } from '../traffic/build-source.ts';

const FULL: TrafficCoverage = { coverage: 'full', reason: null, days: 30 };
const [SEEN] = assess([buildDay()]) as [AssessedSource];

/** Sources that nobody could decide, numbered, with something else about them. */
const sources = (count: number, change: Partial<AssessedSource> = {}): AssessedSource[] =>
  Array.from({ length: count }, (_, at) => ({
    ...SEEN,
    source: `198.51.100.${at}`,
    assessment: 'needs-review',
    ...change,
  }));
const devices = (count: number) => sources(count, { assessment: 'device-or-app' });
/** Forgeries beyond doubt, unless something else is said. */
const forgeries = (count: number, change: Partial<AssessedSource> = {}) =>
  sources(count, { assessment: 'likely-spoof', score: 9, reasons: ['content-verdict'], ...change });
const whyOf = (seen: readonly AssessedSource[], coverage: TrafficCoverage = FULL) => judgeReadiness(seen, coverage).why;

test.each<[string, AssessedSource[], string[]]>([
  ['one device', devices(1), ['1 source would be rejected.']],
  ['two devices', devices(2), ['2 sources would be rejected.']],
  [
    'one that nobody could decide',
    [...devices(2), ...sources(1)],
    ['3 sources would be rejected.', '1 source could not be decided: find out what they are first.'],
  ],
  [
    'forgeries from the own network',
    [...devices(1), ...forgeries(2, { anchors: ['named-location'] })],
    ['3 sources would be rejected.', '2 sources in your own network sent forgeries: look there whatever you decide.'],
  ],
  [
    'all of them, and forgeries of strangers, which are not counted',
    [...devices(1), ...sources(2), ...forgeries(1, { anchors: ['named-location'] }), ...forgeries(5)],
    [
      '4 sources would be rejected.',
      '2 sources could not be decided: find out what they are first.',
      '1 source in your own network sent forgeries: look there whatever you decide.',
    ],
  ],
])('not ready because of %s', (_, seen, why) => expect(whyOf(seen)).toEqual(why));

test.each<[string, AssessedSource[], string]>([
  ['nothing', [], 'No Direct Send mail was seen.'],
  ['mail that closing does not touch', sources(3, { class: 'header-only' }), 'No Direct Send mail was seen.'],
  ['one forgery', forgeries(1), 'Nothing but likely forgeries was seen (1 source).'],
  ['three forgeries', forgeries(3), 'Nothing but likely forgeries was seen (3 sources).'],
])('ready when there was %s', (_, seen, why) => {
  expect(judgeReadiness(seen, FULL)).toEqual({ verdict: 'ready', why: [why], wouldBreak: [] });
});

test.each<[number, string]>([
  [1, '1 likely forgery can still be an honest sender: make sure that 198.51.100.0 is not yours.'],
  [
    5,
    '5 likely forgeries can still be an honest sender: make sure that 198.51.100.0, 198.51.100.1, 198.51.100.2, 198.51.100.3, 198.51.100.4 is not yours.',
  ],
  [
    6,
    '6 likely forgeries can still be an honest sender: make sure that 198.51.100.0, 198.51.100.1, 198.51.100.2, 198.51.100.3, 198.51.100.4 and others is not yours.',
  ],
])('%d forgeries that were only just called so are named for a person to look at', (count, look) => {
  expect(judgeReadiness(forgeries(count, { score: 5.5 }), { ...FULL, days: 20 })).toEqual({
    verdict: 'unknown',
    why: [look, 'Only 20 days were read: what runs once a month may be missing.'],
    wouldBreak: [],
  });
});

describe('a forgery that was told by what its messages carry leaves the tenant ready', () => {
  const grave: readonly ReasonCode[] = [
    ...(['content-verdict', 'content-verdict-in-part', 'removed-after-delivery', 'shares-links-with-abuse'] as const),
    ...(['self-to-self-with-payload', 'qr-codes', 'risky-attachments', 'outside-links'] as const),
  ];
  test.each(grave)('%s', (code) => {
    const reasons: ReasonCode[] = ['impersonates-person', code];
    expect(judgeReadiness(forgeries(1, { reasons }), FULL).verdict).toBe('ready');
  });

  test.each<ReasonCode>(['impersonates-person', 'self-to-self', 'many-impersonated-senders', 'short-lived'])(
    'but not by its shape: %s',
    (code) => expect(judgeReadiness(forgeries(1, { reasons: [code] }), FULL).verdict).toBe('unknown'),
  );
});

const FEW = 'of traffic were read; 14 are needed to say that nothing would break.';
const MONTHLY = (days: number) => `Only ${days} days were read: what runs once a month may be missing.`;

test.each<[string, TrafficCoverage, string[]]>([
  ['one day', { ...FULL, days: 1 }, [`Only 1 day ${FEW}`]],
  ['thirteen days', { ...FULL, days: 13 }, [`Only 13 days ${FEW}`]],
  [
    'part of it, for an unknown reason',
    { ...FULL, coverage: 'partial' },
    ['Traffic could be read only in part: sources may be missing here.'],
  ],
  [
    'part of it, for a known reason',
    { coverage: 'partial', reason: 'licence-missing', days: 7 },
    ['Traffic could be read only in part (licence-missing): sources may be missing here.', `Only 7 days ${FEW}`],
  ],
  [
    'nothing',
    { coverage: 'none', reason: 'permission-missing', days: 0 },
    ['Traffic could not be read (permission-missing): nothing is known of what uses Direct Send.'],
  ],
])('unknown when what was read was %s', (_, coverage, why) => {
  expect(judgeReadiness([], coverage)).toEqual({ verdict: 'unknown', why, wouldBreak: [] });
});

test.each([
  [14, [MONTHLY(14)]],
  [29, [MONTHLY(29)]],
  [30, []],
])('%d days are enough to be ready, and less than a month is said', (days, caution) => {
  expect(judgeReadiness([], { ...FULL, days })).toEqual({
    verdict: 'ready',
    why: ['No Direct Send mail was seen.', ...caution],
    wouldBreak: [],
  });
});

test('the sources with most mail are named first', () => {
  const seen = [7, 9, 8].map((messages) => ({ ...SEEN, messages }));
  expect(judgeReadiness(seen, FULL).wouldBreak.map(({ messages }) => messages)).toEqual([9, 8, 7]);
});
