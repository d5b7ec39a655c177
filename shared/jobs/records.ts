import type { Alert, AlertKind, ChannelFault } from '../core/alerts/alert.ts';
import type { Attribution } from '../core/evidence/attribution.ts';
import type { ChainHead } from '../core/evidence/history.ts';
import type { FleetState } from '../core/fleet/fleet-state.ts';
import type { Exception, MaintenanceWindow } from '../core/setting/policy.ts';
import type { Reason, Verdict } from '../core/setting/reading.ts';
import type { Acknowledgement, Phase, TenantState } from '../core/setting/tenant-state.ts';
import type { Instant } from '../core/time.ts';
import type { Approval } from '../core/traffic/approval.ts';

/** What a tenant's ledger knows beside its history: one row, changed only together with a history entry or a reading. */
export interface TenantRecord {
  readonly chain: ChainHead;
  readonly state: TenantState;
  readonly exceptions: readonly Exception[];
  readonly windows: readonly MaintenanceWindow[];
  /** Who opened the newest drift; null when there was none. */
  readonly attribution: Attribution | null;
  /** Sources that a person approved. */
  readonly approvals: readonly Approval[];
  /** Forgers that people were told of in one permissive episode; null: none yet. */
  readonly spoofing: { readonly episode: number; readonly keys: readonly string[] } | null;
}

/** The ledger of the fleet itself lies beside those of the tenants, under this name. */
export const FLEET_SCOPE = 'fleet';

export interface FleetRecord {
  readonly chain: ChainHead;
  readonly state: FleetState;
}

/** An alert on its way to one channel; committed with the state that caused it. */
export interface OutboxRow {
  readonly scope: string;
  readonly channel: string;
  readonly alert: Alert;
  readonly status: 'pending' | 'accepted' | 'parked';
  readonly attempts: number;
  readonly acceptedAt: Instant | null;
  /** Safe to show: status, code and cause, never a URL. */
  readonly lastError: string | null;
  /** The Teams workflow run that took it, when the answer named one. */
  readonly workflowRun: string | null;
  /** The digest that carried it, when it was grouped. */
  readonly digestId: string | null;
  /** Copied here for lists; the history entry is the record of it. */
  readonly acknowledged: Acknowledgement | null;
}

/** One tenant in lists and dashboards: a projection of its ledger. */
export interface FleetRow {
  readonly tenantId: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly state: Phase;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly checkedAt: Instant;
  readonly verifiedAt: Instant | null;
  readonly openSince: Instant | null;
  readonly excepted: boolean;
  readonly acknowledged: boolean;
  readonly runId: string;
  readonly seq: number;
  readonly hash: string;
  /** Something is to be said about this tenant's blindness once the sweep is judged. */
  readonly awaitsBlindnessAlert: boolean;
  /** When the audit log is to be asked next; null when it is not. */
  readonly followUpAt: Instant | null;
}

/** One pass over all tenants that are due. */
export interface Sweep {
  readonly runId: string;
  readonly startedAt: Instant;
  readonly status: 'planning' | 'running' | 'closed';
  readonly expected: number;
  readonly done: number;
  readonly failed: number;
  readonly closedAt: Instant | null;
}

/** What waits for a channel. Written before the commit that it points to, so that no crash hides an alert; the outbox decides. */
export interface MailboxItem {
  readonly channel: string;
  readonly alertId: string;
  readonly scope: string;
  readonly kind: AlertKind;
  readonly createdAt: Instant;
  readonly nextAt: Instant;
  readonly attempts: number;
  readonly status: 'pending' | 'parked';
  /** Set before a request is sent, cleared by its outcome: found again, it means that the answer is not known. */
  readonly sendingSince: Instant | null;
  /** An earlier attempt may have arrived: its answer was lost, or its sender died. */
  readonly mayHaveArrived: boolean;
  /** Set right after a 2xx, before the outbox row is marked. */
  readonly accepted: {
    readonly at: Instant;
    readonly workflowRun: string | null;
    readonly digestId: string | null;
  } | null;
}

/** A channel's lease, pace and health. */
export interface ChannelPace {
  readonly leaseOwner: string | null;
  readonly leaseUntil: Instant | null;
  readonly lastPostAt: Instant | null;
  /** The channel asked to wait, or failed: nothing is sent before. */
  readonly holdUntil: Instant | null;
  readonly lastAcceptedAt: Instant | null;
  readonly broken: {
    readonly since: Instant;
    readonly cause: ChannelFault;
    readonly detail: string;
    readonly probes: number;
    readonly nextProbeAt: Instant;
  } | null;
}
