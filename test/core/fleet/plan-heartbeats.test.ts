import fc from 'fast-check';
import { NEW_FLEET } from '../../../shared/core/fleet/fleet-state.ts';
import { type HeartbeatEvery, MOST_HEARTBEATS, planHeartbeats } from '../../../shared/core/fleet/plan-heartbeats.ts';
import { DAY, HOUR, later, WEEK } from '../../../shared/core/time.ts';

const FIRST_SWEEP = '2026-11-20T09:00:00.000Z';
const moment = (milliseconds: number) => later(FIRST_SWEEP, milliseconds);
const begun = (channels: readonly string[], every: HeartbeatEvery) =>
  planHeartbeats(NEW_FLEET, channels, every, FIRST_SWEEP).state;

test.each<[HeartbeatEvery, number]>([
  ['daily', DAY],
  ['weekly', WEEK],
  ['monthly', 30 * DAY],
])('%s: the first one comes a period after the first sweep, the next one a period later', (every, period) => {
  const first = planHeartbeats(NEW_FLEET, ['ops'], every, FIRST_SWEEP);
  expect([first.due, first.state.heartbeats]).toEqual([[], { ops: FIRST_SWEEP }]);
  expect(planHeartbeats(first.state, ['ops'], every, moment(period - 1)).due).toEqual([]);
  const second = planHeartbeats(first.state, ['ops'], every, moment(period));
  expect([second.due, second.state.heartbeats]).toEqual([['ops'], { ops: moment(period) }]);
  expect(planHeartbeats(second.state, ['ops'], every, moment(2 * period - 1)).due).toEqual([]);
  expect(planHeartbeats(second.state, ['ops'], every, moment(2 * period)).due).toEqual(['ops']);
});

test('off: never, and nothing is remembered', () => {
  const state = begun(['ops'], 'weekly');
  expect(planHeartbeats(state, ['ops', 'siem'], 'off', moment(999 * DAY))).toEqual({ state, due: [] });
});

test('a sweep in which nothing is due leaves the very same state', () => {
  const state = begun(['ops'], 'weekly');
  expect(planHeartbeats(state, ['ops'], 'weekly', moment(HOUR)).state).toBe(state);
});

test('planning it again at the same moment plans nothing', () => {
  const { state } = planHeartbeats(begun(['ops'], 'weekly'), ['ops'], 'weekly', moment(WEEK));
  expect(planHeartbeats(state, ['ops'], 'weekly', moment(WEEK))).toEqual({ state, due: [] });
});

test('a channel that is added later has its own period', () => {
  const joined = planHeartbeats(begun(['ops'], 'weekly'), ['ops', 'siem'], 'weekly', moment(DAY));
  expect(planHeartbeats(joined.state, ['ops', 'siem'], 'weekly', moment(WEEK)).due).toEqual(['ops']);
  expect(planHeartbeats(joined.state, ['ops', 'siem'], 'weekly', moment(WEEK + DAY)).due).toEqual(['ops', 'siem']);
});

test('a channel that is gone is forgotten', () => {
  const { state } = planHeartbeats(begun(['ops', 'siem'], 'weekly'), ['ops'], 'weekly', moment(HOUR));
  expect(state.heartbeats).toEqual({ ops: FIRST_SWEEP });
});

test('a long silence brings one heartbeat, not all that were missed', () => {
  const { state, due } = planHeartbeats(begun(['ops'], 'weekly'), ['ops'], 'weekly', moment(400 * DAY));
  expect([due, planHeartbeats(state, ['ops'], 'weekly', moment(400 * DAY + HOUR)).due]).toEqual([['ops'], []]);
});

test('a clock that was set back does not silence it until it has caught up', () => {
  const state = begun(['ops'], 'weekly');
  expect(planHeartbeats(state, ['ops'], 'weekly', moment(-HOUR)).due).toEqual([]);
  expect(planHeartbeats(state, ['ops'], 'weekly', moment(-WEEK)).due).toEqual(['ops']);
});

test('a channel that is called like a property of every object has a heartbeat too', () => {
  const state = begun(['constructor'], 'daily');
  expect(state.heartbeats).toEqual({ constructor: FIRST_SWEEP });
  expect(planHeartbeats(state, ['constructor'], 'daily', moment(DAY)).due).toEqual(['constructor']);
});

test('of many channels forty come at a time, and all in the end, each once', () => {
  expect(MOST_HEARTBEATS).toBe(40);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 130 }), (count) => {
      const channels = Array.from({ length: count }, (_, at) => `channel-${at}`);
      let state = begun(channels, 'weekly');
      const all: string[] = [];
      for (;;) {
        const plan = planHeartbeats(state, channels, 'weekly', moment(WEEK));
        expect(plan.due.length).toBeLessThanOrEqual(40);
        if (plan.due.length === 0) break;
        all.push(...plan.due);
        state = plan.state;
      }
      expect(all).toEqual(channels);
    }),
    { seed: 51, numRuns: 30 },
  );
});
