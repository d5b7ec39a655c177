import type { AlertDraft } from '../alerts/alert.ts';
import type { Note } from '../evidence/history.ts';
import type { Reason, Verdict } from '../setting/reading.ts';
import { between, type Instant } from '../time.ts';
import type { FleetState } from './fleet-state.ts';

/** What one sweep saw of one tenant. */
export interface Sight {
  readonly verdict: Verdict;
  readonly reason: Reason | null;
}

/** Fewer tenants than this cannot tell our fault from theirs. */
const FEWEST_TENANTS = 3;

/**
 * The fault of ours that explains a sweep: `credential-rejected` of more than half, or `network` of all, of at least three
 * tenants (design, section 11). Tenants whose cloud has no setting were not asked and do not count.
 */
export function findOwnFault(sights: readonly Sight[]): Reason | null {
  const asked = sights.filter((one) => one.reason !== 'cloud-not-supported');
  if (asked.length < FEWEST_TENANTS) return null;
  const failing = (reason: Reason) => asked.filter((one) => one.reason === reason).length;
  if (failing('credential-rejected') * 2 > asked.length) return 'credential-rejected';
  if (failing('network') === asked.length) return 'network';
  return null;
}

export interface FleetJudgement {
  readonly state: FleetState;
  readonly drafts: readonly AlertDraft[];
  readonly notes: readonly Note[];
}

/** Opens or closes the fleet's blindness after a sweep. Pure; a sweep that was judged before changes nothing. */
export function judgeFleet(
  before: FleetState,
  sights: readonly Sight[],
  sweep: { readonly runId: string; readonly startedAt: Instant; readonly now: Instant },
  channels: readonly string[],
): FleetJudgement {
  if (before.judgedRun === sweep.runId) return { state: before, drafts: [], notes: [] };
  const judged: FleetState = { ...before, judgedRun: sweep.runId };
  const fault = findOwnFault(sights);
  if (fault !== null && before.blind === null) return openBlindness(judged, fault, sights, sweep, channels);
  const someSeen = sights.some((one) => one.verdict !== 'unknown');
  if (fault === null && before.blind !== null && someSeen)
    return closeBlindness(judged, before.blind, sights, sweep.now);
  return { state: judged, drafts: [], notes: [] };
}

function openBlindness(
  state: FleetState,
  reason: Reason,
  sights: readonly Sight[],
  sweep: { readonly runId: string; readonly startedAt: Instant },
  channels: readonly string[],
): FleetJudgement {
  const number = state.blindEpisodes + 1;
  const since = sweep.startedAt;
  const failing = sights.filter((one) => one.reason === reason).length;
  const facts = { kind: 'fleet-blind', reason, since, failing, checked: sights.length } as const;
  return {
    state: { ...state, blindEpisodes: number, blind: { number, since, reason, toldChannels: channels } },
    drafts: [{ facts, occasion: `${number}|${since}`, channels }],
    notes: [{ kind: 'fleet-blind', runId: sweep.runId, reason, failing, checked: sights.length }],
  };
}

function closeBlindness(
  state: FleetState,
  blind: NonNullable<FleetState['blind']>,
  sights: readonly Sight[],
  now: Instant,
): FleetJudgement {
  const { reason, since, number, toldChannels } = blind;
  const stillUnknown = sights.filter((one) => one.verdict === 'unknown').length;
  const blindFor = between(since, now);
  const facts = { kind: 'fleet-sighted', reason, since, closedAt: now, blindFor, stillUnknown } as const;
  return {
    state: { ...state, blind: null },
    drafts: [{ facts, occasion: `${number}|${since}`, channels: toldChannels }],
    notes: [{ kind: 'fleet-sighted', reason, since, stillUnknown }],
  };
}
