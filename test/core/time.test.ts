import { between, DAY, dayOf, HOUR, later, MINUTE, SECOND, WEEK } from '../../shared/core/time.ts';

const MOMENT = '2026-12-31T23:59:59.999Z';

test('the units are milliseconds', () => {
  expect([SECOND, MINUTE, HOUR, DAY, WEEK]).toEqual([1000, 60_000, 3_600_000, 86_400_000, 604_800_000]);
});

test('a moment later is written like the first, so that text order is time order', () => {
  expect(later(MOMENT, 1)).toBe('2027-01-01T00:00:00.000Z');
  expect(later(MOMENT, -DAY)).toBe('2026-12-30T23:59:59.999Z');
  expect(later('2026-11-20T09:14:05Z', 0)).toBe('2026-11-20T09:14:05.000Z');
});

test('the time between two moments is negative when the second is earlier', () => {
  expect(between(MOMENT, later(MOMENT, 5 * HOUR))).toBe(5 * HOUR);
  expect(between(MOMENT, later(MOMENT, -1))).toBe(-1);
});

test('a day is the UTC day', () => {
  expect(dayOf(MOMENT)).toBe('2026-12-31');
  expect(dayOf(later(MOMENT, 1))).toBe('2027-01-01');
});
