import type { HistoryEntry } from '../../../shared/core/evidence/history.ts';
import { renderReadiness } from '../../../shared/core/report/render-readiness.ts';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import type { TrafficState } from '../../../shared/core/traffic/traffic-state.ts';
import { readTexts } from '../alerts/read-texts.ts';
import { sourceOf } from '../traffic/build-state.ts';
import { NOW, SCANNER, tenantOf, trafficOf } from './sample-report.ts';

const LOOKING = '203.0.113.9';
const devices = (count: number): AssessedSource[] =>
  Array.from({ length: count }, (_, at) => ({
    ...SCANNER,
    ...sourceOf(at),
    source: `192.0.2.${at}`,
    days: SCANNER.days,
  }));
const textsOf = (html: string) => readTexts(`<body>${html}`);
const render = (traffic: TrafficState) => renderReadiness(tenantOf({ traffic }), NOW);
const readinessOf = (sources: readonly AssessedSource[], change: Partial<TrafficState> = {}) =>
  textsOf(render(trafficOf(sources, change)));

test.each<[string, TrafficState]>([
  ['nothing was judged', trafficOf([], { readiness: null })],
  ['nothing could be read', trafficOf([SCANNER], { coverage: 'none', reason: 'quota' })],
])('where %s, that is said and nothing else', (_, traffic) => {
  expect(textsOf(render(traffic))).toEqual([
    'Whether it can be closed is unknown.',
    'Direct Send traffic is not known.',
  ]);
});

test('ready says why, and lists nothing', () => {
  expect(readinessOf([])).toEqual(['Ready to be closed.', 'No Direct Send mail was seen.']);
  expect(render(trafficOf([]))).not.toContain('details');
});

test('what would break is named with its assessment, its mail and what keeps it working', () => {
  const readiness = trafficOf([SCANNER]).readiness!;
  const { command, advice } = readiness.wouldBreak[0]!.remedy;
  const [verdict, why, summary, source, said, ...rest] = readinessOf([SCANNER]);
  expect([verdict, why, summary]).toEqual([
    ...['Not ready to be closed.', '1 source would be rejected.', 'What would keep them working'],
  ]);
  expect([source, said]).toEqual([
    LOOKING,
    'consistent with a device or program of the tenant; 144 messages on 12 days, last',
  ]);
  expect(rest).toEqual([expect.stringMatching(/^2026-10-\d\d \d\d:\d\d UTC$/), command, advice]);
});

test('a source that only its sender can mend has advice and no command', () => {
  const html = render(trafficOf([{ ...SCANNER, assessment: 'forwarder-or-list' }]));
  expect(html).not.toContain('<pre>');
  expect(textsOf(html).at(-1)).toMatch(/^Forwarded mail of your own users/);
});

test('several reasons stand beside each other', () => {
  const [, why] = readinessOf([{ ...SCANNER, assessment: 'needs-review' }]);
  expect(why).toBe('1 source would be rejected. 1 source could not be decided: find out what they are first.');
});

test.each([
  [25, null],
  [26, 'and 1 more'],
  [40, 'and 15 more'],
])('of %d sources that would break 25 are shown', (count, more) => {
  const texts = readinessOf(devices(count));
  expect(texts.filter((text) => text.startsWith('192.0.2.'))).toHaveLength(25);
  expect(texts.find((text) => /^and \d+ more$/.test(text)) ?? null).toBe(more);
});

describe('once closed', () => {
  const closing = (closedAt: string) => ({ ...tenantOf().history[0]!, kind: 'recovered', closedAt }) as HistoryEntry;
  const silentIn = (sources: readonly AssessedSource[], history: readonly HistoryEntry[]) =>
    renderReadiness(
      tenantOf({ verdict: 'enforced', state: 'enforced', history, traffic: trafficOf(sources) }),
      '2026-12-31T00:00:00.000Z',
    );
  const closed = [closing('2026-10-31T00:00:00.000Z')];

  test('what went silent is named, with when it was last seen', () => {
    const [since, at, end, source, said, last] = textsOf(silentIn([SCANNER], closed));
    expect([since, at, end]).toEqual(['Silent since Direct Send was rejected (', '2026-10-31 00:00 UTC', '):']);
    expect(source).toBe(LOOKING);
    expect(said).toBe('consistent with a device or program of the tenant; sent on 12 days, last');
    expect(last).toMatch(/^2026-10-\d\d \d\d:\d\d UTC$/);
  });

  test.each<[string, readonly AssessedSource[], readonly HistoryEntry[]]>([
    ['nothing went silent', [], closed],
    ['it is not known when it was closed', [SCANNER], []],
  ])('nothing is said when %s', (_, sources, history) => expect(silentIn(sources, history)).toBe(''));

  test.each([
    [25, null],
    [27, 'and 2 more'],
  ])('of %d silent sources 25 are shown', (count, more) => {
    const seen = devices(count).map((source) => ({ ...source, lastSeen: SCANNER.lastSeen }));
    const texts = textsOf(silentIn(seen, closed));
    expect(texts.filter((text) => text.startsWith('192.0.2.'))).toHaveLength(25);
    expect(texts.find((text) => /^and \d+ more$/.test(text)) ?? null).toBe(more);
  });
});
