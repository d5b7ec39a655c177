import { between, DAY, type Instant, later } from '../time.ts';
import type { AssessedSource } from '../traffic/assessed-source.ts';

/** A source that sent before Direct Send was rejected and has not been seen since. */
export interface SilentSource {
  readonly source: string;
  readonly assessment: AssessedSource['assessment'];
  readonly lastSeen: Instant;
  /** Days with mail before. */
  readonly days: number;
  /** How long it has been silent, in milliseconds. */
  readonly silentFor: number;
}

/**
 * What used to send and has gone silent since closing. Rejected attempts leave no trace that could be read, so silence is
 * all there is: a source counts when it is silent for longer than its longest pause before, and for at least a day.
 */
export function findGoneSilent(sources: readonly AssessedSource[], closedAt: Instant, now: Instant): SilentSource[] {
  return sources
    .filter((source) => source.class === 'direct-send' && source.assessment !== 'likely-spoof')
    .filter(
      ({ lastSeen, days }) => lastSeen < closedAt && days.length >= 2 && now > later(lastSeen, longestPause(days)),
    )
    .map(({ source, assessment, lastSeen, days }) => ({
      source,
      assessment,
      lastSeen,
      days: days.length,
      silentFor: between(lastSeen, now),
    }))
    .sort((a, b) => b.days - a.days);
}

function longestPause(days: AssessedSource['days']): number {
  let longest = DAY;
  for (const [at, { day }] of days.entries()) {
    const before = days[at - 1];
    // Two days of mail lie up to one day further apart than their dates say.
    if (before !== undefined) longest = Math.max(longest, Date.parse(day) - Date.parse(before.day) + DAY);
  }
  return longest;
}
