import { announceSetting, EXPIRY_NOTICE } from '../../../shared/core/alerts/announce.ts';
import type { AlertPolicy } from '../../../shared/core/setting/policy.ts';
import { DAY, HOUR, later, SECOND } from '../../../shared/core/time.ts';
import { at } from '../setting/live-through.ts';
import { exceptionFrom, linesOf, maintenanceFrom, POLICY, watch, watched, watchOn } from './watch-tenant.ts';

const QUARTER = 90 * DAY;
const excepting: AlertPolicy = { ...POLICY, exceptions: [exceptionFrom(0, QUARTER)] };
const excepted = watched(excepting, [0, 'enforced'], [HOUR, 'permissive']);

describe('an exception', () => {
  test('turns a drift into something recorded and not said', () => {
    const { drafts, noted, state } = watch(watched(excepting, [0, 'enforced']), 'permissive', at(HOUR), excepting);
    expect([drafts, noted]).toEqual([[], ['drifted', 'excepted']]);
    expect([state.phase, state.open?.exceptedBy, state.open?.announcedAt]).toEqual(['permissive', 'x-1', null]);
  });

  test('does so for a tenant that is found permissive', () => {
    const { drafts, noted } = watch(watched(excepting), 'permissive', at(HOUR), excepting);
    expect([drafts, noted]).toEqual([[], ['found-permissive', 'excepted']]);
  });

  test('is recorded with its end, once', () => {
    const fresh = watched(POLICY, [0, 'enforced'], [HOUR, 'permissive']);
    const { notes, state } = announceSetting(fresh, excepting, at(2 * HOUR));
    expect(notes).toEqual([{ kind: 'excepted', episode: 1, exceptionId: 'x-1', until: at(QUARTER) }]);
    expect(announceSetting(state, excepting, at(3 * HOUR)).notes).toEqual([]);
  });

  test('that is approved after the alert stops the reminders', () => {
    const later = watchOn(watched(POLICY, [0, 'enforced'], [HOUR, 'permissive']), excepting, [2 * HOUR, 'permissive']);
    expect(later.open?.nextReminderAt).toBeNull();
    expect(watch(later, 'permissive', at(40 * DAY), excepting).drafts).toEqual([]);
  });

  test('that follows another one is recorded anew', () => {
    const second: AlertPolicy = { ...POLICY, exceptions: [exceptionFrom(0, 2 * QUARTER, 'x-2')] };
    expect(watch(excepted, 'permissive', at(2 * HOUR), second).noted).toEqual(['excepted']);
  });

  test('does not keep a recovery from being said to those who heard of the drift', () => {
    const told = watched(POLICY, [0, 'enforced'], [HOUR, 'permissive']);
    const pending = watchOn(told, excepting, [2 * HOUR, 'permissive'], [3 * HOUR, 'enforced']);
    expect(linesOf(watch(pending, 'enforced', at(4 * HOUR), excepting).drafts)).toEqual(['recovered to ops']);
  });

  test('that nobody needed ends without a word', () => {
    const enforced = watched(excepting, [0, 'enforced']);
    expect(watch(enforced, 'enforced', at(QUARTER + HOUR), excepting).drafts).toEqual([]);
  });
});

describe('the end of an exception', () => {
  test('makes the permissive tenant alert as drift', () => {
    const { drafts, noted, state } = watch(excepted, 'permissive', at(QUARTER), excepting);
    expect(linesOf(drafts)).toEqual(['drifted to ops']);
    expect(drafts[0]).toMatchObject({
      facts: { exceptionEnded: true, heldBack: false, window: excepted.open!.window, checkedAt: at(QUARTER) },
      occasion: `1|${excepted.open!.openedAt}|1`,
    });
    expect(noted).toEqual(['attested', 'exception-ended']);
    expect(state.open).toMatchObject({ exceptedBy: null, nextReminderAt: at(QUARTER + DAY + 2 * SECOND) });
  });

  test('alerts as drift also when the tenant was found permissive', () => {
    const found = watched(excepting, [HOUR, 'permissive']);
    const { drafts } = watch(found, 'permissive', at(QUARTER), excepting);
    expect(drafts[0]?.facts).toMatchObject({ kind: 'drifted', window: { notBefore: null } });
  });

  test('comes at once when a person removes it', () => {
    expect(linesOf(watch(excepted, 'permissive', at(2 * HOUR), POLICY).drafts)).toEqual(['drifted to ops']);
  });

  test('alerts again who was told before, under another id, and forgets the acknowledgement', () => {
    const told = watched(POLICY, [0, 'enforced'], [HOUR, 'permissive']);
    const acknowledged = { by: 'Jana', at: at(HOUR), until: null };
    const state = watchOn({ ...told, open: { ...told.open!, acknowledged } }, excepting, [2 * HOUR, 'permissive']);
    const ended = watch(state, 'permissive', at(QUARTER), excepting);
    expect(ended.drafts[0]?.occasion).toBe(`1|${told.open!.openedAt}|2`);
    expect(ended.state.open).toMatchObject({ acknowledged: null, announcements: 2 });
  });

  test('is said once', () => {
    const { state } = watch(excepted, 'permissive', at(QUARTER), excepting);
    expect(watch(state, 'permissive', at(QUARTER + HOUR), excepting).drafts).toEqual([]);
  });

  test('that falls into maintenance is said after it', () => {
    const policy = { ...excepting, windows: [maintenanceFrom(QUARTER - HOUR, QUARTER + 2 * HOUR)] };
    const held = watch(excepted, 'permissive', at(QUARTER), policy);
    expect(held.drafts).toEqual([]);
    expect(linesOf(watch(held.state, 'permissive', at(QUARTER + 2 * HOUR), policy).drafts)).toEqual(['drifted to ops']);
  });
});

describe('the notice that an exception ends', () => {
  const announce = (now: number, policy = excepting) => announceSetting(excepted, policy, at(now));

  test('comes 14 days before, and not a millisecond earlier', () => {
    expect(EXPIRY_NOTICE).toBe(14 * DAY);
    expect(announce(QUARTER - 14 * DAY - 1).drafts).toEqual([]);
    const facts = { kind: 'exception-expiring', exceptionId: 'x-1', until: at(QUARTER), approvedBy: 'CISO' };
    expect(announce(QUARTER - 14 * DAY).drafts).toEqual([
      {
        facts: { ...facts, reason: 'The scanner cannot sign in.' },
        occasion: `1|x-1|${at(QUARTER)}`,
        channels: ['ops'],
      },
    ]);
  });

  test('comes late rather than never, and once', () => {
    const { drafts, state } = announce(QUARTER - 1);
    expect(linesOf(drafts)).toEqual(['exception-expiring to ops']);
    expect(announceSetting(state, excepting, at(QUARTER - 1)).drafts).toEqual([]);
  });

  test('does not come for an exception that was approved for no longer than that', () => {
    const fortnight: AlertPolicy = { ...POLICY, exceptions: [exceptionFrom(0, 14 * DAY)] };
    expect(announce(13 * DAY, fortnight).drafts).toEqual([]);
    const longer: AlertPolicy = { ...POLICY, exceptions: [exceptionFrom(0, 14 * DAY + 1)] };
    expect(linesOf(announce(13 * DAY, longer).drafts)).toEqual(['exception-expiring to ops']);
  });

  test('comes for each exception of an episode', () => {
    const { state } = announce(QUARTER - DAY);
    const extended: AlertPolicy = { ...POLICY, exceptions: [exceptionFrom(0, 2 * QUARTER, 'x-2')] };
    expect(linesOf(announceSetting(state, extended, later(at(2 * QUARTER), -DAY)).drafts)).toHaveLength(1);
  });

  test('does not come while the tenant is enforced: there is nothing to except', () => {
    const enforced = watched(excepting, [0, 'enforced']);
    expect(watch(enforced, 'enforced', at(QUARTER - DAY), excepting).drafts).toEqual([]);
  });
});
