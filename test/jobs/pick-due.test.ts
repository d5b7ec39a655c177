import fc from 'fast-check';
import { LONGEST_WAIT } from '../../shared/core/alerts/retry-table.ts';
import { HOUR, later, SECOND } from '../../shared/core/time.ts';
import { nextDue, pickDue } from '../../shared/jobs/pick-due.ts';
import type { Waiting } from '../../shared/jobs/send-group.ts';
import type { ChannelPace, MailboxItem } from '../../shared/jobs/services.ts';
import { LEDGER } from '../support/sample-facts.ts';

const NOW = '2026-11-20T09:14:05.000Z';

function waiting(alertId: string, change: Partial<MailboxItem> = {}): Waiting {
  const item: MailboxItem = {
    ...{ channel: 'ops', alertId, scope: 'tenant', kind: 'drifted', createdAt: NOW, nextAt: NOW, attempts: 0 },
    ...{ status: 'pending', sendingSince: null, mayHaveArrived: false, accepted: null },
    ...change,
  };
  const alert = { id: alertId, raisedAt: NOW, tenant: null, ledger: LEDGER, facts: { kind: 'test' } } as const;
  const row = { scope: 'tenant', channel: 'ops', alert, status: item.status, attempts: item.attempts } as const;
  return {
    item,
    row: { ...row, acceptedAt: null, lastError: null, workflowRun: null, digestId: null, acknowledged: null },
  };
}

const healthy: ChannelPace = {
  ...{ leaseOwner: null, leaseUntil: null, lastPostAt: null, holdUntil: null, lastAcceptedAt: null, broken: null },
};
const brokenSince = (probes: number, nextProbeAt: string): ChannelPace => {
  return { ...healthy, broken: { since: NOW, cause: 'flow-disabled', detail: '', probes, nextProbeAt } };
};
const idsOf = (due: readonly Waiting[]) => due.map(({ item }) => item.alertId);
const soon = later(NOW, SECOND);

describe('a healthy channel gets', () => {
  test.each<[string, Waiting[], string[]]>([
    ['nothing when nothing waits', [], []],
    ['everything that is due, in order', [waiting('a'), waiting('b'), waiting('c')], ['a', 'b', 'c']],
    ['nothing before its time', [waiting('a', { nextAt: soon }), waiting('b')], ['b']],
    ['what is due to the millisecond', [waiting('a', { nextAt: NOW })], ['a']],
    [
      'what failed before at the end',
      [waiting('a', { attempts: 2 }), waiting('b', { attempts: 1 }), waiting('c')],
      ['c', 'b', 'a'],
    ],
    [
      'what was parked after all the rest',
      [waiting('a', { status: 'parked' }), waiting('b', { attempts: 9 })],
      ['b', 'a'],
    ],
    ['what was parked whatever its time', [waiting('a', { status: 'parked', nextAt: soon })], ['a']],
    ['the longest wait that a rule allows is waited', [waiting('a', { nextAt: later(NOW, LONGEST_WAIT) })], []],
    ['what a wrong clock put farther away', [waiting('a', { nextAt: later(NOW, LONGEST_WAIT + 1) })], ['a']],
  ])('%s', (_, all, ids) => expect(idsOf(pickDue(all, healthy, NOW))).toEqual(ids));
});

describe('a channel that asked to wait gets', () => {
  const held = (holdUntil: string): ChannelPace => ({ ...healthy, holdUntil });

  test.each<[string, string, string[]]>([
    ['nothing before that', soon, []],
    ['everything when the time has come', NOW, ['a', 'b']],
    ['everything when the time lies farther away than any rule allows', later(NOW, LONGEST_WAIT + 1), ['a', 'b']],
  ])('%s', (_, holdUntil, ids) => {
    expect(idsOf(pickDue([waiting('a'), waiting('b')], held(holdUntil), NOW))).toEqual(ids);
  });
});

describe('a broken channel gets', () => {
  const parked = ['a', 'b', 'c'].map((id) => waiting(id, { status: 'parked' }));

  test('one new message at a time', () => {
    expect(idsOf(pickDue([...parked, waiting('d'), waiting('e')], brokenSince(0, soon), NOW))).toEqual(['d']);
  });

  test('no probe before its time', () => expect(pickDue(parked, brokenSince(0, soon), NOW)).toEqual([]));

  test.each([
    [0, 'a'],
    [1, 'b'],
    [2, 'c'],
    [3, 'a'],
  ])('as probe %d another one than before', (probes, id) => {
    expect(idsOf(pickDue(parked, brokenSince(probes, NOW), NOW))).toEqual([id]);
  });

  test('a probe when its time lies farther away than any rule allows', () => {
    expect(idsOf(pickDue(parked, brokenSince(0, later(NOW, LONGEST_WAIT + 1)), NOW))).toEqual(['a']);
  });

  test('nothing when nothing is parked', () => expect(pickDue([], brokenSince(5, NOW), NOW)).toEqual([]));
});

describe('something comes due by itself', () => {
  const later1 = later(NOW, HOUR);

  test.each<[string, Waiting[], ChannelPace, string | null]>([
    [
      'at the earliest time of what waits',
      [waiting('a', { nextAt: later1 }), waiting('b', { nextAt: soon })],
      healthy,
      soon,
    ],
    ['not before the channel allows it', [waiting('a', { nextAt: soon })], { ...healthy, holdUntil: later1 }, later1],
    ['later than the channel allows it', [waiting('a', { nextAt: later1 })], { ...healthy, holdUntil: soon }, later1],
    ['never when nothing waits', [], healthy, null],
    ['never when all is parked', [waiting('a', { status: 'parked' })], healthy, null],
    ['never in a broken channel', [waiting('a')], brokenSince(0, soon), null],
  ])('%s', (_, all, pace, next) => expect(nextDue(all, pace)).toBe(next));
});

test('whatever waits in a healthy channel is picked now or within the longest wait', () => {
  const item = fc.record({
    attempts: fc.nat(20),
    status: fc.constantFrom('pending', 'parked'),
    nextAt: fc.integer({ min: -HOUR, max: 2 * LONGEST_WAIT }).map((wait) => later(NOW, wait)),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 20 }), (items) => {
      const all = items.map((one, at) => waiting(`alert-${at}`, one));
      const due = [NOW, later(NOW, LONGEST_WAIT)].flatMap((now) => idsOf(pickDue(all, healthy, now)));
      expect([...new Set(due)].sort()).toEqual(idsOf(all).sort());
    }),
    { seed: 91, numRuns: 200 },
  );
});
