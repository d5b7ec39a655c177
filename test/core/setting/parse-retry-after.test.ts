import fc from 'fast-check';
import { parseRetryAfter } from '../../../shared/core/setting/parse-retry-after.ts';

const NOW = Date.parse('2026-11-20T09:14:05.000Z');

test.each<[string, string | null | undefined, number | null]>([
  ['seconds', '17', 17_000],
  ['no seconds', '0', 0],
  ['seconds with spaces around', ' 5 ', 5000],
  ['a day', '86400', 86_400_000],
  ['a date', 'Fri, 20 Nov 2026 09:15:05 GMT', 60_000],
  ['a date of now', 'Fri, 20 Nov 2026 09:14:05 GMT', 0],
  ['a date of the past', 'Fri, 20 Nov 2026 09:13:05 GMT', 0],
  ['a date as RFC 850 wrote it', 'Friday, 20-Nov-26 09:14:06 GMT', 1000],
  ['a date as C writes it, which means UTC', 'Fri Nov 20 09:14:07 2026', 2000],
  ['no header', undefined, null],
  ['a missing header', null, null],
  ['an empty header', '', null],
  ['negative seconds', '-5', null],
  ['a fraction', '1.5', null],
  ['a word', 'soon', null],
  ['a word and a number', 'in 5', null],
  ['a unit', '5s', null],
  ['hexadecimal', '0x10', null],
  ['a day without a time', 'Friday', null],
  ['a date that does not exist', 'Fri, 99 Nov 2026 09:15:05 GMT', null],
  ['a date as ISO writes it', '2026-11-20T09:15:05Z', null],
])('%s', (_, header, wait) => expect(parseRetryAfter(header, NOW)).toBe(wait));

test('every second of the next year reads back from its HTTP date', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 366 * 86_400 }), (seconds) => {
      expect(parseRetryAfter(new Date(NOW + seconds * 1000).toUTCString(), NOW)).toBe(seconds * 1000);
    }),
    { seed: 12, numRuns: 300 },
  );
});

test('whatever stands there, the wait is null or not negative', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      expect(parseRetryAfter(header, NOW) ?? 0).toBeGreaterThanOrEqual(0);
    }),
    { seed: 13, numRuns: 500 },
  );
});
