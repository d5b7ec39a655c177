import { foldDays } from '../../../shared/core/traffic/fold-days.ts';
import {
  comesBackTo,
  groupOf,
  isEstablished,
  isLasting,
  isRoaming,
  joinGroup,
  relaysForOthers,
  type SourceGroup,
} from '../../../shared/core/traffic/source-group.ts';
import { buildDays } from './build-source.ts';

const sourceOn = (days: readonly number[], input = {}) => foldDays(buildDays(days, input))[0]!;
const groupOn = (days: readonly number[], input = {}) => groupOf(sourceOn(days, input), null);

test.each<[string, number[], boolean, boolean]>([
  ['eight days within two weeks', [14, 1, 2, 3, 4, 5, 6, 7], true, true],
  ['seven days within two weeks', [1, 2, 3, 4, 5, 6, 14], false, true],
  ['eight days within 13 days', [1, 2, 3, 4, 5, 6, 7, 13], false, true],
  ['three days within a week', [7, 1, 3], false, true],
  ['three days within six days', [1, 3, 6], false, false],
  ['two days within a month', [1, 30], false, false],
])('%s: established %s, lasting %s', (_, days, established, lasting) => {
  expect(isEstablished(groupOn(days))).toBe(established);
  expect(isLasting(groupOn(days))).toBe(lasting);
});

const peopleOf = (count: number) => Array.from({ length: count }, (_, at) => `p${at}@contoso.example`);

test.each([
  ['three messages for two people', 3, 2, true],
  ['two messages for two people', 2, 2, false],
  ['five messages for four people', 5, 4, false],
  ['six messages for four people', 6, 4, true],
  ['many messages for nobody that is known', 50, 0, false],
])('%s', (_, messages, people, comesBack) => {
  expect(comesBackTo(groupOn([1], { messages, to: peopleOf(people) }))).toBe(comesBack);
});

/** A sender whose mail came from several addresses, with so many messages each, over three weeks. */
function senderFrom(...messages: number[]): SourceGroup {
  const groups = new Map<string, SourceGroup>();
  for (const [at, count] of messages.entries()) {
    const days = [1, 4, 7, 10, 13, 16, 19, 22].map((day) => day + at);
    const whole = sourceOn(days, { source: `203.0.113.${at}`, messages: 1 });
    joinGroup(groups, 'sender', { ...whole, messages: count }, null);
  }
  return groups.get('sender')!;
}

test.each([
  ['four addresses with as much mail each', [10, 10, 10, 10], true],
  ['four addresses, one with a third of the mail', [20, 10, 20, 10], true],
  ['four addresses, one with more than a third', [21, 10, 19, 10], false],
  ['three addresses', [10, 10, 10], false],
])('%s: roaming %#', (_, messages, roaming) => expect(isRoaming(senderFrom(...messages))).toBe(roaming));

test('what roamed for a day or two does not roam', () => {
  const groups = new Map<string, SourceGroup>();
  for (const at of [1, 2, 3, 4]) joinGroup(groups, 'sender', sourceOn([at], { source: `203.0.113.${at}` }), null);
  expect(isRoaming(groups.get('sender')!)).toBe(false);
});

test.each([
  [5, 3, 3, true],
  [4, 3, 3, false],
  [5, 2, 3, false],
  [5, 3, 2, false],
])('%d messages of %d other domains on %d days: a service for many %s', (messages, domains, days, relays) => {
  expect(relaysForOthers(groupOf(sourceOn([1]), { messages, domains, days }))).toBe(relays);
});

test('a group adds up messages, people and days, and takes the most domains of any one source', () => {
  const groups = new Map<string, SourceGroup>();
  const [one, other] = [sourceOn([1, 2], { to: ['a@x.example'] }), sourceOn([2, 3], { to: ['b@x.example'] })];
  joinGroup(groups, 'g', one, { messages: 3, domains: 4, days: 1 });
  joinGroup(groups, 'g', other, { messages: 5, domains: 2, days: 6 });
  joinGroup(groups, 'g', other, null);
  expect(groups.get('g')).toMatchObject({ sources: 3, messages: 24, largest: 8 });
  expect(groups.get('g')?.neighbours).toEqual({ messages: 8, domains: 4, days: 6 });
  expect(groups.get('g')?.days.size).toBe(3);
  expect(groups.get('g')?.recipients.size).toBe(2);
});

test('without known people there are none', () => {
  const whole = sourceOn([1]);
  expect(groupOf({ ...whole, recipients: null }, null).recipients.size).toBe(0);
});
