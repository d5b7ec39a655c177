import { NO_ADDRESS } from './address-block.ts';
import type { ApprovalState } from './approval.ts';
import type { AssessedSource, Assessment, Confidence } from './assessed-source.ts';
import type { ReasonCode } from './reason-words.ts';
import { findAuthorisation } from './rules/authorisation.ts';
import { behaviour } from './rules/behaviour.ts';
import { forwarding } from './rules/forwarding.ts';
import { impersonation } from './rules/impersonation.ts';
import { network } from './rules/network.ts';
import { payload } from './rules/payload.ts';
import { isTainted, standing } from './rules/standing.ts';
import { hasAbuse, isCondemned, verdicts } from './rules/verdicts.ts';
import { carriesPayload, type Signal, type SourceCase } from './source-case.ts';
import { atLeast } from './source-evidence.ts';

/** From this score on a source is a likely forgery. */
const SPOOF_SCORE = 5;
/** So much of the mail must be an ordered simulation for the source to be one. */
const SIMULATION_SHARE = 0.8;

const LIMITS_OF_APPROVAL: Readonly<Record<ApprovalState, readonly ReasonCode[]>> = {
  yes: ['approval-overridden'],
  'other-senders': ['approval-covers-less'],
  no: [],
};

interface Decision {
  readonly assessment: Assessment;
  readonly because: readonly ReasonCode[];
}

/** Assesses one source: gates first, then the sum of the points. Every signal found is kept as a reason. */
export function decideAssessment(
  subject: SourceCase,
  wave: readonly Signal[],
  approval: ApprovalState,
): AssessedSource {
  const { evidence, anchors } = subject;
  const judged = verdicts(subject);
  const shape = [...impersonation(subject), ...payload(subject), ...wave];
  const circumstances = [...behaviour(subject), ...network(subject)];
  const forwards = forwarding(subject);
  const favour = [...standing(subject), ...forwards];
  // Whose network it is outranks what its mail looks like: one office address carries many devices. Only verdicts accuse.
  const beyondVerdicts = sum(shape) + Math.min(sum(circumstances), mostCircumstance(subject)) + sum(favour);
  const score = sum(judged) + (anchors.length > 0 ? 0 : beyondVerdicts);
  const decision = decide(subject, score, forwards, approval);
  const found = [...judged, ...shape, ...circumstances, ...favour].sort(
    (a, b) => Math.abs(b.points) - Math.abs(a.points),
  );
  return {
    key: evidence.key,
    source: evidence.source,
    class: evidence.class,
    assessment: decision.assessment,
    confidence: confidenceOf(subject),
    score,
    reasons: [...new Set([...decision.because, ...found.map(({ code }) => code), ...anchors, ...limits(subject)])],
    anchors,
    messages: evidence.messages,
    delivery: evidence.delivery,
    firstSeen: evidence.firstSeen,
    lastSeen: evidence.lastSeen,
    days: evidence.days,
    senders: evidence.senders.samples,
  };
}

/**
 * How much circumstances (how long, to whom, from where) may count. Where nothing is there to open they are those of any
 * new device or of a pay run; a colleague's plain request for a favour is told from these by who it claims to come from.
 */
function mostCircumstance({ evidence }: SourceCase): number {
  if (carriesPayload(evidence, 0.3)) return Number.POSITIVE_INFINITY;
  return atLeast(evidence.senders.toSelf, evidence.messages, 0.5) ? 2 : 3;
}

function decide(subject: SourceCase, score: number, forwards: readonly Signal[], approval: ApprovalState): Decision {
  const { evidence, anchors } = subject;
  // Nobody can approve what was found to be phishing or malware: from then on the source is judged like any other.
  if (approval === 'yes' && !hasAbuse(subject)) return to('approved', 'approved-by-person');
  const limit = LIMITS_OF_APPROVAL[approval];
  if (isCondemned(subject)) return to('likely-spoof', ...limit);
  const { verdicts: said } = evidence;
  if (atLeast(said?.simulated, said?.outOf, SIMULATION_SHARE)) return to('approved', 'phishing-simulation');

  const authorisation = findAuthorisation(subject, score);
  if (authorisation === 'signed-by-own-domain') return to('authorised-by-dns', authorisation, ...limit);
  if (score >= SPOOF_SCORE && canAccuse(subject)) return to('likely-spoof', ...limit);
  if (anchors.length > 0) return to(isTainted(subject) ? 'needs-review' : ownOf(subject), ...limit);
  if (forwards.some(({ points }) => points <= -2)) return to('forwarder-or-list', ...limit);
  if (authorisation !== null) return to('authorised-by-dns', authorisation, ...limit);
  return to('needs-review', ...limit);
}

function to(assessment: Assessment, ...because: ReasonCode[]): Decision {
  return { assessment, because };
}

/** Without verdicts and content, only spoof intelligence's own word makes a source a likely forgery. */
function canAccuse({ evidence }: SourceCase): boolean {
  const { internalSpoof, verdicts: said } = evidence;
  return said !== null || atLeast(internalSpoof?.messages, internalSpoof?.outOf, 0.5);
}

function ownOf({ evidence, anchors }: SourceCase): Assessment {
  const { authentication } = evidence;
  const passes = atLeast(authentication?.spfPass, authentication?.outOf, 0.5);
  return anchors.includes('spf-own-entry') && passes ? 'authorised-by-dns' : 'device-or-app';
}

function confidenceOf({ evidence }: SourceCase): Confidence {
  if (evidence.origins.includes('hunting')) return 'normal';
  return evidence.origins.includes('spoof-report') ? 'reduced' : 'low';
}

function limits({ evidence, anchors, known }: SourceCase): ReasonCode[] {
  const found: ReasonCode[] = [];
  if (anchors.length === 0 && known.spf?.result !== 'pass') found.push('no-network-anchor');
  if (evidence.key === NO_ADDRESS) found.push('no-visible-address');
  if (!evidence.origins.includes('hunting')) {
    found.push(evidence.origins.includes('spoof-report') ? 'partial-evidence' : 'trace-only');
  }
  return found;
}

function sum(signals: readonly Signal[]): number {
  return signals.reduce((total, { points }) => total + points, 0);
}
