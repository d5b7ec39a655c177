import fc from 'fast-check';
import type { AlertDraft } from '../../../shared/core/alerts/alert.ts';
import { announceBlindness, announceSetting } from '../../../shared/core/alerts/announce.ts';
import type { AlertPolicy } from '../../../shared/core/setting/policy.ts';
import { newTenantState, type TenantState } from '../../../shared/core/setting/tenant-state.ts';
import { DAY, HOUR, type Instant, later } from '../../../shared/core/time.ts';
import type { Step } from '../setting/arbitrary-life.ts';
import { at, check, REGISTERED } from '../setting/live-through.ts';
import { exceptionFrom, maintenanceFrom, POLICY } from './watch-tenant.ts';

const span = fc.tuple(fc.integer({ min: -DAY, max: 90 * DAY }), fc.integer({ min: HOUR, max: 60 * DAY }));
const sometimes = fc.array(
  span.map(([from, long]) => maintenanceFrom(from, from + long)),
  { maxLength: 2 },
);
const anyPolicy: fc.Arbitrary<AlertPolicy> = fc.record({
  channels: fc.subarray(['ops', 'siem', 'mail']),
  exceptions: fc.array(
    span.map(([from, long]) => exceptionFrom(from, from + long, `x-${from}`)),
    { maxLength: 3 },
  ),
  windows: sometimes,
  escalation: fc.option(fc.record({ channels: fc.constant(['boss']), after: fc.constantFrom(0, HOUR, 3 * DAY) })),
});

const [from, until] = [-99_999 * DAY, 99_999 * DAY];
/** Everything is said, or everything is held back, by maintenance or by an exception. */
export const allOrNothing: fc.Arbitrary<AlertPolicy> = fc.constantFrom<AlertPolicy>(
  POLICY,
  { ...POLICY, windows: [maintenanceFrom(from, until)] },
  { ...POLICY, exceptions: [exceptionFrom(from, until)] },
);

/** A check, the policy that then holds, and perhaps an acknowledgement of what is open, for so many days. */
export type Moment = Step & { readonly policy: AlertPolicy; readonly acknowledgedFor: number | null };

/** Checks with what a tenant's owner and its readers decide meanwhile; a policy holds for some checks in a row. */
export const withPolicies = (steps: fc.Arbitrary<Step[]>, policies = anyPolicy): fc.Arbitrary<Moment[]> => {
  const stretch = fc.record({ policy: policies, checks: fc.integer({ min: 1, max: 12 }) });
  const acknowledgements = fc.option(fc.integer({ min: 0, max: 20 }), { freq: 6 });
  const parts = [
    steps,
    fc.array(stretch, { minLength: 40, maxLength: 40 }),
    fc.infiniteStream(acknowledgements),
  ] as const;
  return fc.tuple(...parts).map(([life, stretches, stream]) => {
    const inTurn = stretches.flatMap(({ policy, checks }) => Array<AlertPolicy>(checks).fill(policy));
    return life.map((step, at) => ({ ...step, policy: inTurn[at]!, acknowledgedFor: stream.next().value }));
  });
};

/** What was believed and said at one moment. `believed` is the state before anything was said. */
export interface Told {
  readonly before: TenantState;
  readonly believed: TenantState;
  readonly state: TenantState;
  readonly drafts: readonly AlertDraft[];
  readonly policy: AlertPolicy;
  readonly now: Instant;
}

/** Lives a tenant through all moments and says what is due after each, about the setting and about blindness. */
export function tell(moments: readonly Moment[]): Told[] {
  const told: Told[] = [];
  let time = 0;
  for (const { seen, pause, policy, acknowledgedFor } of moments) {
    time += pause;
    const before = told.at(-1)?.state ?? newTenantState(REGISTERED);
    const believed = acknowledge(check(before, seen, at(time), `run-${told.length}`).state, at(time), acknowledgedFor);
    const now = at(time + 2000);
    const setting = announceSetting(believed, policy, now);
    const blindness = announceBlindness(setting.state, policy, now);
    told.push({
      before,
      believed,
      state: blindness.state,
      drafts: [...setting.drafts, ...blindness.drafts],
      policy,
      now,
    });
  }
  return told;
}

function acknowledge(state: TenantState, now: Instant, days: number | null): TenantState {
  if (days === null || state.open === null) return state;
  return { ...state, open: { ...state.open, acknowledged: { by: 'Jana', at: now, until: later(now, days * DAY) } } };
}
