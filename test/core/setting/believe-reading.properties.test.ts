import fc from 'fast-check';
import type { DayTally } from '../../../shared/core/setting/tenant-state.ts';
import { HOUR, MINUTE } from '../../../shared/core/time.ts';
import { anySteps, type Lived, live, orderlySteps, type Step } from './arbitrary-life.ts';
import { at, check, kindsOf } from './live-through.ts';

/** Holds for every check in any life. */
const always = (holds: (lived: Lived) => void, steps: fc.Arbitrary<Step[]> = anySteps) =>
  fc.assert(
    fc.property(steps, (life) => live(life).forEach(holds)),
    { seed: 3, numRuns: 300 },
  );

const isDefinite = ({ seen }: Lived) => seen === 'enforced' || seen === 'permissive';
const kindsIn = (life: readonly Lived[]) => life.flatMap(({ after }) => kindsOf(after));

test('a transition is what happened to the belief, no more and no less', () => {
  always(({ before, after: { state, transition } }) => {
    const change = `${before.phase} to ${state.phase}`;
    expect(transition === 'drifted').toBe(change === 'enforced to permissive');
    expect(transition === 'found-permissive').toBe(change === 'never-verified to permissive');
    expect(transition === 'recovered').toBe(change === 'permissive to enforced');
    expect(transition === 'baseline').toBe(change === 'never-verified to enforced');
    expect(transition === 'blinded').toBe(before.blind === null && state.blind !== null);
    if (before.phase !== 'never-verified') expect(state.phase).not.toBe('never-verified');
  });
});

test('an episode is open exactly while the tenant is believed permissive', () => {
  always(({ after: { state } }) => expect(state.open !== null).toBe(state.phase === 'permissive'));
});

test.each([
  ['permissive', ['drifted', 'found-permissive'], ['recovered']],
  ['blind', ['blinded'], ['sighted']],
])('never more than one %s episode is open: openings and endings alternate', (_, openings, endings) => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const told = kindsIn(live(steps)).filter((kind) => [...openings, ...endings].includes(kind));
      const turns = told.map((kind) => (openings.includes(kind) ? 'opens' : 'ends'));
      expect(turns).toEqual(told.map((_kind, at) => (at % 2 === 0 ? 'opens' : 'ends')));
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('episodes count up by one', () => {
  always(({ before, after: { state } }) => {
    const opened = state.open !== null && state.open.number !== before.open?.number;
    expect(state.episodes).toBe(before.episodes + (opened ? 1 : 0));
    if (opened) expect(state.open?.number).toBe(state.episodes);
    expect(state.blindEpisodes).toBe(before.blindEpisodes + (before.blind === null && state.blind !== null ? 1 : 0));
  });
});

test('unknown alone never changes the phase, opens no episode and closes none', () => {
  always((lived) => {
    const { before, after } = lived;
    if (isDefinite(lived)) return;
    expect([after.state.phase, after.state.open?.number]).toEqual([before.phase, before.open?.number]);
    expect(['none', 'blinded']).toContain(after.transition);
  });
});

test('a cloud without the setting is never blind', () => {
  always(({ before, seen, after }) => {
    if (seen === 'cloud-not-supported' && before.blind === null) expect(after.state.blind).toBeNull();
  });
});

test('replaying a run changes nothing: the same state, no notes, no transition', () => {
  always(({ seen, askedAt, runId, after }) => {
    const { state, late } = after;
    expect(check(state, seen, askedAt, runId)).toEqual({ state, late, notes: [], transition: 'none' });
    expect(check(state, 'permissive', at(999 * HOUR), runId).state).toBe(state);
  });
});

test('a late reading changes no belief and is noted once', () => {
  always(({ before, after }) => {
    expect(after.late).toBe(after.notes.some(({ kind }) => kind === 'late-reading'));
    if (!after.late) return;
    expect({ ...after.state, lateInARow: before.lateInARow }).toEqual(before);
    expect([after.notes.length, after.transition]).toEqual([1, 'none']);
  });
});

test('in order, no reading is ever late', () => {
  always(
    ({ after }) => expect([after.late, kindsOf(after).includes('clock-stepped')]).toEqual([false, false]),
    orderlySteps,
  );
});

test('three late readings in ascending order are believed, whatever was believed before', () => {
  const behind = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(orderlySteps, behind, fc.constantFrom('enforced', 'permissive'), (steps, minutes, seen) => {
      const last = live(steps).at(-1)!;
      const times = minutes.sort((one, other) => other - one).map((ago) => Date.parse(last.askedAt) - ago * MINUTE);
      let { state } = last.after;
      const late = times.map((time, count) => {
        const belief = check(state, seen, new Date(time).toISOString(), `back-${count}`);
        state = belief.state;
        return belief.late;
      });
      expect(late).toEqual([true, true, false]);
      expect(state.verifiedAt).toBe(new Date(times[2]!).toISOString());
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('a window never ends before it begins', () => {
  always(({ after: { state } }) => {
    const window = state.open?.window;
    if (window?.notBefore) expect(window.notBefore <= window.notAfter).toBe(true);
  });
});

test('every reading that came in order is counted in one day, once', () => {
  const total = (day: object) => {
    const { enforced, permissive, unknown } = day as DayTally;
    return enforced + permissive + unknown;
  };
  fc.assert(
    fc.property(anySteps, (steps) => {
      const life = live(steps);
      const attested = life.flatMap(({ after }) => after.notes.filter(({ kind }) => kind === 'attested'));
      const counted = [...attested, life.at(-1)!.after.state.today!].reduce((sofar, day) => sofar + total(day), 0);
      expect(counted).toBe(life.filter(({ after }) => !after.late).length);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test('what is believed survives being stored as JSON', () => {
  always(({ after: { state } }) => expect(JSON.parse(JSON.stringify(state))).toEqual(state));
});
