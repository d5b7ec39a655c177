import { listManaged, type Managed } from './list-tenants.ts';
import { type ChannelStatus, readChannel } from './read-channels.ts';
import type { FleetRow, Services, Sweep } from './services.ts';

/** The fleet as it is known now, out of stored results only. */
export interface FleetStatus {
  readonly tenants: readonly TenantStatus[];
  readonly channels: readonly ChannelStatus[];
  readonly poison: Readonly<Record<string, number>>;
  readonly lastSweep: Sweep | null;
}

export interface TenantStatus {
  readonly tenantId: string;
  readonly name: string;
  readonly verdict: FleetRow['verdict'];
  readonly state: FleetRow['state'];
  readonly reason: FleetRow['reason'];
  readonly verifiedAt: string | null;
  /** Null: registered and never checked. */
  readonly checkedAt: string | null;
  readonly openSince: string | null;
  readonly excepted: boolean;
  readonly alertsPending: number;
}

/** Reads the fleet's status. Every registered tenant is in it, also one that was never checked. */
export async function readStatus(services: Services): Promise<FleetStatus> {
  const managed = await listManaged(services);
  const [rows, channels, poison, sweeps] = await Promise.all([
    collectRows(services),
    Promise.all(managed.channels.map((channel) => readChannel(services, channel.id))),
    services.queues.poison(),
    services.sweeps.recent(services.now().toISOString(), 1),
  ]);
  const waiting = (tenantId: string) => {
    return channels.reduce((sum, channel) => sum + (channel.waitingByScope.get(tenantId) ?? 0), 0);
  };
  return {
    tenants: describeTenants(managed, rows, waiting),
    channels: channels.map(({ waitingByScope: _, ...channel }) => channel),
    poison,
    lastSweep: sweeps[0] ?? null,
  };
}

async function collectRows(services: Services): Promise<Map<string, FleetRow>> {
  const rows = new Map<string, FleetRow>();
  for await (const row of services.fleet.rows()) rows.set(row.tenantId, row);
  return rows;
}

function describeTenants(
  { tenants }: Managed,
  rows: ReadonlyMap<string, FleetRow>,
  waiting: (tenantId: string) => number,
): TenantStatus[] {
  return tenants.map(({ id, name }) => {
    const row = rows.get(id);
    return {
      tenantId: id,
      name,
      verdict: row?.verdict ?? 'unknown',
      state: row?.state ?? 'never-verified',
      reason: row?.reason ?? null,
      verifiedAt: row?.verifiedAt ?? null,
      checkedAt: row?.checkedAt ?? null,
      openSince: row?.openSince ?? null,
      excepted: row?.excepted ?? false,
      alertsPending: waiting(id),
    };
  });
}
