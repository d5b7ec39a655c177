import fc from 'fast-check';
import { ALERT_KINDS, type AlertKind } from '../../../shared/core/alerts/alert.ts';
import { type Groupable, MOST_SINGLE_CARDS, nextGroup } from '../../../shared/core/alerts/group-alerts.ts';

const about = (count: number, kind: AlertKind = 'drifted', prefix = 'tenant'): Groupable[] =>
  Array.from({ length: count }, (_, at) => ({ kind, scope: `${prefix}-${at}` }));

const TOGETHER: readonly AlertKind[] = [
  ...(['drifted', 'found-permissive', 'reminder', 'recovered', 'blinded', 'sighted'] as const),
  ...(['attributed', 'exception-expiring', 'spoofing-seen'] as const),
];
const ALONE = ALERT_KINDS.filter((kind) => !TOGETHER.includes(kind));

test('nothing waits: nothing to send', () => expect(nextGroup([], true)).toEqual([]));

test('five tenants get a card each, six become one digest', () => {
  expect(MOST_SINGLE_CARDS).toBe(5);
  expect(nextGroup(about(5), true)).toEqual(about(1));
  expect(nextGroup(about(6), true)).toEqual(about(6));
});

test('tenants count, not alerts', () => {
  const six = Array.from({ length: 6 }, () => ({ kind: 'drifted', scope: 'tenant-0' }) as const);
  expect(nextGroup(six, true)).toHaveLength(1);
});

test('a channel that cannot group gets one alert at a time', () => {
  expect(nextGroup(about(100), false)).toEqual(about(1));
});

test('both kinds of opening are one story', () => {
  const waiting = [...about(3, 'drifted', 'a'), ...about(3, 'found-permissive', 'b')];
  expect(nextGroup(waiting, true)).toEqual(waiting);
});

test('only relatives of the first alert go with it, in the order in which they wait', () => {
  const [first, ...others] = about(7);
  const waiting = [first!, ...about(9, 'recovered'), ...others];
  expect(nextGroup(waiting, true)).toEqual(about(7));
});

test('stories of different kinds never share a digest', () => {
  const story = (kind: AlertKind) => (kind === 'found-permissive' ? 'drifted' : kind);
  for (const one of TOGETHER) {
    for (const other of TOGETHER.filter((kind) => story(kind) !== story(one))) {
      expect(nextGroup([...about(3, one, 'a'), ...about(6, other, 'b')], true)).toEqual(about(1, one, 'a'));
    }
  }
});

test('more than five of one kind do not wait for a digest behind a lone alert of another', () => {
  const waiting = [...about(1, 'recovered'), ...about(9)];
  expect(nextGroup(waiting, true)).toEqual(about(1, 'recovered'));
});

test.each(TOGETHER)('%s of many tenants is grouped', (kind) => {
  expect(nextGroup(about(6, kind), true)).toHaveLength(6);
});

test.each(ALONE)('%s is about us and read by itself', (kind) => {
  expect(nextGroup(about(6, kind), true)).toHaveLength(1);
});

test('whatever waits is sent in the end, nothing twice', () => {
  const one = fc.record({ kind: fc.constantFrom(...ALERT_KINDS), scope: fc.constantFrom(...'abcdefgh') });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 60, size: 'max' }), fc.boolean(), (all, mayGroup) => {
      let waiting: readonly Groupable[] = all;
      const sent: Groupable[] = [];
      while (waiting.length > 0) {
        const group = nextGroup(waiting, mayGroup);
        expect(group[0]).toBe(waiting[0]);
        sent.push(...group);
        waiting = waiting.filter((item) => !group.includes(item));
      }
      expect(new Set(sent)).toEqual(new Set(all));
      expect(sent).toHaveLength(all.length);
    }),
    { seed: 30, numRuns: 200 },
  );
});
