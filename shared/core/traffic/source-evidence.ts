import type { Instant } from '../time.ts';
import type {
  AfterDeliveryCounts,
  AuthenticationCounts,
  ContentCounts,
  DeliveryCounts,
  PayloadCounts,
  SenderCounts,
  TrafficClass,
  TrafficOrigin,
  VerdictCounts,
} from './traffic-day.ts';

/** Counts together with the messages that they were taken from, so that a share is of what was looked at. */
export type Known<T> = T & { readonly outOf: number };

/** Everything seen of one source in one class, folded over the days of a period. Null groups are unknown. */
export interface SourceEvidence {
  /** As in `TrafficDay.source`; with the class the stable name of the source. */
  readonly key: string;
  /** What people are shown: the one address seen, or the block when there were several. */
  readonly source: string;
  readonly class: TrafficClass;
  /** The origins of the rows, best first. */
  readonly origins: readonly TrafficOrigin[];
  readonly addresses: readonly string[];
  readonly messages: number;
  /** Days with mail, ascending, for charts and for what the pattern of days says. */
  readonly days: readonly { readonly day: string; readonly messages: number }[];
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly senders: SenderCounts;
  /** Messages in which it was known whether the sender is a person. */
  readonly peopleKnownOf: number;
  readonly recipients: Recipients | null;
  readonly delivery: Known<DeliveryCounts> | null;
  readonly authentication: Known<AuthenticationCounts> | null;
  readonly verdicts: Known<VerdictCounts> | null;
  readonly content: Known<ContentCounts> | null;
  readonly payload: Known<PayloadCounts> | null;
  readonly afterDelivery: Known<AfterDeliveryCounts> | null;
  readonly returned: Known<{ readonly messages: number }> | null;
  readonly internalSpoof: Known<{ readonly messages: number }> | null;
}

/** Who received the mail, as prints: with more than 1,000 recipients on one day there were more. */
export interface Recipients {
  readonly prints: readonly string[];
  readonly outOf: number;
}

/** The share of messages, 0 to 1; null when nothing was looked at. */
export function share(part: number | null | undefined, outOf: number | null | undefined): number | null {
  return part === null || part === undefined || !outOf ? null : Math.min(1, part / outOf);
}

/** Whether at least this share of the messages is so; unknown is not enough. */
export function atLeast(part: number | null | undefined, outOf: number | null | undefined, least: number): boolean {
  const value = share(part, outOf);
  return value !== null && value >= least;
}
