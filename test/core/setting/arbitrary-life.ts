import fc from 'fast-check';
import type { Belief } from '../../../shared/core/setting/believe-reading.ts';
import { newTenantState, type TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/core/time.ts';
import { at, check, REGISTERED, type Seen } from './live-through.ts';

/** One check in the life of a tenant: `pause` milliseconds after the one before, or before it when negative. */
export interface Step {
  readonly seen: Seen;
  readonly pause: number;
}

/** One check with the states around it. */
export interface Lived {
  readonly before: TenantState;
  readonly seen: Seen;
  readonly askedAt: string;
  readonly runId: string;
  readonly after: Belief;
}

const seen = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Seen>('enforced') },
  { weight: 3, arbitrary: fc.constant<Seen>('permissive') },
  { weight: 2, arbitrary: fc.constantFrom<Seen>('network', 'throttled', 'role-missing', 'cloud-not-supported') },
);
const onwards = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(0, 1, MINUTE, 15 * MINUTE, HOUR, 6 * HOUR) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 30 * DAY }) },
  { weight: 1, arbitrary: fc.constant(365 * DAY) },
);
const backwards = fc.oneof(fc.integer({ min: -2 * HOUR, max: -1 }), fc.integer({ min: -30 * DAY, max: -1 }));

/** Checks whose answers overtake each other and whose clock is set back now and then. */
export const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ seen, pause: fc.oneof({ weight: 4, arbitrary: onwards }, { weight: 1, arbitrary: backwards }) }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

/** Checks one after the other, as an honest clock and an orderly queue give them. */
export const orderlySteps: fc.Arbitrary<Step[]> = fc.array(fc.record({ seen, pause: onwards }), {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});

/** Lives a tenant through all checks; every one is another run. */
export function live(steps: readonly Step[], start: TenantState = newTenantState(REGISTERED)): Lived[] {
  const life: Lived[] = [];
  let time = 0;
  for (const { seen: found, pause } of steps) {
    const before = life.at(-1)?.after.state ?? start;
    time += pause;
    const [askedAt, runId] = [at(time), `run-${life.length}`];
    life.push({ before, seen: found, askedAt, runId, after: check(before, found, askedAt, runId) });
  }
  return life;
}
