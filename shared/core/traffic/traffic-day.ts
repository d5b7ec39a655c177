import type { Instant } from '../time.ts';

/**
 * direct-send: the envelope sender (P1) is the tenant's own and no connector matched; `RejectDirectSend` would refuse it.
 * header-only: only the header From (P2) is the tenant's own; the setting does not touch it.
 */
export type TrafficClass = 'direct-send' | 'header-only';

/** Where a row was read from, best first. */
export const TRAFFIC_ORIGINS = ['hunting', 'spoof-report', 'message-trace'] as const;

export type TrafficOrigin = (typeof TRAFFIC_ORIGINS)[number];

/** What became of messages, in messages; a message counts once, by its best fate among its recipients. */
export interface DeliveryCounts {
  readonly delivered: number;
  readonly junked: number;
  readonly quarantined: number;
  /** Neither delivered nor junked nor quarantined. */
  readonly blocked: number;
}

/** Results of the receiver's checks, in messages. */
export interface AuthenticationCounts {
  readonly spfPass: number;
  readonly spfFail: number;
  readonly dkimPass: number;
  /** No DKIM signature of anybody. */
  readonly unsigned: number;
  /** DKIM passed and DMARC passed by nothing but DKIM: the tenant's own domain signed. */
  readonly signed: number;
  readonly dmarcPass: number;
  readonly dmarcFail: number;
  /** SPF, DKIM and DMARC all passed: which of them was aligned cannot be told. */
  readonly allPass: number;
}

/** What Defender's filters said at delivery, in messages. */
export interface VerdictCounts {
  /** Malware, or phishing by what the message contains. */
  readonly content: number;
  /** Phishing by methods that judge the sender or cannot be told apart. */
  readonly doubtful: number;
  /** Phishing only because the sender could not be authenticated; honest devices get this too. */
  readonly spoofOnly: number;
  /** Phishing simulations that the tenant itself ordered. */
  readonly simulated: number;
}

/** What the messages carry, in messages. */
export interface ContentCounts {
  readonly withLinks: number;
  readonly withAttachments: number;
  readonly withLure: number;
}

/** What links and attachments are, in messages, and at most 8 link domains outside the tenant. */
export interface PayloadCounts {
  /** Messages with any of the three below. */
  readonly carrying: number;
  readonly outsideLinks: number;
  readonly qrCodes: number;
  readonly riskyAttachments: number;
  /** Messages with any of these that go from a person to the same person. */
  readonly toSelf: number;
  readonly linkDomains: readonly string[];
}

/** What happened to messages after delivery, in messages. */
export interface AfterDeliveryCounts {
  /** Removed as phishing or malware, automatically or by an administrator. */
  readonly condemned: number;
  readonly reported: number;
}

/** Shape of the senders. A print is the first 8 hex digits of an address's SHA-256: it counts people without naming them. */
export interface SenderCounts {
  /** Messages whose only recipient is their sender. */
  readonly toSelf: number;
  /** Messages from an address that has a mailbox and is not named like a device; null: mailboxes are not known. */
  readonly fromPerson: number | null;
  readonly nullEnvelope: number;
  /** Messages in class direct-send whose header From is another domain. */
  readonly foreignHeader: number;
  /** Messages with an SRS envelope that embeds the tenant's own domain. */
  readonly srsOfOwn: number;
  /** Messages with an envelope shaped like a mailing list's bounce address. */
  readonly listShaped: number;
  /** At most 200 prints of senders, sorted. */
  readonly prints: readonly string[];
  /** At most 200 prints of those that are people, sorted. */
  readonly personPrints: readonly string[];
  /** At most 5 header From addresses; empty when samples are turned off. */
  readonly samples: readonly string[];
  /** At most 5 envelope senders; empty when samples are turned off. */
  readonly envelopes: readonly string[];
  /** At most 5 domains of envelope senders. */
  readonly envelopeDomains: readonly string[];
}

/** One stored row: what one source sent in one class on one UTC day. A group that the origin cannot see is null: unknown. */
export interface TrafficDay {
  /** `yyyy-mm-dd`. */
  readonly day: string;
  readonly class: TrafficClass;
  /** An IPv4 address, an IPv6 /64, a block or host name (spoof reports name some sources so), or `no-address`. */
  readonly source: string;
  readonly origin: TrafficOrigin;
  /** At most 3 addresses within the source, sorted. */
  readonly addresses: readonly string[];
  readonly messages: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** UTC hours (0 to 23) in which mail came, ascending. */
  readonly hours: readonly number[];
  readonly senders: SenderCounts;
  /** At most 1,000 prints of recipients, sorted; null: not known. */
  readonly recipientPrints: readonly string[] | null;
  readonly delivery: DeliveryCounts | null;
  readonly authentication: AuthenticationCounts | null;
  readonly verdicts: VerdictCounts | null;
  readonly content: ContentCounts | null;
  readonly payload: PayloadCounts | null;
  readonly afterDelivery: AfterDeliveryCounts | null;
  /** Messages that the tenant had sent out before and that came back; null: not known. */
  readonly returned: number | null;
  /** Messages that spoof intelligence took for a forgery of the tenant's own domain; null: not known. */
  readonly internalSpoof: number | null;
}
