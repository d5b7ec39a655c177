import { mergeDays, rowKeyOf } from './merge-days.ts';
import type { TrafficDay } from './traffic-day.ts';

/** Where the mail of sources is collected that are too many on one day to be kept one by one. */
export const OTHER_ADDRESSES = 'other-addresses';

/** Rows of one day that are kept: enough for any company, few enough to hold thirty such days in memory. */
export const MOST_ROWS_A_DAY = 2000;

/**
 * Limits the rows of every day: an attack from a hundred thousand addresses must not fill table and memory. Kept are the
 * sources that are seen on most days, then those with most mail; the rest of a day is one row per class, so that every
 * message is still counted. Pure; the order of the rows does not matter.
 */
export function limitDays(rows: readonly TrafficDay[], most = MOST_ROWS_A_DAY): TrafficDay[] {
  const byDay = groupBy(mergeDays(rows), ({ day }) => day);
  if ([...byDay.values()].every((day) => day.length <= most)) return [...byDay.values()].flat();
  const daysOf = new Map<string, number>();
  for (const row of [...byDay.values()].flat()) daysOf.set(nameOf(row), (daysOf.get(nameOf(row)) ?? 0) + 1);
  const seenOn = (row: TrafficDay) => daysOf.get(nameOf(row)) ?? 0;
  return [...byDay.values()].flatMap((day) => {
    if (day.length <= most) return day;
    const sorted = [...day].sort(
      (a, b) => seenOn(b) - seenOn(a) || b.messages - a.messages || (rowKeyOf(a) < rowKeyOf(b) ? -1 : 1),
    );
    // Two places for what is collected, one per class.
    const kept = sorted.slice(0, most - 2);
    const rest = groupBy(sorted.slice(most - 2), (row) => row.class);
    return [...kept, ...[...rest.values()].map(collect)];
  });
}

/** Halves are merged first: most merges are then of small rows. */
function collect(rows: readonly TrafficDay[]): TrafficDay {
  const [first, second] = rows as readonly [TrafficDay, ...TrafficDay[]];
  // Addresses would name three of many as if the mail were theirs.
  if (second === undefined) return { ...first, source: OTHER_ADDRESSES, addresses: [] };
  const middle = Math.ceil(rows.length / 2);
  const [merged] = mergeDays([collect(rows.slice(0, middle)), collect(rows.slice(middle))]);
  return merged as TrafficDay;
}

function nameOf({ class: kind, source }: TrafficDay): string {
  return `${kind}|${source}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
