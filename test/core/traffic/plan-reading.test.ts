import { DAY, HOUR, type Instant, later, MINUTE } from '../../../shared/core/time.ts';
import { daysOf, isFresh, isTrafficDue, planReading } from '../../../shared/core/traffic/plan-reading.ts';
import { NO_TRAFFIC, type TrafficState } from '../../../shared/core/traffic/traffic-state.ts';

const NOW = '2026-11-20T08:00:00.000Z';
const EVERY = 6 * HOUR;

function state(change: Partial<TrafficState> = {}, at: Instant = later(NOW, -EVERY)): TrafficState {
  const read = { triedAt: at, readAt: at, to: at, huntedAt: at, neighboursAt: at } as const;
  return { ...NO_TRAFFIC, ...read, origin: 'hunting', coverage: 'full', reason: null, ...change };
}

describe('when traffic is due', () => {
  test.each([
    ['never read', null, true],
    ['a moment too early', state({}, later(NOW, -EVERY + 1)), false],
    ['in time', state(), true],
    ['the clock was set back by a week', state({}, later(NOW, 7 * DAY)), true],
  ])('%s', (_, before, due) => {
    expect(isTrafficDue(before, EVERY, NOW)).toBe(due);
  });

  test.each(['spoof-report', 'message-trace'] as const)(
    'after a reading from %s the quota of five minutes has passed first, whatever the setting says',
    (origin) => {
      const due = (ago: number) => isTrafficDue(state({ origin }, later(NOW, -ago)), 1, NOW);
      expect([due(MINUTE), due(6 * MINUTE), due(8 * MINUTE)]).toEqual([false, false, true]);
      expect(isTrafficDue(state({}, later(NOW, -MINUTE)), 1, NOW)).toBe(true);
    },
  );
});

describe('what is read', () => {
  test('first thirty days, whole', () => {
    const plan = planReading(null, NOW);
    const from = '2026-10-21T00:00:00.000Z';
    expect(plan).toEqual({ from, huntFrom: from, keepFrom: from, to: NOW, tryHunting: true, askNeighbours: true });
    expect(daysOf(plan)).toHaveLength(31);
  });

  test('then the days that were not settled when they were last read', () => {
    expect(planReading(state(), NOW)).toMatchObject({
      from: '2026-11-17T00:00:00.000Z',
      huntFrom: '2026-11-17T00:00:00.000Z',
      tryHunting: true,
      askNeighbours: false,
    });
    expect(planReading(state({}, later(NOW, -10 * DAY)), NOW).from).toBe('2026-11-07T00:00:00.000Z');
    expect(planReading(state({}, later(NOW, -90 * DAY)), NOW).from).toBe('2026-10-21T00:00:00.000Z');
    expect(planReading(state({}, later(NOW, 90 * DAY)), NOW).from).toBe('2026-10-21T00:00:00.000Z');
  });

  test('by hunting all of them, when what is stored is from a lesser origin', () => {
    const plan = planReading(state({ origin: 'message-trace', coverage: 'partial', reason: 'licence-missing' }), NOW);
    expect(plan).toMatchObject({ from: '2026-11-17T00:00:00.000Z', huntFrom: '2026-10-21T00:00:00.000Z' });
  });
});

describe('when hunting is tried', () => {
  const lesser = { origin: 'spoof-report', coverage: 'partial', reason: 'licence-missing' } as const;
  test.each<[string, TrafficState, boolean]>([
    ['it works', state(), true],
    ['there was no licence six hours ago', state(lesser), false],
    ['there was no licence a day ago', state(lesser, later(NOW, -DAY)), true],
    ['it was never tried', state({ ...lesser, huntedAt: null }), true],
    ['it failed for a reason that passes', state({ ...lesser, reason: 'quota' }), true],
    ['nothing at all could be read', state({ ...lesser, coverage: 'none', reason: 'permission-missing' }), true],
  ])('%s', (_, before, tried) => {
    expect(planReading(before, NOW).tryHunting).toBe(tried);
  });
});

test.each<[string, TrafficState | null, boolean]>([
  ['nothing', null, false],
  ['never', { ...NO_TRAFFIC, triedAt: NOW }, false],
  ['six hours ago', state(), true],
  ['a day ago', state({}, later(NOW, -DAY)), false],
  ['six hours ago, then a lasting reason', state({ coverage: 'none', reason: 'permission-missing' }), false],
])('what was read %s stands in for a failed reading: %#', (_, before, fresh) => {
  expect(isFresh(before, NOW)).toBe(fresh);
});
