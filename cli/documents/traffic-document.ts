import type { TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import { NO_TRAFFIC } from '../../shared/core/traffic/traffic-state.ts';

/** The `traffic` part of documents (design, section 7). */
export function describeTraffic(state: TrafficState | null) {
  const { coverage, origin, reason, detail, from, to, assessed, more } = state ?? NO_TRAFFIC;
  return {
    coverage,
    origin: coverage === 'none' ? null : origin,
    reason,
    detail,
    from,
    to,
    sources: assessed.map((source) => ({
      source: source.source,
      class: source.class,
      assessment: source.assessment,
      confidence: source.confidence,
      score: source.score,
      reasons: source.reasons,
      messages: source.messages,
      delivered: source.delivery?.delivered ?? null,
      junked: source.delivery?.junked ?? null,
      blocked: source.delivery === null ? null : source.delivery.blocked + source.delivery.quarantined,
      firstSeen: source.firstSeen,
      lastSeen: source.lastSeen,
      activeDays: source.days.length,
      senders: source.senders,
    })),
    more,
  };
}

/** The `readiness` part of documents. */
export function describeReadiness(state: TrafficState | null) {
  const { coverage, reason, readiness } = state ?? NO_TRAFFIC;
  if (readiness === null || coverage === 'none') {
    const why =
      reason === null || reason === 'not-read'
        ? 'Direct Send traffic was not read yet.'
        : `Direct Send traffic could not be read (${reason}).`;
    return { verdict: 'unknown' as const, why: [why], wouldBreak: [] as string[] };
  }
  return {
    verdict: readiness.verdict,
    why: readiness.why,
    wouldBreak: readiness.wouldBreak.map((source) => source.source),
  };
}
