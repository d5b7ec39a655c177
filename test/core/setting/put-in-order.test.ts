import type { TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/core/time.ts';
import { at, check, hourly, kindsOf, type Seen } from './live-through.ts';

/** Checked at nine, ten and eleven o'clock; the last one at eleven. */
const enforced = hourly('enforced', 'enforced', 'enforced');

/** What is believed after several late readings, one after the other. */
function checkLate(before: TenantState, ...late: readonly [Seen, number][]) {
  const last = late.at(-1)!;
  const earlier = late.slice(0, -1).reduce((state, [seen, time]) => check(state, seen, at(time)).state, before);
  return check(earlier, last[0], at(last[1]));
}

describe('a reading that is older than the newest', () => {
  const late = check(enforced, 'permissive', at(30 * MINUTE), 'run-late');

  test('is recorded as late', () => {
    expect([late.late, late.transition]).toEqual([true, 'none']);
    expect(late.notes).toEqual([
      { kind: 'late-reading', runId: 'run-late', verdict: 'permissive', askedAt: at(30 * MINUTE) },
    ]);
  });

  test('changes nothing that is believed', () => {
    expect({ ...late.state, lateInARow: null }).toEqual(enforced);
  });

  test('is still late when its run is repeated, and then not even recorded', () => {
    const again = check(late.state, 'permissive', at(30 * MINUTE), 'run-late');
    expect(again).toEqual({ state: late.state, transition: 'none', notes: [], late: true });
  });

  test('that proves nothing changes nothing either', () => {
    expect({ ...checkLate(enforced, ['network', MINUTE]).state, lateInARow: null }).toEqual(enforced);
  });
});

test('a reading of the same millisecond as the newest is not late', () => {
  expect(check(enforced, 'permissive', at(2 * HOUR), 'another run').transition).toBe('drifted');
});

describe('a clock that was set back', () => {
  test('is believed at the third late reading in ascending order', () => {
    const second = checkLate(enforced, ['permissive', MINUTE], ['permissive', 2 * MINUTE]);
    expect([second.late, second.state.phase]).toEqual([true, 'enforced']);
    const third = check(second.state, 'permissive', at(3 * MINUTE), 'run-3');
    expect([third.late, third.transition]).toEqual([false, 'drifted']);
    expect(third.notes[0]).toEqual({
      kind: 'clock-stepped',
      runId: 'run-3',
      newest: at(2 * HOUR),
      askedAt: at(3 * MINUTE),
    });
    expect(third.state).toMatchObject({ newest: { askedAt: at(3 * MINUTE) }, lateInARow: null });
  });

  test('is not suspected of readings that overtook each other', () => {
    const { late } = checkLate(
      enforced,
      ['permissive', 3 * MINUTE],
      ['permissive', 2 * MINUTE],
      ['permissive', MINUTE],
    );
    expect(late).toBe(true);
    const again = checkLate(enforced, ['permissive', MINUTE], ['permissive', 2 * MINUTE]).state;
    expect(check(again, 'permissive', at(2 * MINUTE), 'another run of that moment').late).toBe(true);
  });

  test('is not suspected when a reading in order came between', () => {
    const twice = checkLate(enforced, ['permissive', 1], ['permissive', 2]).state;
    const inOrder = check(twice, 'enforced', at(3 * HOUR)).state;
    expect(inOrder.lateInARow).toBeNull();
    expect(check(inOrder, 'permissive', at(3)).late).toBe(true);
  });

  test('is believed at once when the reading is older than any queue keeps a message', () => {
    expect(check(enforced, 'permissive', at(2 * HOUR - 7 * DAY)).late).toBe(true);
    const older = check(enforced, 'permissive', at(2 * HOUR - 7 * DAY - 1));
    expect(kindsOf(older)).toContain('clock-stepped');
    expect(older.transition).toBe('drifted');
  });

  test('leaves no moment in the future', () => {
    const back = at(-10 * DAY);
    const { state } = check(hourly('enforced', 'permissive'), 'network', back);
    expect(state).toMatchObject({ registeredAt: back, verifiedAt: back, enforcedAt: back, newest: { askedAt: back } });
  });

  test('keeps a window whose end is not before its beginning', () => {
    const { open } = check(enforced, 'permissive', at(-10 * DAY)).state;
    expect(open!.window.notBefore! <= open!.window.notAfter).toBe(true);
  });

  test('lets the wait for the next reminder go on where it was', () => {
    const told = hourly('enforced', 'permissive');
    const open = { ...told.open!, announcedAt: at(HOUR), nextReminderAt: at(25 * HOUR) };
    const back = at(-10 * DAY);
    const after = check({ ...told, open }, 'permissive', back).state.open;
    expect(after).toMatchObject({ announcedAt: back, nextReminderAt: at(-9 * DAY) });
  });

  test('does not touch moments of its past', () => {
    const old = { ...enforced, registeredAt: at(-90 * DAY), enforcedAt: at(-60 * DAY), verifiedAt: at(-60 * DAY) };
    const { state } = check(old, 'network', at(-20 * DAY));
    expect(state).toMatchObject({ registeredAt: at(-90 * DAY), enforcedAt: at(-60 * DAY), verifiedAt: at(-60 * DAY) });
  });

  test('starts no reminder where none waits', () => {
    const { open } = check(hourly('enforced', 'permissive'), 'permissive', at(-10 * DAY)).state;
    expect(open).toMatchObject({ announcedAt: null, nextReminderAt: null });
  });
});
