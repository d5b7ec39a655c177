import { announceSetting } from '../../../shared/core/alerts/announce.ts';
import type { AlertPolicy } from '../../../shared/core/setting/policy.ts';
import { newTenantState } from '../../../shared/core/setting/tenant-state.ts';
import { HOUR, later, MINUTE, SECOND } from '../../../shared/core/time.ts';
import { at, check, REGISTERED, type Seen } from '../setting/live-through.ts';
import { type Checks, linesOf, maintenanceFrom, POLICY, watch, watched, watchOn } from './watch-tenant.ts';

/** When the answer to a question of this time had come. */
const answered = (milliseconds: number) => at(milliseconds + 2 * SECOND);

describe('what is said at once', () => {
  test('a drift, with its window, to the channels of the tenant', () => {
    const { drafts, state } = watch(watched(POLICY, [0, 'enforced']), 'permissive', at(HOUR), {
      ...POLICY,
      channels: ['ops', 'siem'],
    });
    const window = { notBefore: at(0), notAfter: answered(HOUR) };
    const facts = { kind: 'drifted', window, checkedAt: at(HOUR), episode: 1, exceptionEnded: false, heldBack: false };
    expect(drafts).toEqual([{ facts, occasion: `1|${answered(HOUR)}|1`, channels: ['ops', 'siem'] }]);
    expect(state.open).toMatchObject({ announcedAt: answered(HOUR), announcements: 1, toldChannels: ['ops', 'siem'] });
  });

  test('a tenant that is found permissive', () => {
    const { drafts } = watch(newTenantState(REGISTERED), 'permissive', at(HOUR));
    expect(drafts).toEqual([expect.objectContaining({ channels: ['ops'] })]);
    expect(drafts[0]?.facts).toMatchObject({ kind: 'found-permissive', window: { notBefore: null } });
  });

  test.each<[string, Checks, Seen]>([
    ['a baseline', [], 'enforced'],
    ['an enforced tenant that stays so', [[0, 'enforced']], 'enforced'],
    ['an unknown reading', [[0, 'enforced']], 'network'],
    [
      'a drift that was said',
      [
        [0, 'enforced'],
        [HOUR, 'permissive'],
      ],
      'permissive',
    ],
    [
      'a drift that was said, unreadable now',
      [
        [0, 'enforced'],
        [HOUR, 'permissive'],
      ],
      'network',
    ],
    [
      'the first enforced reading after it',
      [
        [0, 'enforced'],
        [HOUR, 'permissive'],
      ],
      'enforced',
    ],
  ])('not %s', (_, checks, seen) => {
    expect(watch(watched(POLICY, ...checks), seen, at(2 * HOUR)).drafts).toEqual([]);
  });

  test('nothing new when it is said again at the same moment', () => {
    const { state, now } = watch(watched(POLICY, [0, 'enforced']), 'permissive', at(HOUR));
    expect(announceSetting(state, POLICY, now)).toEqual({ state, drafts: [], notes: [] });
  });
});

test('what was answered within the millisecond was not held back', () => {
  const { state } = check(newTenantState(REGISTERED), 'permissive', at(0));
  const instant = { ...state, newest: { askedAt: state.open!.openedAt, runId: 'run' } };
  expect(announceSetting(instant, POLICY, at(HOUR)).drafts[0]?.facts).toMatchObject({ heldBack: false });
});

describe('a recovery', () => {
  const drifted = [
    [0, 'enforced'],
    [HOUR, 'permissive'],
  ] as const;
  const recovered = watched(POLICY, ...drifted, [49 * HOUR, 'enforced']);

  test('is said after the second enforced reading, with how long it stood open', () => {
    const { drafts, state, noted } = watch(recovered, 'enforced', at(50 * HOUR));
    const window = { notBefore: at(0), notAfter: answered(HOUR) };
    const facts = { kind: 'recovered', window, episode: 1, closedAt: answered(49 * HOUR), openFor: 48 * HOUR };
    expect(drafts).toEqual([{ facts, occasion: `1|${answered(HOUR)}`, channels: ['ops'] }]);
    expect([state.closed, noted]).toEqual([null, ['recovered']]);
  });

  test('is said to everyone who was told, also where the tenant no longer reports', () => {
    const { drafts } = watch(recovered, 'enforced', at(50 * HOUR), { ...POLICY, channels: ['other'] });
    expect(linesOf(drafts)).toEqual(['recovered to ops']);
  });

  test('is not said of an episode that nobody heard of', () => {
    const policy = { ...POLICY, windows: [maintenanceFrom(0, 24 * HOUR)] };
    const state = watched(
      policy,
      [0, 'enforced'],
      [HOUR, 'permissive'],
      [2 * HOUR, 'enforced'],
      [3 * HOUR, 'enforced'],
    );
    expect(watch(state, 'enforced', at(25 * HOUR), policy).drafts).toEqual([]);
  });

  test('did not take a negative time when a clock was set back meanwhile', () => {
    const back = -30 * 24 * HOUR;
    const pending = watch(watched(POLICY, ...drifted), 'enforced', at(back)).state;
    const { drafts } = watch(pending, 'enforced', at(back + HOUR));
    expect(drafts[0]?.facts).toMatchObject({ kind: 'recovered', openFor: 0 });
  });
});

describe('while a recovery is pending, nothing is said to be open', () => {
  const drifted = [
    [0, 'enforced'],
    [HOUR, 'permissive'],
  ] as const;

  test('no reminder, however due, until the next reading decides', () => {
    const pending = watch(watched(POLICY, ...drifted), 'enforced', at(40 * HOUR));
    expect(pending.drafts).toEqual([]);
    expect(watch(pending.state, 'network', at(41 * HOUR)).drafts).toEqual([]);
    expect(linesOf(watch(pending.state, 'permissive', at(41 * HOUR)).drafts)).toEqual(['reminder (due) to ops']);
  });

  test('no drift that was held back', () => {
    const policy: AlertPolicy = { ...POLICY, windows: [maintenanceFrom(0, 24 * HOUR)] };
    const pending = watch(watched(policy, ...drifted), 'enforced', at(24 * HOUR), policy);
    expect(pending.drafts).toEqual([]);
    expect(linesOf(watch(pending.state, 'permissive', at(25 * HOUR), policy).drafts)).toEqual(['drifted to ops']);
  });
});

describe('maintenance', () => {
  const policy: AlertPolicy = { ...POLICY, windows: [maintenanceFrom(30 * MINUTE, 24 * HOUR)] };
  const drifted = watched(policy, [0, 'enforced'], [HOUR, 'permissive']);

  test('holds everything back and changes nothing', () => {
    expect(drifted.open?.announcedAt).toBeNull();
    expect(announceSetting(drifted, policy, at(23 * HOUR))).toEqual({ state: drifted, drafts: [], notes: [] });
  });

  test('releases at its end what is still true, and says that it was held back', () => {
    const { drafts } = watch(drifted, 'permissive', at(24 * HOUR), policy);
    const window = { notBefore: at(0), notAfter: answered(HOUR) };
    expect(drafts[0]?.facts).toMatchObject({ kind: 'drifted', window, checkedAt: at(24 * HOUR), heldBack: true });
  });

  test('releases a recovery at its end', () => {
    const told = watched(POLICY, [0, 'enforced'], [10 * MINUTE, 'permissive'], [20 * MINUTE, 'enforced']);
    const held = watch(told, 'enforced', at(HOUR), policy);
    expect(held.drafts).toEqual([]);
    expect(linesOf(watch(held.state, 'enforced', at(24 * HOUR), policy).drafts)).toEqual(['recovered to ops']);
  });

  const pending = watched(POLICY, [0, 'enforced'], [10 * MINUTE, 'permissive'], [20 * MINUTE, 'enforced']);

  test('drops a held-back recovery when the tenant is permissive again at its end', () => {
    const state = watchOn(pending, policy, [HOUR, 'enforced'], [2 * HOUR, 'permissive']);
    const released = watch(state, 'permissive', at(24 * HOUR), policy);
    expect(linesOf(released.drafts)).toEqual(['drifted to ops']);
    expect(released.state.closed).toBeNull();
  });

  test('releases the recovery that people wait for when a second episode came and went unheard', () => {
    const state = watchOn(
      pending,
      policy,
      [HOUR, 'enforced'],
      [2 * HOUR, 'permissive'],
      [3 * HOUR, 'enforced'],
      [4 * HOUR, 'enforced'],
    );
    const { drafts } = watch(state, 'enforced', at(24 * HOUR), policy);
    expect(linesOf(drafts)).toEqual(['recovered to ops']);
    expect(drafts[0]?.facts).toMatchObject({ episode: 1, closedAt: answered(20 * MINUTE) });
  });

  test('holds back only what begins in it: a drift a millisecond before was said', () => {
    const { state } = watch(watched(policy, [0, 'enforced']), 'permissive', at(30 * MINUTE - 2 * SECOND - 1), policy);
    expect(state.open?.announcedAt).toBe(later(at(30 * MINUTE), -1));
  });
});
