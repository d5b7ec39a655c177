import fc from 'fast-check';
import { LONGEST_WAIT, probeWait, RETRY_TABLE, retryWait } from '../../../shared/core/alerts/retry-table.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/core/time.ts';

test('the table is the published one', () => {
  const minutes = [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440];
  expect(RETRY_TABLE).toEqual(minutes.map((one) => one * MINUTE));
});

test.each(RETRY_TABLE.map((wait, at) => [at + 1, wait]))('after failed attempt %d: %d ms', (attempts, wait) => {
  expect(retryWait(attempts, null, 0)).toBe(wait);
});

test('the last wait repeats for ever: nothing is given up', () => {
  expect(retryWait(10, null, 0)).toBe(24 * HOUR);
  expect(retryWait(1000, null, 0)).toBe(24 * HOUR);
});

test('an attempt that was not counted waits like the first', () => expect(retryWait(0, null, 0)).toBe(5 * SECOND));

test('waits are spread by up to a fifth, in whole milliseconds', () => {
  expect(retryWait(2, null, 0.5)).toBe(5.5 * MINUTE);
  expect(retryWait(1, null, 0.123_456)).toBe(5123);
});

test.each<[string, number, number]>([
  ['seconds', 17 * SECOND, 17 * SECOND],
  ['nothing, which would be a hammer', 0, SECOND],
  ['half a second', 500, SECOND],
  ['a day', DAY, DAY],
  ['more than a day', DAY + 1, DAY],
  ['for ever', Number.POSITIVE_INFINITY, DAY],
])('a channel that asks for %s is obeyed within reason, without jitter', (_, asked, wait) => {
  expect(retryWait(5, asked, 0.9)).toBe(wait);
});

test('a broken channel is probed hourly for a day, then daily', () => {
  expect([0, 22, 23].map(probeWait)).toEqual([HOUR, HOUR, HOUR]);
  expect([24, 25, 999].map(probeWait)).toEqual([DAY, DAY, DAY]);
});

test('no wait is shorter than a second or longer than the longest wait', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(100), fc.option(fc.nat()), random, (attempts, asked, spread) => {
      expect(retryWait(attempts, asked, spread)).toBeLessThanOrEqual(LONGEST_WAIT);
      expect(retryWait(attempts, asked, spread)).toBeGreaterThanOrEqual(SECOND);
    }),
    { seed: 31, numRuns: 500 },
  );
  expect(LONGEST_WAIT).toBe(30 * HOUR);
});
