import type { TrafficGap } from '../core/alerts/traffic-gap.ts';
import type { InboundConnector } from '../core/posture/inbound-connector.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import type { Instant } from '../core/time.ts';
import type { MailExchangers, SourceNetwork } from '../core/traffic/network-context.ts';
import type { OwnDomains } from '../core/traffic/own-domains.ts';
import type { ReadingPlan } from '../core/traffic/plan-reading.ts';
import type { SourceEvidence } from '../core/traffic/source-evidence.ts';
import type { TrafficDay, TrafficOrigin } from '../core/traffic/traffic-day.ts';
import type { TrafficState } from '../core/traffic/traffic-state.ts';

/** What one reading gave. */
export interface TrafficReading {
  readonly origin: TrafficOrigin | null;
  readonly coverage: 'full' | 'partial' | 'none';
  readonly reason: TrafficGap | null;
  readonly detail: string | null;
  readonly days: readonly TrafficDay[];
  /** Midnight of the first day that was read whole; every day from it on replaces what is stored. Null: nothing was read. */
  readonly from: Instant | null;
  readonly own: OwnDomains | null;
  readonly connectors: readonly InboundConnector[] | null;
  /** Whether advanced hunting was tried. */
  readonly hunted: boolean;
}

/** How one reading is to be done. */
export interface ReadingOptions {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly within: number;
  readonly domains: {
    /** The domains of the last reading; `whole`: they were the tenant's own list. Null: there was none. */
    readonly before: { readonly own: OwnDomains; readonly whole: boolean } | null;
    /** As the registry lists them. */
    readonly registered: readonly string[];
  };
  readonly keepSamples: boolean;
  /** Whether a passing fault of hunting is waited for, because what hunting told last is still fresh. */
  readonly waitsForHunting: boolean;
  /** Why hunting could not be used when it was last tried; null: it could, or was not tried. */
  readonly lastGap: TrafficGap | null;
}

/** Reads traffic from outside. Never throws for faults of Microsoft's or of the network. */
export interface TrafficReader {
  read(tenant: CheckedTenant, plan: ReadingPlan, options: ReadingOptions): Promise<TrafficReading>;
  /** What DNS and the tenant's other mail say of the sources. */
  lookUp(
    tenant: CheckedTenant,
    own: OwnDomains,
    sources: readonly SourceEvidence[],
    plan: ReadingPlan,
    options: { readonly signal: AbortSignal; readonly hunting: boolean },
  ): Promise<{
    readonly mailExchangers: readonly MailExchangers[] | null;
    readonly networks: ReadonlyMap<string, SourceNetwork>;
    /** Whether the sources' other mail was asked for. */
    readonly asked: boolean;
  }>;
}

/** Stored traffic: one row per day, class and source, and the state beside them. */
export interface TrafficStore {
  state(tenantId: string): Promise<TrafficState | null>;
  saveState(tenantId: string, state: TrafficState): Promise<void>;
  /** Rows of days from `day` on. */
  days(tenantId: string, from: string): Promise<TrafficDay[]>;
  /** Replaces all rows of the given days, so that a day that is read twice counts once. */
  replaceDays(tenantId: string, days: readonly string[], rows: readonly TrafficDay[]): Promise<void>;
  /** Removes rows of days before `day`. */
  dropDays(tenantId: string, before: string): Promise<void>;
}
