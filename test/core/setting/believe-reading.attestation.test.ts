import { newTenantState } from '../../../shared/core/setting/tenant-state.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/core/time.ts';
import { at, check, hourly, kindsOf, REGISTERED } from './live-through.ts';

const MIDNIGHT = 15 * HOUR;
const firstDay = hourly('enforced', 'network', 'permissive', 'throttled', 'throttled');

test('the readings of a day are counted by verdict, with the last definite one', () => {
  expect(firstDay.today).toEqual({
    ...{ day: '2026-11-02', enforced: 1, permissive: 1, unknown: 3 },
    ...{ lastVerdict: 'permissive', lastVerifiedAt: at(2 * HOUR) },
  });
});

test('a day without a definite reading says so', () => {
  expect(hourly('network').today).toEqual({
    ...{ day: '2026-11-02', enforced: 0, permissive: 0, unknown: 1, lastVerdict: null, lastVerifiedAt: null },
  });
});

test('the first reading of the next day attests the day before', () => {
  const { state, notes } = check(firstDay, 'permissive', at(MIDNIGHT));
  expect(notes[0]).toEqual({ kind: 'attested', ...firstDay.today });
  expect(state.today).toMatchObject({ day: '2026-11-03', enforced: 0, permissive: 1, unknown: 0 });
});

test('the last millisecond of a day belongs to it', () => {
  expect(kindsOf(check(firstDay, 'permissive', at(MIDNIGHT - 1)))).not.toContain('attested');
});

test('a day is attested once, however many checks follow', () => {
  let state = hourly('enforced');
  const attested: unknown[] = [];
  for (let time = 10 * MINUTE; time < 3 * DAY; time += 10 * MINUTE) {
    const belief = check(state, 'enforced', at(time));
    attested.push(
      ...belief.notes.filter(({ kind }) => kind === 'attested').map(({ day, enforced }) => [day, enforced]),
    );
    state = belief.state;
  }
  expect(attested).toEqual([
    ['2026-11-02', 90],
    ['2026-11-03', 144],
    ['2026-11-04', 144],
  ]);
});

test('the very first reading attests nothing', () => {
  expect(kindsOf(check(newTenantState(REGISTERED), 'enforced', at(5 * DAY)))).toEqual(['baseline']);
});
