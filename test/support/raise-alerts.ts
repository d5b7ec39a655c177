import { checkTenant } from '../../shared/jobs/check-tenant.ts';
import { deliverAll } from '../../shared/jobs/deliver-all.ts';
import type { DeliveryReport } from '../../shared/jobs/delivery-report.ts';
import { listManaged } from '../../shared/jobs/list-tenants.ts';
import type { MailboxItem, OutboxRow, Services } from '../../shared/jobs/services.ts';
import { nameChannels, tenantId, type World } from './open-world.ts';

/** Registers so many tenants that tell the given channels. */
export async function registerTenants(world: World, count: number, channels: readonly string[] = ['ops']) {
  const tenants = Array.from({ length: count }, (_, nth) => ({ id: tenantId(nth + 1), name: `Tenant ${nth + 1}` }));
  return world.register({ channels: nameChannels(world), defaults: { channels, fallback: 'spare' }, tenants });
}

let runs = 0;

/** Finds every managed tenant permissive, and delivers nothing yet. Returns what waits. */
export async function raiseAlerts(world: World, by: Services = world.services): Promise<OutboxRow[]> {
  const { tenants } = await listManaged(by);
  runs += 1;
  const raised: OutboxRow[] = [];
  for (const tenant of tenants) {
    world.simulator.tenant(tenant.id).setting = false;
    raised.push(...(await checkTenant(by, tenant, { runId: `run-${String(runs).padStart(4, '0')}` })).outbox);
  }
  return raised;
}

export interface DeliverOptions {
  readonly by?: Services;
  /** Milliseconds; none when left out. */
  readonly patience?: number;
  /** Channels; all when left out. */
  readonly only?: readonly string[];
}

/** One round of deliveries, without jitter. */
export async function deliver(world: World, { by = world.services, patience = 0, only }: DeliverOptions = {}) {
  const managed = await listManaged(by);
  const channels = managed.channels.filter(({ id }) => only === undefined || only.includes(id));
  return deliverAll(by, channels, managed, { patience, random: () => 0 });
}

/** The report of one channel. */
export async function deliverTo(world: World, channel: string, options: DeliverOptions = {}): Promise<DeliveryReport> {
  return (await deliver(world, { ...options, only: [channel] })).reports.get(channel)!;
}

/** Which of these alerts each accepted card named, in the order in which they came. */
export function namedBy(bodies: readonly { readonly body: string }[], alerts: readonly OutboxRow[]): string[][] {
  const ids = [...new Set(alerts.map(({ alert }) => alert.id))];
  return bodies.map(({ body }) => ids.filter((id) => body.includes(id)));
}

/** The mailbox item of an alert. */
export async function itemOf(world: World, { channel, alert }: OutboxRow): Promise<MailboxItem | undefined> {
  return (await world.services.mailbox.items(channel)).find(({ alertId }) => alertId === alert.id);
}

/** The outbox row of an alert as it is now. */
export async function rowOf(world: World, { scope, channel, alert }: OutboxRow): Promise<OutboxRow> {
  return (await world.services.ledger.outboxRow(scope, alert.id, channel))!.value;
}
