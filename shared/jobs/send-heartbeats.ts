import { MOST_HEARTBEATS, planHeartbeats } from '../core/fleet/plan-heartbeats.ts';
import { digestLedgers, summariseFleet } from '../core/fleet/summarise-fleet.ts';
import type { Instant } from '../core/time.ts';
import { commitFleet } from './commit-fleet.ts';
import type { Managed } from './list-tenants.ts';
import type { FleetRow, OutboxRow, Services } from './services.ts';

/** Raises the heartbeats that are due: each channel hears of its own tenants only. */
export async function sendHeartbeats(
  services: Services,
  rows: readonly FleetRow[],
  managed: Managed,
): Promise<readonly OutboxRow[]> {
  const { heartbeat: every } = services.policy;
  if (every === 'off') return [];
  const now = services.now().toISOString();
  const routes = routeTenants(managed);
  const outbox: OutboxRow[] = [];
  for (;;) {
    const committed = await commitFleet(services, (before) => {
      const { state, due } = planHeartbeats(before, [...routes.keys()], every, now);
      const drafts = due.map((channel) => {
        const facts = describeFleet(
          rows.filter((row) => routes.get(channel)?.has(row.tenantId)),
          every,
          now,
        );
        return { facts, occasion: `${channel}|${now}`, channels: [channel] };
      });
      return { state, drafts, notes: [] };
    });
    outbox.push(...committed.outbox);
    if (committed.outbox.length < MOST_HEARTBEATS) return outbox;
  }
}

/** An outbox row must fit into a table entity however many tenants stand open. */
const MOST_OPEN = 100;

function describeFleet(own: readonly FleetRow[], every: 'daily' | 'weekly' | 'monthly', now: Instant) {
  const open = own
    .filter((row) => row.openSince !== null && !row.excepted)
    .sort((one, other) => (one.openSince ?? now).localeCompare(other.openSince ?? now));
  return {
    kind: 'heartbeat',
    figures: summariseFleet(own),
    open: open.slice(0, MOST_OPEN).map(({ tenantId, name, openSince, acknowledged }) => {
      return { tenantId, name, openSince: openSince ?? now, acknowledged };
    }),
    openMore: Math.max(0, open.length - MOST_OPEN),
    ledgerDigest: digestLedgers(own),
    ledgers: own.length,
    every,
  } as const;
}

/** Which tenants each channel hears of. */
function routeTenants({ tenants, channels }: Managed): Map<string, Set<string>> {
  const routes = new Map(channels.map((channel) => [channel.id, new Set<string>()]));
  for (const tenant of tenants) {
    for (const channel of [...tenant.channels, ...(tenant.escalation?.channels ?? [])])
      routes.get(channel)?.add(tenant.id);
  }
  for (const [channel, tenantIds] of routes) if (tenantIds.size === 0) routes.delete(channel);
  return routes;
}
