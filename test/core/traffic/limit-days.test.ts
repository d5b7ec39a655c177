import fc from 'fast-check';
import { limitDays, OTHER_ADDRESSES } from '../../../shared/core/traffic/limit-days.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';
import { buildDay } from './build-source.ts';

const messagesOf = (rows: readonly TrafficDay[], kind: TrafficDay['class'], day: string) =>
  rows.filter((row) => row.class === kind && row.day === day).reduce((sum, { messages }) => sum + messages, 0);
const daysIn = (rows: readonly TrafficDay[]) => [...new Set(rows.map(({ day }) => day))];

const anyRow = fc
  .record({
    day: fc.integer({ min: 1, max: 3 }),
    host: fc.integer({ min: 1, max: 40 }),
    class: fc.constantFrom('direct-send' as const, 'header-only' as const),
    messages: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ host, ...row }) => buildDay({ ...row, source: `198.51.100.${host}` }));

test('every day keeps its messages, by class, within its rows; the order of the rows does not matter', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 120 }), fc.integer({ min: 4, max: 20 }), (rows, most) => {
      const limited = limitDays(rows, most);
      for (const day of daysIn(rows)) {
        expect(limited.filter((row) => row.day === day).length).toBeLessThanOrEqual(most);
        for (const kind of ['direct-send', 'header-only'] as const)
          expect(messagesOf(limited, kind, day)).toBe(messagesOf(rows, kind, day));
      }
      expect(new Set(limitDays([...rows].reverse(), most))).toEqual(new Set(limited));
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('a scanner that sends every day is not pushed out by an attack from everywhere', () => {
  const scanner = [8, 9, 10].map((day) => buildDay({ day, messages: 1 }));
  const attack = Array.from({ length: 500 }, (_, at) =>
    buildDay({ day: 10, messages: 5, source: `198.51.${at >> 8}.${at & 255}`, from: [`boss${at}@contoso.example`] }),
  );
  const limited = limitDays([...attack, ...scanner], 50);
  expect(new Set(limited.filter(({ source }) => source === '203.0.113.9'))).toEqual(new Set(scanner));
  const other = limited.filter(({ source }) => source === OTHER_ADDRESSES);
  expect(other).toMatchObject([{ class: 'direct-send', addresses: [], messages: 5 * (500 - 47) }]);
  expect(other[0]?.senders.prints).toHaveLength(200);
});

test('what is few stays as it is', () => {
  const rows = [buildDay({ day: 1 }), buildDay({ day: 2 }), buildDay({ day: 2, class: 'header-only' })];
  expect(limitDays(rows, 2)).toEqual(rows);
  expect(limitDays([])).toEqual([]);
});
