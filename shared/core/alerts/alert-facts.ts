import type { Reason } from '../setting/reading.ts';
import type { Window } from '../setting/tenant-state.ts';
import type { Instant } from '../time.ts';

/** Who changed the setting, from one audit record. Every text in it comes from outside. */
export interface Actor {
  readonly at: Instant;
  readonly account: string;
  readonly clientIp: string | null;
  readonly application: string | null;
  /** True: Microsoft's datacenter or a delegated partner, which the record does not tell apart. */
  readonly external: boolean;
}

/** Why no audit record was found, as far as can be told. */
export type NoRecordReason =
  | 'audit-disabled'
  | 'permission-missing'
  | 'licence-missing'
  | 'query-stuck'
  | 'service-error'
  | 'record-limit'
  | 'cloud-not-supported'
  | 'not-found';

/** What one alert says, by kind. Instants are UTC; texts from outside are raw and are escaped where they are shown. */
export type AlertFacts =
  | {
      readonly kind: 'drifted' | 'found-permissive';
      readonly window: Window;
      readonly checkedAt: Instant;
      readonly episode: number;
      /** Set when it was known and approved until an exception ended; then this is not a new change. */
      readonly exceptionEnded: boolean;
      /** True when a maintenance window held this alert back. */
      readonly heldBack: boolean;
    }
  | {
      readonly kind: 'reminder';
      readonly window: Window;
      readonly episode: number;
      /** 1 for the first reminder. */
      readonly ordinal: number;
      /** Why it is sent: its time came, nobody acknowledged, or the channel is new for this tenant. */
      readonly because: 'due' | 'escalation' | 'new-channel';
      readonly verifiedAt: Instant;
      /** Why the setting cannot be read right now; null when it can. */
      readonly unreadable: Reason | null;
    }
  | {
      readonly kind: 'recovered';
      readonly window: Window;
      readonly episode: number;
      readonly closedAt: Instant;
      /** How long people knew it to be open: from first seen permissive to the first enforced reading, in milliseconds. */
      readonly openFor: number;
    }
  | {
      readonly kind: 'blinded';
      readonly since: Instant;
      readonly reason: Reason;
      readonly detail: string;
      /** What was last proven; null when nothing ever was. */
      readonly lastVerdict: 'enforced' | 'permissive' | null;
      readonly verifiedAt: Instant | null;
    }
  | {
      readonly kind: 'sighted';
      readonly since: Instant;
      readonly closedAt: Instant;
      readonly blindFor: number;
      readonly reason: Reason;
      readonly verdict: 'enforced' | 'permissive';
    }
  | {
      readonly kind: 'attributed';
      readonly window: Window;
      readonly episode: number;
      /** Newest first; empty when no record matched. */
      readonly actors: readonly Actor[];
      readonly noRecord: NoRecordReason | null;
    }
  | {
      readonly kind: 'exception-expiring';
      readonly exceptionId: string;
      readonly until: Instant;
      readonly approvedBy: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'spoofing-seen';
      readonly window: Window;
      readonly episode: number;
      /** Messages of all new sources together. */
      readonly messages: number;
      /** Those whose mail reached most people, at most 50. */
      readonly sources: readonly {
        readonly source: string;
        readonly messages: number;
        readonly delivered: number;
        readonly junked: number;
        readonly blocked: number;
        /** Codes of `traffic/reason-words.ts`, heaviest first, at most 8. */
        readonly reasons: readonly string[];
        readonly firstSeen: Instant;
        readonly lastSeen: Instant;
      }[];
      /** How many more new sources there are. */
      readonly sourcesMore: number;
    }
  | {
      readonly kind: 'fleet-blind';
      readonly reason: Reason;
      readonly since: Instant;
      readonly failing: number;
      readonly checked: number;
    }
  | {
      readonly kind: 'fleet-sighted';
      readonly reason: Reason;
      readonly since: Instant;
      readonly closedAt: Instant;
      readonly blindFor: number;
      /** Tenants that still cannot be read, each for its own reason. */
      readonly stillUnknown: number;
    }
  | {
      readonly kind: 'digest';
      /** The alerts that this one message stands for, in the order shown. */
      readonly rows: readonly DigestRow[];
    }
  | {
      readonly kind: 'heartbeat';
      readonly figures: FleetFigures;
      /** What has stood open longest, at most 100. */
      readonly open: readonly {
        readonly tenantId: string;
        readonly name: string;
        readonly openSince: Instant;
        readonly acknowledged: boolean;
      }[];
      /** How many more stand open. */
      readonly openMore: number;
      /** SHA-256 over the newest ledger hash of every tenant of this channel, sorted by tenant id. */
      readonly ledgerDigest: string;
      readonly ledgers: number;
      readonly every: 'daily' | 'weekly' | 'monthly';
    }
  | {
      readonly kind: 'channel-broken';
      readonly channel: string;
      readonly cause: ChannelFault;
      readonly since: Instant;
      readonly waiting: number;
      readonly lastAcceptedAt: Instant | null;
    }
  | { readonly kind: 'test' };

/** One line of a digest: an alert with its own id. */
export interface DigestRow {
  readonly alertId: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly facts: Exclude<AlertFacts, { kind: 'digest' }>;
}

/** Counts of tenants, as in a sweep's summary. */
export interface FleetFigures {
  readonly tenants: number;
  readonly enforced: number;
  readonly permissive: number;
  readonly unknown: number;
  readonly excepted: number;
  /** The oldest of the tenants' last definite readings; null when one was never verified. */
  readonly oldestVerifiedAt: Instant | null;
}

/** Why a channel refuses, decoded from its answer. */
export type ChannelFault =
  | 'flow-disabled'
  | 'flow-deleted'
  | 'flow-suspended'
  | 'schema-mismatch'
  | 'query-lost'
  | 'signature-lost'
  | 'access-denied'
  | 'not-found'
  | 'gone'
  | 'redirected'
  | 'misconfigured'
  | 'mailbox-rejected'
  | 'refused';
