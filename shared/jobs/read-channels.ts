import type { Instant } from '../core/time.ts';
import type { Services } from './services.ts';

/** A channel as `dsw status` shows it. */
export interface ChannelStatus {
  readonly id: string;
  readonly health: 'ok' | 'broken' | 'never-used';
  readonly lastAcceptedAt: Instant | null;
  /** Alerts that the channel has not accepted yet. */
  readonly pending: number;
  /** Why it is broken, safe to show. */
  readonly detail: string | null;
}

/** One channel's health and what waits for it, by tenant. */
export async function readChannel(
  services: Services,
  channel: string,
): Promise<ChannelStatus & { readonly waitingByScope: ReadonlyMap<string, number> }> {
  const [pace, items] = await Promise.all([services.mailbox.pace(channel), services.mailbox.items(channel)]);
  const waitingByScope = new Map<string, number>();
  for (const { scope } of items) waitingByScope.set(scope, (waitingByScope.get(scope) ?? 0) + 1);
  const broken = pace?.value.broken ?? null;
  const lastAcceptedAt = pace?.value.lastAcceptedAt ?? null;
  const used = lastAcceptedAt !== null ? 'ok' : 'never-used';
  return {
    id: channel,
    health: broken !== null ? 'broken' : used,
    lastAcceptedAt,
    pending: items.length,
    detail: broken?.detail ?? null,
    waitingByScope,
  };
}
