import fc from 'fast-check';
import { formatTimesFor } from '../../../shared/core/alerts/format-time.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/core/time.ts';

const AT = '2026-11-20T08:14:05.123Z';

test('UTC is shown in ISO without fractions, whatever the zone', () => {
  expect(formatTimesFor('ja-JP', 'Asia/Tokyo').utc(AT)).toBe('2026-11-20T08:14:05Z');
});

test.each([
  ['en-GB', 'Europe/Helsinki', '20 Nov 2026, 10:14'],
  ['fi-FI', 'Europe/Helsinki', '20.11.2026 klo 10.14'],
  ['ja-JP', 'Asia/Tokyo', '2026/11/20 17:14'],
])('%s in %s shows local time its own way', (locale, zone, shown) => {
  expect(formatTimesFor(locale, zone).local(AT)).toBe(shown);
});

test('local time follows the change to summer time', () => {
  const { local } = formatTimesFor('en-GB', 'Europe/Helsinki');
  expect(local('2026-03-29T00:59:00.000Z')).toBe('29 Mar 2026, 02:59');
  expect(local('2026-03-29T01:00:00.000Z')).toBe('29 Mar 2026, 04:00');
});

test('a zone that says no more than UTC, or that does not exist, shows no local time', () => {
  expect(formatTimesFor('en-GB', 'UTC').local(AT)).toBeNull();
  expect(formatTimesFor('en-GB', 'Mars/Olympus').local(AT)).toBeNull();
});

test('a text that is no instant comes back as it is, and has no local time', () => {
  const { utc, local } = formatTimesFor('en-GB', 'Asia/Tokyo');
  for (const text of ['', 'yesterday', '2026-13-45T99:99:99Z', '12', '<b>']) {
    expect(utc(text)).toBe(text);
    expect(local(text)).toBeNull();
  }
});

test.each([
  [30_000, '1 minute'],
  [3 * HOUR + 1 * MINUTE, '3 hours 1 minute'],
  [DAY + 2 * HOUR + 59 * MINUTE, '1 day 2 hours'],
  [3 * DAY + 5 * MINUTE, '3 days'],
  [400 * DAY, '400 days'],
  [-5, '1 minute'],
  [Number.NaN, '1 minute'],
])('%d ms is %s', (milliseconds, words) => {
  expect(formatTimesFor('en-GB', 'UTC').duration(milliseconds)).toBe(words);
});

test('durations decline as the language wants', () => {
  expect(formatTimesFor('fi-FI', 'UTC').duration(DAY + 2 * HOUR)).toBe('1 päivä 2 tuntia');
  expect(formatTimesFor('ja-JP', 'UTC').duration(3 * HOUR + MINUTE)).toBe('3 時間 1 分');
});

test('a longer time is never said to be shorter', () => {
  const { duration } = formatTimesFor('en-GB', 'UTC');
  const inMinutes = (text: string) =>
    [...text.matchAll(/([\d,]+) (day|hour|minute)/g)].reduce(
      (sum, [, count, unit]) =>
        sum + Number(count?.replaceAll(',', '')) * { day: 1440, hour: 60, minute: 1 }[unit as 'day']!,
      0,
    );
  const time = fc.integer({ min: MINUTE, max: 4000 * DAY });
  fc.assert(
    fc.property(time, time, (one, other) => {
      const [shorter, longer] = one < other ? [one, other] : [other, one];
      expect(inMinutes(duration(longer))).toBeGreaterThanOrEqual(inMinutes(duration(shorter)));
      expect(inMinutes(duration(longer)) * MINUTE).toBeLessThanOrEqual(longer);
    }),
    { seed: 1, numRuns: 300 },
  );
});
