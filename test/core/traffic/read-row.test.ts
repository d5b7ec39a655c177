import { count, list, moment, text } from '../../../shared/core/traffic/read-row.ts';

test.each<[unknown, string]>([
  ['scan', 'scan'],
  ['', ''],
  [undefined, ''],
  [null, ''],
  [7, ''],
  [['scan'], ''],
  [{ toString: () => 'scan' }, ''],
])('a column with %j has the text %j', (value, read) => expect(text({ C: value }, 'C')).toBe(read));

test.each<[unknown, number]>([
  [7, 7],
  [0, 0],
  ['7', 7],
  ['007', 7],
  ['123456789012345', 123_456_789_012_345],
  ['1234567890123456', 0],
  [-3, 0],
  ['-3', 0],
  ['+3', 0],
  ['3 ', 0],
  [' 3', 0],
  ['3 messages', 0],
  ['no 3', 0],
  ['', 0],
  [1.5, 0],
  ['1.5', 0],
  ['1e3', 0],
  [Number.NaN, 0],
  [Number.POSITIVE_INFINITY, 0],
  [2 ** 53, 0],
  [true, 0],
  [null, 0],
  [[7], 0],
])('a column with %j counts %d', (value, read) => expect(count({ C: value }, 'C')).toBe(read));

test.each<[string, unknown, string[]]>([
  ['texts, sorted', ['b', 'a'], ['a', 'b']],
  ['numbers too', [15, 6], ['15', '6']],
  ['each once', ['a', 'b', 'a', 6, '6'], ['6', 'a', 'b']],
  ['at most three', ['d', 'c', 'b', 'a'], ['a', 'b', 'c']],
  ['a list that is written as JSON', '["b","a"]', ['a', 'b']],
  ['of other things nothing', ['a', null, { b: 1 }, ['c'], true, undefined], ['a']],
  ['nothing of a text', 'a, b', []],
  ['nothing of JSON that is no list', '{"a":1}', []],
  ['nothing of what is no list', { a: 1 }, []],
  ['nothing of nothing', undefined, []],
])('a list column gives %s', (_, value, read) => expect(list({ C: value }, 'C', 3)).toEqual(read));

const AT = '2026-10-05T06:30:00.000Z';

test.each<[string, unknown, string | null]>([
  ['in UTC', '2026-10-05T06:30:00Z', AT],
  ['with another zone', '2026-10-05T08:30:00+02:00', AT],
  ['without a zone, which is UTC', '2026-10-05T06:30:00', AT],
  ['without a zone and seconds', '2026-10-05T06:30', AT],
  ['without a zone, with ten millionths', '2026-10-05T06:30:00.1234567', '2026-10-05T06:30:00.123Z'],
  ['without a zone, with one tenth', '2026-10-05T06:30:00.1', '2026-10-05T06:30:00.100Z'],
  ['with a space for the T', '2026-10-05 06:30:00', AT],
  ['as a day', '2026-10-05', '2026-10-05T00:00:00.000Z'],
  ['that is none', 'yesterday', null],
  ['that is empty', '', null],
  ['that is a number', 1_791_181_800_000, null],
  ['that is missing', undefined, null],
])('a moment %s', (_, value, read) => expect(moment({ C: value }, 'C')).toBe(read));
