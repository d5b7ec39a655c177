import type { Instant } from '../time.ts';
import type { AlertFacts } from './alert-facts.ts';

export type * from './alert-facts.ts';

/** Every kind of alert; the names are in the command line's JSON, in CloudEvents types and in metrics. */
export const ALERT_KINDS = [
  'drifted',
  'found-permissive',
  'reminder',
  'recovered',
  'blinded',
  'sighted',
  'attributed',
  'exception-expiring',
  'spoofing-seen',
  'fleet-blind',
  'fleet-sighted',
  'digest',
  'heartbeat',
  'channel-broken',
  'test',
] as const;

export type AlertKind = (typeof ALERT_KINDS)[number];

/** Direct Send traffic in a few figures, for a card; null figures are unknown, never zero. */
export interface TrafficGlance {
  readonly coverage: 'full' | 'partial' | 'none';
  /** Why coverage is not full, as in the command line's JSON; null when it is. */
  readonly reason: string | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly messages: number | null;
  readonly delivered: number | null;
  /** Direct Send sources assessed likely-spoof and their mail since the tenant was opened or in the last day, most first, at most three. */
  readonly spoofSources: readonly {
    readonly source: string;
    readonly messages: number;
    readonly delivered: number | null;
  }[];
  /** Direct Send sources that would be rejected and are not likely-spoof. */
  readonly wouldBreak: readonly string[];
}

/** An alert as it is stored in the outbox and handed to a channel. */
export interface Alert {
  /** 26 characters, base32; the same through retries, channels, cards, events and mails. */
  readonly id: string;
  readonly raisedAt: Instant;
  /** Null for alerts of the fleet. */
  readonly tenant: { readonly id: string; readonly name: string; readonly domains: readonly string[] } | null;
  /** The newest ledger entry when the alert was raised: printed outside the system, so that a rewritten ledger shows. */
  readonly ledger: { readonly seq: number; readonly hash: string } | null;
  readonly facts: AlertFacts;
}

/** An alert that is due, before it has an id: `occasion` makes it unique within its tenant or fleet and kind. */
export interface AlertDraft {
  readonly facts: AlertFacts;
  readonly occasion: string;
  readonly channels: readonly string[];
}
