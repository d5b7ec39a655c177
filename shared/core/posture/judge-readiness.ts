import type { TrafficGap } from '../alerts/traffic-gap.ts';
import type { AssessedSource } from '../traffic/assessed-source.ts';
import type { ReasonCode } from '../traffic/reason-words.ts';
import { type Remedy, suggestRemedy } from './suggest-remedy.ts';

/** How completely traffic could be read. */
export interface TrafficCoverage {
  readonly coverage: 'full' | 'partial' | 'none';
  /** Why it is not full; null when it is. */
  readonly reason: TrafficGap | null;
  /** UTC days that were read. */
  readonly days: number;
}

/** A source that would be rejected, with what would keep it working. */
export interface BreakingSource {
  readonly source: string;
  readonly assessment: AssessedSource['assessment'];
  readonly messages: number;
  /** Days with mail. */
  readonly days: number;
  readonly lastSeen: string;
  readonly remedy: Remedy;
}

/** Whether Direct Send can be rejected without breaking anything. */
export interface Readiness {
  readonly verdict: 'ready' | 'not-ready' | 'unknown';
  readonly why: readonly string[];
  readonly wouldBreak: readonly BreakingSource[];
}

/**
 * Reasons that look into the message. A forgery without any of them was told by its shape alone; an honest sender can have
 * that shape, so such a tenant is not called ready. Nor is one with a forgery that was only just called so.
 */
const GRAVE: ReadonlySet<ReasonCode> = new Set([
  'content-verdict',
  'content-verdict-in-part',
  'removed-after-delivery',
  'shares-links-with-abuse',
  'self-to-self-with-payload',
  'qr-codes',
  'risky-attachments',
  'outside-links',
]);
const CERTAIN_SCORE = 6;

/** So many days must have been read before "nothing would break" can be said. */
const LEAST_DAYS = 14;
/** A program that runs once a month may not have run in fewer. */
const FULL_MONTH = 30;

/**
 * Judges whether closing breaks anything. Named is every source of class direct-send that is not a likely forgery, also
 * those nobody could decide, and forgeries from the tenant's own network: real devices may stand behind the same address.
 */
export function judgeReadiness(sources: readonly AssessedSource[], coverage: TrafficCoverage): Readiness {
  const breaking = sources.filter(wouldBreak).sort((a, b) => b.messages - a.messages);
  const named = breaking.map((source) => ({
    source: source.source,
    assessment: source.assessment,
    messages: source.messages,
    days: source.days.length,
    lastSeen: source.lastSeen,
    remedy: suggestRemedy(source),
  }));
  const doubts = findDoubts(coverage);
  const spoofs = sources.filter((source) => source.class === 'direct-send');
  if (named.length > 0) return { verdict: 'not-ready', why: [...countThem(breaking), ...doubts], wouldBreak: named };
  if (coverage.coverage !== 'full' || coverage.days < LEAST_DAYS)
    return { verdict: 'unknown', why: doubts, wouldBreak: [] };
  const uncertain = spoofs.filter(
    ({ reasons, score }) => score < CERTAIN_SCORE || !reasons.some((code) => GRAVE.has(code)),
  );
  if (uncertain.length > 0) {
    const look = `${say(uncertain.length, 'likely forgery', 'likely forgeries')} can still be an honest sender: make sure that ${list(uncertain)} is not yours.`;
    return { verdict: 'unknown', why: [look, ...doubts], wouldBreak: [] };
  }
  const seen =
    spoofs.length === 0
      ? 'No Direct Send mail was seen.'
      : `Nothing but likely forgeries was seen (${say(spoofs.length, 'source')}).`;
  return { verdict: 'ready', why: [seen, ...doubts], wouldBreak: [] };
}

function wouldBreak({ class: kind, assessment, anchors }: AssessedSource): boolean {
  return kind === 'direct-send' && (assessment !== 'likely-spoof' || anchors.length > 0);
}

function countThem(breaking: readonly AssessedSource[]): string[] {
  const undecided = breaking.filter(({ assessment }) => assessment === 'needs-review').length;
  const spoofed = breaking.filter(({ assessment }) => assessment === 'likely-spoof').length;
  const why = [`${say(breaking.length, 'source')} would be rejected.`];
  if (undecided > 0) why.push(`${say(undecided, 'source')} could not be decided: find out what they are first.`);
  if (spoofed > 0)
    why.push(`${say(spoofed, 'source')} in your own network sent forgeries: look there whatever you decide.`);
  return why;
}

function findDoubts({ coverage, reason, days }: TrafficCoverage): string[] {
  const because = reason === null ? '' : ` (${reason})`;
  if (coverage === 'none') return [`Traffic could not be read${because}: nothing is known of what uses Direct Send.`];
  const doubts: string[] = [];
  if (coverage === 'partial') doubts.push(`Traffic could be read only in part${because}: sources may be missing here.`);
  if (days < LEAST_DAYS)
    doubts.push(
      `Only ${say(days, 'day')} of traffic were read; ${LEAST_DAYS} are needed to say that nothing would break.`,
    );
  else if (days < FULL_MONTH) doubts.push(`Only ${days} days were read: what runs once a month may be missing.`);
  return doubts;
}

function list(sources: readonly AssessedSource[]): string {
  const named = sources.slice(0, 5).map(({ source }) => source);
  return sources.length > named.length ? `${named.join(', ')} and others` : named.join(', ');
}

function say(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
