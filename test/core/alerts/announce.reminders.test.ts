import { announceSetting } from '../../../shared/core/alerts/announce.ts';
import type { AlertPolicy } from '../../../shared/core/setting/policy.ts';
import type { TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { DAY, HOUR, type Instant, later, WEEK } from '../../../shared/core/time.ts';
import { at } from '../setting/live-through.ts';
import { exceptionFrom, linesOf, POLICY, watch, watched, watchOn } from './watch-tenant.ts';

const drifted = watched(POLICY, [0, 'enforced'], [HOUR, 'permissive']);
const saidAt = drifted.open!.announcedAt!;
const escalating: AlertPolicy = { ...POLICY, escalation: { channels: ['boss'], after: 4 * HOUR } };

/** What is due to be said at a moment, without a new reading. */
const say = (state: TenantState, now: Instant, policy = POLICY) => announceSetting(state, policy, now);
const acknowledge = (state: TenantState, until: Instant | null): TenantState => {
  return { ...state, open: { ...state.open!, acknowledged: { by: 'Jana', at: saidAt, until } } };
};

describe('a reminder', () => {
  test('comes after 24 hours, and not a millisecond earlier', () => {
    expect(say(drifted, later(saidAt, DAY - 1)).drafts).toEqual([]);
    expect(linesOf(say(drifted, later(saidAt, DAY)).drafts)).toEqual(['reminder (due) to ops']);
  });

  test('then comes weekly', () => {
    const first = say(drifted, later(saidAt, DAY)).state;
    expect(say(first, later(saidAt, DAY + WEEK - 1)).drafts).toEqual([]);
    const second = say(first, later(saidAt, DAY + WEEK));
    expect(second.drafts[0]?.facts).toMatchObject({ ordinal: 2 });
    expect(linesOf(say(second.state, later(saidAt, DAY + 2 * WEEK)).drafts)).toHaveLength(1);
  });

  test('comes once after a year of silence, and the next one a week later', () => {
    const late = say(drifted, later(saidAt, 365 * DAY));
    expect(linesOf(late.drafts)).toEqual(['reminder (due) to ops']);
    expect(say(late.state, later(saidAt, 365 * DAY + WEEK - 1)).drafts).toEqual([]);
    expect(say(late.state, later(saidAt, 365 * DAY + WEEK)).drafts[0]?.facts).toMatchObject({ ordinal: 2 });
  });

  test('says since when, which one it is, and when it was last verified', () => {
    const { drafts } = watch(drifted, 'permissive', at(30 * HOUR));
    const facts = { kind: 'reminder', window: drifted.open!.window, episode: 1, ordinal: 1, because: 'due' };
    expect(drafts).toEqual([
      {
        facts: { ...facts, verifiedAt: at(30 * HOUR), unreadable: null },
        occasion: `1|${drifted.open!.openedAt}|due|1`,
        channels: ['ops'],
      },
    ]);
  });

  test('comes also while the setting cannot be read, and says why it cannot', () => {
    const { drafts } = watch(drifted, 'throttled', at(30 * HOUR));
    expect(drafts[0]?.facts).toMatchObject({ because: 'due', verifiedAt: at(HOUR), unreadable: 'throttled' });
  });
});

describe('an acknowledgement', () => {
  const noted = acknowledge(drifted, later(saidAt, 10 * DAY));

  test('stops reminders until its end, and the next reading does not undo it', () => {
    expect(say(noted, later(saidAt, 10 * DAY - 1)).drafts).toEqual([]);
    expect(watchOn(noted, POLICY, [5 * DAY, 'permissive']).open?.acknowledged).toEqual(noted.open?.acknowledged);
    expect(linesOf(say(noted, later(saidAt, 10 * DAY)).drafts)).toEqual(['reminder (due) to ops']);
  });

  test('without an end stops them until the episode ends', () => {
    expect(say(acknowledge(drifted, null), later(saidAt, 999 * DAY)).drafts).toEqual([]);
  });

  test('never changes what is believed', () => {
    const { state } = watch(noted, 'permissive', at(3 * DAY));
    expect([state.phase, state.open?.number]).toEqual(['permissive', 1]);
  });

  test('does not hide the recovery', () => {
    const state = watchOn(noted, POLICY, [3 * DAY, 'enforced']);
    expect(linesOf(watch(state, 'enforced', at(3 * DAY + HOUR)).drafts)).toEqual(['recovered to ops']);
  });

  test('says nothing of the next episode', () => {
    const closed = watchOn(noted, POLICY, [3 * DAY, 'enforced'], [4 * DAY, 'enforced']);
    const again = watch(closed, 'permissive', at(5 * DAY));
    expect([linesOf(again.drafts), again.state.open?.acknowledged]).toEqual([['drifted to ops'], null]);
  });

  test('stops the escalation too', () => {
    expect(say(noted, later(saidAt, 9 * HOUR), escalating).drafts).toEqual([]);
  });
});

describe('an escalation', () => {
  test('comes when nobody acknowledged in time, and not a millisecond earlier', () => {
    expect(say(drifted, later(saidAt, 4 * HOUR - 1), escalating).drafts).toEqual([]);
    const { drafts, state } = say(drifted, later(saidAt, 4 * HOUR), escalating);
    expect(linesOf(drafts)).toEqual(['reminder (escalation) to boss']);
    expect(drafts[0]).toMatchObject({ facts: { ordinal: 0 }, occasion: `1|${drifted.open!.openedAt}|escalation|1` });
    expect(state.open).toMatchObject({ escalatedAt: later(saidAt, 4 * HOUR), toldChannels: ['ops', 'boss'] });
  });

  test('comes once', () => {
    const { state } = say(drifted, later(saidAt, 4 * HOUR), escalating);
    expect(say(state, later(saidAt, 23 * HOUR), escalating).drafts).toEqual([]);
  });

  test('comes with the drift when there is no time to wait for', () => {
    const policy: AlertPolicy = { ...POLICY, escalation: { channels: ['boss'], after: 0 } };
    const { drafts, state, now } = watch(watched(policy, [0, 'enforced']), 'permissive', at(HOUR), policy);
    expect(linesOf(drafts)).toEqual(['drifted to ops', 'reminder (escalation) to boss']);
    expect(say(state, now, policy).drafts).toEqual([]);
  });

  test('comes again when an exception ended and again nobody acknowledged', () => {
    const policy: AlertPolicy = { ...escalating, exceptions: [exceptionFrom(10 * HOUR, 20 * HOUR)] };
    const excepted = watchOn(
      drifted,
      policy,
      [6 * HOUR, 'permissive'],
      [12 * HOUR, 'permissive'],
      [20 * HOUR, 'permissive'],
    );
    const { drafts } = watch(excepted, 'permissive', at(24 * HOUR), policy);
    expect(linesOf(drafts)).toEqual(['reminder (escalation) to boss']);
    expect(drafts[0]?.occasion).toBe(`1|${drifted.open!.openedAt}|escalation|2`);
  });

  test('is told of the recovery', () => {
    const state = watchOn(drifted, escalating, [6 * HOUR, 'permissive'], [7 * HOUR, 'enforced']);
    expect(linesOf(watch(state, 'enforced', at(8 * HOUR), escalating).drafts)).toEqual(['recovered to ops and boss']);
  });
});

describe('a channel that is added later', () => {
  const policy: AlertPolicy = { ...POLICY, channels: ['ops', 'siem', 'mail'] };

  test('hears at once of what is open, alone, and once', () => {
    const { drafts, state } = say(drifted, later(saidAt, HOUR), policy);
    expect(linesOf(drafts)).toEqual(['reminder (new-channel) to siem and mail']);
    expect(drafts[0]).toMatchObject({
      facts: { ordinal: 0 },
      occasion: `1|${drifted.open!.openedAt}|new-channel|siem,mail`,
    });
    expect(state.open).toMatchObject({ toldChannels: ['ops', 'siem', 'mail'], reminders: 0 });
    expect(say(state, later(saidAt, 2 * HOUR), policy).drafts).toEqual([]);
  });

  test('hears of it also when it is acknowledged', () => {
    expect(linesOf(say(acknowledge(drifted, null), later(saidAt, HOUR), policy).drafts)).toHaveLength(1);
  });

  test('gets the reminder that is due beside it', () => {
    const { drafts } = say(drifted, later(saidAt, DAY), policy);
    expect(linesOf(drafts)).toEqual([
      'reminder (new-channel) to siem and mail',
      'reminder (due) to ops and siem and mail',
    ]);
  });

  test('hears of what was open before there was any channel', () => {
    const untold = watched({ ...POLICY, channels: [] }, [0, 'enforced'], [HOUR, 'permissive']);
    expect(linesOf(say(untold, later(saidAt, HOUR)).drafts)).toEqual(['reminder (new-channel) to ops']);
  });
});
