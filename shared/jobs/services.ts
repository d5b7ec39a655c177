import type { Actor, Alert, ChannelFault, TrafficGlance } from '../core/alerts/alert.ts';
import type { AuditAnswer } from '../core/evidence/attribution.ts';
import type { NamedChannel } from '../core/registry/tenant.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import type { Reading } from '../core/setting/reading.ts';
import type { Window } from '../core/setting/tenant-state.ts';
import type { Instant } from '../core/time.ts';
import type { Fleet, Ledger, Mailbox, Queues, Registry, Sweeps } from './stores.ts';
import type { TrafficReader, TrafficStore } from './traffic-services.ts';

export type * from './records.ts';
export { FLEET_SCOPE } from './records.ts';
export type * from './stores.ts';

/** The audit log of a tenant. A query runs at the service for minutes to hours; never throws. */
export interface AuditLog {
  submit(tenant: CheckedTenant, window: Window): Promise<AuditAnswer>;
  poll(tenant: CheckedTenant, query: string, window: Window): Promise<AuditAnswer>;
}

/** What a channel answered to one message. */
export type SendResult =
  | { readonly kind: 'accepted'; readonly workflowRun: string | null }
  | {
      readonly kind: 'retry';
      /** Milliseconds that the channel asked to wait; null: by our own table. */
      readonly after: number | null;
      /** True when the request may have been taken although no answer came. */
      readonly mayHaveArrived: boolean;
      readonly error: string;
    }
  | { readonly kind: 'too-large'; readonly error: string }
  | { readonly kind: 'refused'; readonly cause: ChannelFault; readonly error: string };

/** One message to one channel: a single alert, or a digest that stands for several. */
export interface Outgoing {
  readonly alert: Alert;
  /** True when an earlier attempt may have arrived. */
  readonly possibleRepeat: boolean;
  /** How often the message was already found too large and must be smaller now. */
  readonly shrink: number;
  /** What is known by now of the tenant's Direct Send traffic and of who changed the setting; null: not read yet. */
  readonly traffic: TrafficGlance | null;
  readonly changedBy: readonly Actor[] | null;
}

export interface Channels {
  /** Whether several alerts may go out as one message. */
  groups(channel: NamedChannel): boolean;
  send(channel: NamedChannel, outgoing: Outgoing): Promise<SendResult>;
  /** What is wrong with a channel's configuration, for a person; null when nothing is. */
  check(channel: NamedChannel): Promise<string | null>;
}

export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Spans and metrics; costs nothing when telemetry is off. Names are those of `core/telemetry-names.ts`. */
export interface Telemetry {
  /** Runs a task inside a span; `note` adds attributes once they are known. A rejection marks the span as failed. It may have begun before the task. */
  span<T>(
    name: string,
    attributes: Attributes,
    task: (note: (more: Attributes) => void) => Promise<T>,
    startedAt?: Instant,
  ): Promise<T>;
  gauge(name: string, value: number, attributes?: Attributes): void;
  count(name: string, by: number, attributes?: Attributes): void;
  histogram(name: string, value: number, attributes?: Attributes): void;
}

/** Everything a job may touch of the world, as small interfaces. Wired by `functions/` and `cli/`. */
export interface Services {
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly readSetting: (tenant: CheckedTenant) => Promise<Reading>;
  readonly audit: AuditLog;
  readonly traffic: {
    readonly reader: TrafficReader;
    readonly store: TrafficStore;
    /** Milliseconds between two readings. */
    readonly every: number;
    /** Whether a few sample addresses are stored. */
    readonly keepSamples: boolean;
  };
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly fleet: Fleet;
  readonly sweeps: Sweeps;
  readonly mailbox: Mailbox;
  readonly queues: Queues;
  readonly channels: Channels;
  /** Who we are in leases, and whether another owner is known to be dead. */
  readonly owner: { readonly name: string; isGone(owner: string): boolean };
  /** Says that a channel has something waiting; a lost hint costs a minute, no alert. */
  readonly hintDelivery: (channel: string) => Promise<void>;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly policy: {
    readonly blindAfter: number;
    readonly historyDays: number;
    readonly heartbeat: 'daily' | 'weekly' | 'monthly' | 'off';
  };
}
