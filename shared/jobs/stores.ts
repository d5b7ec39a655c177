import type { ChainHead, HistoryEntry } from '../core/evidence/history.ts';
import type { NamedChannel, RegisteredTenant, RegistryDefaults } from '../core/registry/tenant.ts';
import type { CheckMessage } from '../core/schemas.ts';
import type { Instant } from '../core/time.ts';
import type { ChannelPace, FleetRow, MailboxItem, OutboxRow, Sweep } from './records.ts';

/** A row and the version under which it was read; a save under an old version is refused. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}

export type Saved = 'saved' | 'conflict';

/** The truth: one partition per tenant, append-only history, hash-chained. */
export interface Ledger {
  load<R extends { chain: ChainHead }>(scope: string): Promise<Versioned<R> | null>;
  /** One entity group transaction: record, entries and outbox rows together or not at all. `version` null: the record is new. */
  commit(
    scope: string,
    version: string | null,
    record: { chain: ChainHead },
    entries: readonly HistoryEntry[],
    outbox: readonly OutboxRow[],
  ): Promise<Saved>;
  /** Oldest first. */
  history(scope: string): Promise<HistoryEntry[]>;
  outbox(scope: string): Promise<OutboxRow[]>;
  outboxRow(scope: string, alertId: string, channel: string): Promise<Versioned<OutboxRow> | null>;
  saveOutboxRow(row: OutboxRow, version: string): Promise<Saved>;
  /** Removes entries from the chain's old end, with the record that remembers where it now begins. */
  purge(
    scope: string,
    version: string,
    record: { chain: ChainHead },
    entries: readonly HistoryEntry[],
    outbox: readonly OutboxRow[],
  ): Promise<Saved>;
}

/** The tenants, channels and defaults that are managed. */
export interface Registry {
  tenants(): Promise<RegisteredTenant[]>;
  channels(): Promise<NamedChannel[]>;
  defaults(): Promise<RegistryDefaults>;
  save(change: {
    readonly tenants: readonly RegisteredTenant[];
    readonly channels: readonly NamedChannel[];
    readonly defaults: RegistryDefaults | null;
  }): Promise<void>;
}

export interface Fleet {
  put(row: FleetRow): Promise<void>;
  rows(): AsyncIterable<FleetRow>;
  remove(tenantId: string): Promise<void>;
}

export interface Sweeps {
  /** False when a sweep of this id exists. */
  create(sweep: Sweep): Promise<boolean>;
  get(runId: string): Promise<Sweep | null>;
  save(sweep: Sweep): Promise<void>;
  /** Newest first, at most `most`. */
  recent(now: Instant, most: number): Promise<Sweep[]>;
  purge(before: Instant): Promise<number>;
}

export interface Mailbox {
  /** Adds items that are not there yet. */
  add(items: readonly MailboxItem[]): Promise<void>;
  items(channel: string): Promise<MailboxItem[]>;
  save(channel: string, items: readonly MailboxItem[]): Promise<void>;
  remove(channel: string, alertIds: readonly string[]): Promise<void>;
  pace(channel: string): Promise<Versioned<ChannelPace> | null>;
  savePace(channel: string, pace: ChannelPace, version: string | null): Promise<Versioned<ChannelPace> | 'conflict'>;
}

export interface Queues {
  sendChecks(messages: readonly CheckMessage[]): Promise<void>;
  /** `delay` in milliseconds before the message can be seen. */
  sendDelivery(channel: string, delay: number): Promise<void>;
  /** Messages in the poison queues, by queue name. */
  poison(): Promise<Record<string, number>>;
}
