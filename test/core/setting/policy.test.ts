import {
  activeException,
  type Exception,
  inMaintenance,
  type MaintenanceWindow,
} from '../../../shared/core/setting/policy.ts';
import { DAY, HOUR, MINUTE, WEEK } from '../../../shared/core/time.ts';
import { at } from './live-through.ts';

const exception = (id: string, from: number, until: number): Exception => {
  return { id, reason: 'The scanner cannot sign in.', approvedBy: 'CISO', from: at(from), until: at(until) };
};
const window = (from: number, until: number, every: MaintenanceWindow['every'] = null): MaintenanceWindow => {
  return { id: 'm-1', reason: 'Migration', from: at(from), until: at(until), every };
};

describe('the exception that holds', () => {
  const one = exception('x-1', HOUR, DAY);

  test.each<[string, number, string | null]>([
    ['a millisecond before it begins', HOUR - 1, null],
    ['when it begins', HOUR, 'x-1'],
    ['a millisecond before it ends', DAY - 1, 'x-1'],
    ['when it ends', DAY, null],
  ])('%s', (_, now, id) => expect(activeException([one], at(now))?.id ?? null).toBe(id));

  test('is the one that ends last when several do', () => {
    const several = [exception('short', 0, 2 * DAY), exception('long', 0, 9 * DAY), exception('middle', 0, 5 * DAY)];
    expect(activeException(several, at(DAY))?.id).toBe('long');
    expect(activeException(several, at(9 * DAY))).toBeNull();
  });

  test('is the first one when several end together', () => {
    expect(activeException([exception('first', 0, DAY), exception('second', 0, DAY)], at(HOUR))?.id).toBe('first');
  });

  test('is none of those to come, however long they last', () => {
    expect(activeException([exception('later', 2 * DAY, 99 * DAY), one], at(2 * HOUR))?.id).toBe('x-1');
  });

  test('is none when there is none', () => expect(activeException([], at(0))).toBeNull());
});

describe('a maintenance window', () => {
  const once = window(0, 2 * HOUR);
  const daily = window(0, 2 * HOUR, 'day');
  const weekly = window(0, 2 * HOUR, 'week');

  test.each<[string, MaintenanceWindow, number, boolean]>([
    ['once, a millisecond early', once, -1, false],
    ['once, at its beginning', once, 0, true],
    ['once, a millisecond before its end', once, 2 * HOUR - 1, true],
    ['once, at its end', once, 2 * HOUR, false],
    ['once, a day later', once, DAY, false],
    ['daily, a day early', daily, -DAY, false],
    ['daily, the first time', daily, HOUR, true],
    ['daily, between', daily, 3 * HOUR, false],
    ['daily, a year later', daily, 365 * DAY + MINUTE, true],
    ['daily, a year later, at its end', daily, 365 * DAY + 2 * HOUR, false],
    ['weekly, the next day', weekly, DAY, false],
    ['weekly, the next week', weekly, WEEK, true],
    ['weekly, the next week, at its end', weekly, WEEK + 2 * HOUR, false],
    ['daily and longer than a day', window(0, 30 * HOUR, 'day'), 7 * DAY + 7 * HOUR, true],
  ])('%s', (_, one, now, open) => expect(inMaintenance([one], at(now))).toBe(open));

  test('is open when any of several is', () => {
    expect(inMaintenance([window(DAY, 2 * DAY), daily], at(HOUR))).toBe(true);
    expect(inMaintenance([], at(HOUR))).toBe(false);
  });
});
