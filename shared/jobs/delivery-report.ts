import type { ChannelFault } from '../core/alerts/alert.ts';
import type { Instant } from '../core/time.ts';
import type { OutboxRow } from './services.ts';

/** What one delivery round did. */
export interface DeliveryReport {
  /** Outbox rows that were attempted, with their status after it; a row attempted twice stands twice, the last one counts. */
  readonly attempted: OutboxRow[];
  readonly digests: { readonly id: string; readonly status: OutboxRow['status'] }[];
  /** Set when this round found the channel broken that was not. */
  newlyBroken: {
    readonly cause: ChannelFault;
    readonly waiting: number;
    readonly lastAcceptedAt: Instant | null;
  } | null;
  mended: boolean;
}
