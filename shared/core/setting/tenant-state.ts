import type { Instant } from '../time.ts';
import type { Reason } from './reading.ts';

/** What is believed of the setting: only definite readings move it. */
export type Phase = 'never-verified' | 'enforced' | 'permissive';

/** When the setting was changed: after `notBefore` (last read enforced; null if it never was) and not after `notAfter`. */
export interface Window {
  readonly notBefore: Instant | null;
  readonly notAfter: Instant;
}

/** A person's word that they know; it stops reminders until `until` (null: until the episode ends), never the state. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: Instant;
  readonly until: Instant | null;
}

/** One stretch of being permissive. */
export interface PermissiveEpisode {
  /** Counts up per tenant from 1. */
  readonly number: number;
  readonly kind: 'drifted' | 'found-permissive';
  readonly openedAt: Instant;
  readonly window: Window;
  /** The run of the first enforced reading since; a second one from another run closes the episode. */
  readonly recovery: { readonly runId: string; readonly at: Instant } | null;
  /** When people were told that it is open; null while an exception or a maintenance window holds the alert back. */
  readonly announcedAt: Instant | null;
  /** How often the opening was announced: again after an exception ended. */
  readonly announcements: number;
  readonly toldChannels: readonly string[];
  readonly reminders: number;
  readonly nextReminderAt: Instant | null;
  readonly escalatedAt: Instant | null;
  readonly acknowledged: Acknowledgement | null;
  /** The exception whose coming end was announced. */
  readonly expiryAnnounced: string | null;
  /** The exception under which it was last seen permissive; cleared when that ends. */
  readonly exceptedBy: string | null;
}

/** A permissive episode that people were told of and that ended; waits to be announced as recovered. */
export interface ClosedEpisode {
  readonly number: number;
  readonly openedAt: Instant;
  readonly closedAt: Instant;
  readonly window: Window;
  readonly toldChannels: readonly string[];
}

/** One stretch of not being able to read the setting for longer than `blindAfter`. */
export interface BlindEpisode {
  readonly number: number;
  /** Since when nothing was verified: the last definite reading, or the registration. */
  readonly since: Instant;
  readonly openedAt: Instant;
  readonly reason: Reason;
  readonly detail: string;
  readonly announcedAt: Instant | null;
  readonly toldChannels: readonly string[];
}

/** A blind episode that people were told of and that ended; waits to be announced as sighted. */
export interface ClosedBlindness {
  readonly number: number;
  readonly since: Instant;
  readonly closedAt: Instant;
  readonly reason: Reason;
  readonly toldChannels: readonly string[];
}

/** What the readings of one UTC day said; becomes the day's attestation. */
export interface DayTally {
  readonly day: string;
  readonly enforced: number;
  readonly permissive: number;
  readonly unknown: number;
  readonly lastVerdict: 'enforced' | 'permissive' | null;
  readonly lastVerifiedAt: Instant | null;
}

/** Everything believed about one tenant now. Stored as one row; every change of it is a ledger transaction. */
export interface TenantState {
  readonly phase: Phase;
  readonly registeredAt: Instant;
  /** When the last definite reading was asked for. */
  readonly verifiedAt: Instant | null;
  /** When the last enforced reading was asked for: the lower end of the next window. */
  readonly enforcedAt: Instant | null;
  /** The newest reading that was taken in order. */
  readonly newest: { readonly askedAt: Instant; readonly runId: string } | null;
  /** Readings in a row that were older than the newest: several in ascending order mean that a clock was set back. */
  readonly lateInARow: { readonly count: number; readonly askedAt: Instant; readonly runId: string } | null;
  /** Why nothing definite has been read since; null after a definite reading. */
  readonly unreadable: { readonly since: Instant; readonly reason: Reason; readonly detail: string } | null;
  readonly episodes: number;
  readonly open: PermissiveEpisode | null;
  readonly closed: ClosedEpisode | null;
  readonly blindEpisodes: number;
  readonly blind: BlindEpisode | null;
  readonly closedBlind: ClosedBlindness | null;
  readonly today: DayTally | null;
}

/** The state of a tenant that was registered and never read. */
export function newTenantState(registeredAt: Instant): TenantState {
  return {
    phase: 'never-verified',
    registeredAt,
    verifiedAt: null,
    enforcedAt: null,
    newest: null,
    lateInARow: null,
    unreadable: null,
    episodes: 0,
    open: null,
    closed: null,
    blindEpisodes: 0,
    blind: null,
    closedBlind: null,
    today: null,
  };
}
