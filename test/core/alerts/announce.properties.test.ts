import fc from 'fast-check';
import { announceBlindness, announceSetting } from '../../../shared/core/alerts/announce.ts';
import { activeException, inMaintenance } from '../../../shared/core/setting/policy.ts';
import { between, DAY, type Instant, WEEK } from '../../../shared/core/time.ts';
import { anySteps, orderlySteps } from '../setting/arbitrary-life.ts';
import { allOrNothing, type Told, tell, withPolicies } from './tell-life.ts';
import { POLICY } from './watch-tenant.ts';

/** Holds after every moment of any life. */
const always = (holds: (told: Told) => void, steps = anySteps) =>
  fc.assert(
    fc.property(withPolicies(steps), (moments) => tell(moments).forEach(holds)),
    { seed: 20, numRuns: 300 },
  );

const kindsOf = ({ drafts }: Told) => drafts.map(({ facts }) => facts.kind);
const opens = (kind: string) => kind === 'drifted' || kind === 'found-permissive';

test('saying it again at the same moment says nothing and changes nothing', () => {
  always(({ state, policy, now }) => {
    expect(announceSetting(state, policy, now)).toEqual({ state, drafts: [], notes: [] });
    expect(announceBlindness(state, policy, now)).toEqual({ state, drafts: [], notes: [] });
  });
});

test('without exceptions and maintenance, a drift is said if and only if the belief went from enforced to permissive', () => {
  const steps = anySteps.map((life) => life.map((step) => ({ ...step, policy: POLICY, acknowledgedFor: null })));
  fc.assert(
    fc.property(steps, (moments) => {
      for (const told of tell(moments)) {
        const { before, state } = told;
        const drifted = before.phase === 'enforced' && state.phase === 'permissive';
        const found = before.phase === 'never-verified' && state.phase === 'permissive';
        const recovered = before.phase === 'permissive' && state.phase === 'enforced';
        const said = ['drifted', 'found-permissive', 'recovered'].map(
          (kind) => kindsOf(told).filter((one) => one === kind).length,
        );
        expect(said).toEqual([Number(drifted), Number(found), Number(recovered)]);
      }
    }),
    { seed: 21, numRuns: 300 },
  );
});

test('whatever was held back, people end up believing what is believed', () => {
  fc.assert(
    fc.property(withPolicies(anySteps, allOrNothing), (moments) => {
      let heardOpen = false;
      let heardBlind = false;
      for (const told of tell(moments)) {
        for (const kind of kindsOf(told)) {
          if (opens(kind)) heardOpen = true;
          if (kind === 'recovered') heardOpen = false;
          if (kind === 'blinded') heardBlind = true;
          if (kind === 'sighted') heardBlind = false;
        }
        const { state, policy, now } = told;
        if (inMaintenance(policy.windows, now)) continue;
        const excepted = activeException(policy.exceptions, now) !== null;
        if (state.open === null) expect(heardOpen).toBe(false);
        else if (!excepted && state.open.recovery === null) expect(heardOpen).toBe(true);
        if (state.blind?.reason !== 'cloud-not-supported') expect(heardBlind).toBe(state.blind !== null);
      }
    }),
    { seed: 22, numRuns: 500 },
  );
});

test('maintenance holds everything back and changes nothing', () => {
  always(({ believed, state, drafts, policy, now }) => {
    if (inMaintenance(policy.windows, now)) expect([drafts, state]).toEqual([[], believed]);
  });
});

test('under an exception nothing is said to be open, only that the exception ends', () => {
  always((told) => {
    if (activeException(told.policy.exceptions, told.now) === null) return;
    expect(kindsOf(told).filter((kind) => opens(kind) || kind === 'reminder')).toEqual([]);
  });
});

test('telling never changes what is believed', () => {
  always(({ believed, state }) => {
    const { phase, episodes, blindEpisodes, verifiedAt, enforcedAt, newest, unreadable, today } = believed;
    expect(state).toMatchObject({ phase, episodes, blindEpisodes, verifiedAt, enforcedAt, newest, unreadable, today });
    expect([state.open?.number, state.open?.window, state.open?.recovery]).toEqual([
      ...[believed.open?.number, believed.open?.window, believed.open?.recovery],
    ]);
  });
});

test('no two alerts of a tenant share an id', () => {
  fc.assert(
    fc.property(withPolicies(anySteps), (moments) => {
      const ids = tell(moments).flatMap(({ drafts }) =>
        drafts.map(({ facts, occasion }) => `${facts.kind}|${occasion}`),
      );
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { seed: 23, numRuns: 500 },
  );
});

test('reminders are due a day after the alert and then a week apart, never two at once, never while acknowledged', () => {
  fc.assert(
    fc.property(withPolicies(orderlySteps), (moments) => {
      let last: { at: Instant; wait: number } | null = null;
      for (const { drafts, now, believed } of tell(moments)) {
        const acknowledged = believed.open?.acknowledged && believed.open.acknowledged.until! > now;
        for (const { facts } of drafts) {
          if (opens(facts.kind)) last = { at: now, wait: DAY };
          if (facts.kind !== 'reminder' || facts.because !== 'due') continue;
          expect(acknowledged ?? false).toBe(false);
          expect(between(last!.at, now)).toBeGreaterThanOrEqual(last!.wait);
          last = { at: now, wait: WEEK };
        }
      }
    }),
    { seed: 24, numRuns: 500 },
  );
});

test('an episode escalates at most once for each time that it was announced', () => {
  always(({ before, state, drafts }) => {
    const escalated = drafts.filter(({ facts }) => facts.kind === 'reminder' && facts.because === 'escalation').length;
    expect(escalated).toBeLessThanOrEqual(1);
    const again = state.open !== null && state.open.announcements === before.open?.announcements;
    if (escalated === 1 && again && state.open?.number === before.open?.number)
      expect(before.open?.escalatedAt).toBeNull();
  });
});
