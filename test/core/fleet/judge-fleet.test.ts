import fc from 'fast-check';
import { type FleetState, NEW_FLEET } from '../../../shared/core/fleet/fleet-state.ts';
import { findOwnFault, judgeFleet, type Sight } from '../../../shared/core/fleet/judge-fleet.ts';
import { REASONS, type Reason } from '../../../shared/core/setting/reading.ts';
import { HOUR, later } from '../../../shared/core/time.ts';

const STARTED = '2026-11-20T09:00:00.000Z';
const sees = (seen: 'enforced' | 'permissive' | Reason): Sight =>
  seen === 'enforced' || seen === 'permissive' ? { verdict: seen, reason: null } : { verdict: 'unknown', reason: seen };
const sights = (...groups: readonly (readonly [number, Parameters<typeof sees>[0]])[]) =>
  groups.flatMap(([count, seen]) => Array<Sight>(count).fill(sees(seen)));

describe('the fault is ours', () => {
  test.each<[string, Sight[], Reason | null]>([
    [
      'when the credential is rejected by more than half',
      sights([2, 'credential-rejected'], [1, 'enforced']),
      'credential-rejected',
    ],
    ['not when by exactly half', sights([2, 'credential-rejected'], [2, 'enforced']), null],
    ['by 501 of 1,000', sights([501, 'credential-rejected'], [499, 'permissive']), 'credential-rejected'],
    ['not by 500 of 1,000', sights([500, 'credential-rejected'], [500, 'role-missing']), null],
    ['when the network fails for all', sights([3, 'network']), 'network'],
    ['not when for all but one', sights([999, 'network'], [1, 'enforced']), null],
    ['not when for all but one, which fails otherwise', sights([9, 'network'], [1, 'service-error']), null],
    ['never of fewer than three tenants', sights([2, 'credential-rejected']), null],
    ['never of fewer than three tenants, network', sights([2, 'network']), null],
    ['not when all fail for a reason of their own', sights([9, 'consent-missing']), null],
    ['not when nobody was asked', [], null],
    ['whatever tenants whose cloud has no setting say', sights([3, 'network'], [9, 'cloud-not-supported']), 'network'],
    ['not counting those to the three', sights([2, 'network'], [1, 'cloud-not-supported']), null],
  ])('%s', (_, seen, fault) => expect(findOwnFault(seen)).toBe(fault));
});

const sweep = (runId: string, hours = 0) => ({
  runId,
  startedAt: later(STARTED, hours * HOUR),
  now: later(STARTED, hours * HOUR + 30_000),
});
const OURS = sights([3, 'credential-rejected'], [1, 'network'], [1, 'enforced']);
const blind = judgeFleet(NEW_FLEET, OURS, sweep('run-1'), ['ops']);

describe('a sweep that fails by our fault', () => {
  test('opens one blindness of the fleet, at once', () => {
    const facts = { kind: 'fleet-blind', reason: 'credential-rejected', since: STARTED, failing: 3, checked: 5 };
    expect(blind.drafts).toEqual([{ facts, occasion: `1|${STARTED}`, channels: ['ops'] }]);
    expect(blind.notes).toEqual([
      { kind: 'fleet-blind', runId: 'run-1', reason: 'credential-rejected', failing: 3, checked: 5 },
    ]);
    const { blind: state, blindEpisodes } = blind.state;
    expect(state).toEqual({ number: 1, since: STARTED, reason: 'credential-rejected', toldChannels: ['ops'] });
    expect(blindEpisodes).toBe(1);
  });

  test('again is not said again', () => {
    const again = judgeFleet(blind.state, OURS, sweep('run-2', 1), ['ops']);
    expect([again.drafts, again.notes]).toEqual([[], []]);
    expect(again.state).toEqual({ ...blind.state, judgedRun: 'run-2' });
  });

  test('for another reason of ours is still the same blindness', () => {
    const { state, drafts } = judgeFleet(blind.state, sights([5, 'network']), sweep('run-2', 1), ['ops']);
    expect([state.blind, drafts]).toEqual([blind.state.blind, []]);
  });
});

describe('a sweep that sees again', () => {
  const seen = sights([3, 'enforced'], [2, 'consent-missing']);
  const sighted = judgeFleet(blind.state, seen, sweep('run-2', 5), ['other']);

  test('ends the blindness, and those hear of it who heard of the beginning', () => {
    const closedAt = sweep('', 5).now;
    const facts = { kind: 'fleet-sighted', reason: 'credential-rejected', since: STARTED, closedAt };
    expect(sighted.drafts).toEqual([
      {
        facts: { ...facts, blindFor: 5 * HOUR + 30_000, stillUnknown: 2 },
        occasion: `1|${STARTED}`,
        channels: ['ops'],
      },
    ]);
    expect(sighted.notes).toEqual([
      { kind: 'fleet-sighted', reason: 'credential-rejected', since: STARTED, stillUnknown: 2 },
    ]);
    expect(sighted.state).toEqual({ ...blind.state, blind: null, judgedRun: 'run-2' });
  });

  test('lets the next blindness have the next number', () => {
    expect(judgeFleet(sighted.state, OURS, sweep('run-3', 6), ['ops']).state.blind?.number).toBe(2);
  });

  test('needs one tenant that was really read', () => {
    const { state, drafts } = judgeFleet(blind.state, sights([5, 'consent-missing']), sweep('run-2', 1), ['ops']);
    expect([state.blind, drafts]).toEqual([blind.state.blind, []]);
  });
});

test('a healthy sweep says nothing', () => {
  expect(judgeFleet(NEW_FLEET, sights([9, 'enforced']), sweep('run-1'), ['ops'])).toEqual({
    state: { ...NEW_FLEET, judgedRun: 'run-1' },
    drafts: [],
    notes: [],
  });
});

test('a sweep is judged once: judging it again changes nothing', () => {
  const reason = fc.constantFrom<Parameters<typeof sees>[0]>('enforced', 'permissive', ...REASONS);
  const seen = fc.array(reason.map(sees), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(seen, { maxLength: 12 }), seen, (sweeps, others) => {
      let state: FleetState = NEW_FLEET;
      let open = false;
      for (const [at, one] of sweeps.entries()) {
        const judged = judgeFleet(state, one, sweep(`run-${at}`, at), ['ops']);
        for (const { facts } of judged.drafts) {
          expect(facts.kind).toBe(open ? 'fleet-sighted' : 'fleet-blind');
          open = !open;
        }
        state = judged.state;
        expect(state.blind !== null).toBe(open);
        expect(judgeFleet(state, others, sweep(`run-${at}`, at), ['ops'])).toEqual({ state, drafts: [], notes: [] });
      }
    }),
    { seed: 50, numRuns: 300 },
  );
});
