import { findGoneSilent } from '../../../shared/core/posture/find-gone-silent.ts';
import { DAY } from '../../../shared/core/time.ts';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import { assess, buildDay } from '../traffic/build-source.ts';

/** Closed on the evening of 20 October. */
const CLOSED = '2026-10-20T20:00:00.000Z';
const on = (day: number, time = '00:00:00.000') => `2026-10-${String(day).padStart(2, '0')}T${time}Z`;
const LATER = on(31);

/** A printer that sent on these days of October, at 8 and at 16 hours. */
function sentOn(days: readonly number[], change: Partial<AssessedSource> = {}): AssessedSource {
  const [source] = assess(days.map((day) => buildDay({ day })));
  return { ...source!, assessment: 'device-or-app', ...change };
}
const isSilent = (source: AssessedSource, now: string) => findGoneSilent([source], CLOSED, now).length === 1;

test('what went silent is told with its last sign of life and for how long', () => {
  expect(findGoneSilent([sentOn([5, 6, 7, 8])], CLOSED, on(18, '16:00:00.000'))).toEqual([
    {
      source: '203.0.113.9',
      assessment: 'device-or-app',
      lastSeen: on(8, '16:00:00.000'),
      days: 4,
      silentFor: 10 * DAY,
    },
  ]);
});

test.each<[string, AssessedSource, boolean]>([
  ['a device', sentOn([5, 6]), true],
  ['a source that nobody could decide', sentOn([5, 6], { assessment: 'needs-review' }), true],
  ['a likely forgery', sentOn([5, 6], { assessment: 'likely-spoof' }), false],
  [
    'a source that was forged in the header only, which closing does not stop',
    sentOn([5, 6], { class: 'header-only' }),
    false,
  ],
  ['a source of one day, which may never have meant to come back', sentOn([5]), false],
  ['a source that was seen at the moment of closing', sentOn([5, 6], { lastSeen: CLOSED }), false],
  ['a source that was seen after closing', sentOn([5, 21]), false],
])('%s: %#', (_, source, silent) => expect(isSilent(source, LATER)).toBe(silent));

test.each([
  ['after a day when it sent every day, but two dates may lie two days apart', [5, 6, 7], on(9, '16:00:00.000'), false],
  ['a millisecond later', [5, 6, 7], on(9, '16:00:00.001'), true],
  ['after its longest pause, not its last', [1, 6, 7], on(13, '16:00:00.000'), false],
  ['a millisecond after its longest pause', [1, 6, 7], on(13, '16:00:00.001'), true],
  ['whichever pause was the longest', [1, 2, 7], on(13, '16:00:00.000'), false],
])('silence begins %s', (_, days, now, silent) => expect(isSilent(sentOn(days), now)).toBe(silent));

test('those who sent on most days come first', () => {
  const named = (source: string, days: readonly number[]) => sentOn(days, { source });
  const silent = findGoneSilent(
    [named('seldom', [5, 6]), named('often', [5, 6, 7, 8]), named('sometimes', [5, 6, 7])],
    CLOSED,
    LATER,
  );
  expect(silent.map(({ source }) => source)).toEqual(['often', 'sometimes', 'seldom']);
});
