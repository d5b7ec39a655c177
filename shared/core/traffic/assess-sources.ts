import type { Instant } from '../time.ts';
import { type Approval, findApproval } from './approval.ts';
import type { AssessedSource } from './assessed-source.ts';
import { decideAssessment } from './decide-assessment.ts';
import { gatewaysOf } from './dns-names.ts';
import { findAnchors, isGateway, isSharedSpfEntry } from './find-anchors.ts';
import { judgeStanding, NO_STANDING } from './judge-standing.ts';
import { type NetworkContext, UNKNOWN_NETWORK } from './network-context.ts';
import { isCondemned } from './rules/verdicts.ts';
import { findWaves } from './rules/wave.ts';
import type { SourceCase } from './source-case.ts';
import type { SourceEvidence } from './source-evidence.ts';

/** What the assessment of a tenant's sources rests on besides their mail. */
export interface AssessmentBasis {
  readonly context: NetworkContext;
  readonly approvals: readonly Approval[];
  /** The beginning of the period that was read. */
  readonly from: Instant;
  readonly now: Instant;
}

/** Assesses all sources of one tenant together, likely forgeries first. Pure; the order of the sources does not matter. */
export function assessSources(sources: readonly SourceEvidence[], basis: AssessmentBasis): AssessedSource[] {
  const cases = buildCases(sources, basis);
  const waves = findWaves(cases);
  return cases
    .map((subject) =>
      decideAssessment(subject, waves.get(subject) ?? [], findApproval(subject.evidence, basis.approvals, basis.now)),
    )
    .sort(
      (a, b) => b.score - a.score || b.messages - a.messages || (`${a.class}${a.key}` < `${b.class}${b.key}` ? -1 : 1),
    );
}

function buildCases(sources: readonly SourceEvidence[], { context, from }: AssessmentBasis): SourceCase[] {
  const standings = judgeStanding(sources, context);
  const known = (source: SourceEvidence) => context.sources.get(source.key) ?? UNKNOWN_NETWORK;
  const namesAreKnown = sources.some((source) => known(source).pointer?.kind === 'confirmed');
  const basics = sources.map((evidence) => {
    const blocks = evidence.addresses.length > 0 ? evidence.addresses : [evidence.key];
    const facts = known(evidence);
    return {
      evidence,
      known: facts,
      standing: standings.get(evidence) ?? NO_STANDING,
      anchors: findAnchors(blocks, facts, context),
      sharedSpf: isSharedSpfEntry(facts.spf, context),
      bypassesGateway: bypassesGateway(blocks, evidence, context),
      namesAreKnown,
      from,
    };
  });
  // A domain that a lasting source links to as well is a service that abuse and honest mail share.
  const lasting = new Set(
    basics
      .filter(({ standing, anchors }) => standing.established !== null || anchors.length > 0)
      .flatMap(({ evidence }) => evidence.payload?.linkDomains ?? []),
  );
  const abusive = new Map<string, number>();
  const linksOf = (subject: { readonly evidence: SourceEvidence }) =>
    (subject.evidence.payload?.linkDomains ?? []).filter((domain) => !lasting.has(domain));
  const condemned = new Set(basics.filter(isCondemned));
  for (const subject of condemned)
    for (const domain of linksOf(subject)) abusive.set(domain, (abusive.get(domain) ?? 0) + 1);
  return basics.map((subject) => {
    const itself = condemned.has(subject) ? 1 : 0;
    return { ...subject, linksWithAbuse: linksOf(subject).some((domain) => (abusive.get(domain) ?? 0) > itself) };
  });
}

/** A gateway may deliver from other addresses than it receives on: without a name and without knowing the address's other mail, nothing is said. */
function bypassesGateway(blocks: readonly string[], { key }: SourceEvidence, context: NetworkContext): boolean | null {
  const facts = context.sources.get(key) ?? UNKNOWN_NETWORK;
  if (context.mailExchangers === null || facts.pointer === null || facts.neighbours === null) return null;
  if (gatewaysOf(context.mailExchangers).length === 0 || facts.neighbours.domains > 0) return false;
  return !isGateway(blocks, facts, context);
}
