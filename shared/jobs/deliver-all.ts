import type { NamedChannel } from '../core/registry/tenant.ts';
import { dayOf, SECOND } from '../core/time.ts';
import { operatorChannels } from './close-sweep.ts';
import { commitFleet } from './commit-fleet.ts';
import { type DeliveryOptions, deliverChannel } from './deliver-channel.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { Managed } from './list-tenants.ts';
import { runAbreast } from './run-abreast.ts';
import type { OutboxRow, Services } from './services.ts';

/** Channels that are looked at side by side; one that is slow gives its place to another. */
const LANES = { abreast: 32, slowAfter: SECOND, most: 512 };

export interface Deliveries {
  /** By channel id. */
  readonly reports: ReadonlyMap<string, DeliveryReport>;
  /** Outbox rows created because a channel was found broken. */
  readonly told: readonly OutboxRow[];
}

/**
 * Delivers what is due on the given channels, side by side, and tells another channel about each one found broken, at once: it
 * does not wait for a third that hangs.
 */
export async function deliverAll(
  services: Services,
  channels: readonly NamedChannel[],
  managed: Managed,
  options: DeliveryOptions,
): Promise<Deliveries> {
  const reports = new Map<string, DeliveryReport>();
  const told: OutboxRow[] = [];
  const busy = new Map<string, Promise<void>>();

  async function deliverOne(channel: NamedChannel): Promise<void> {
    let report: DeliveryReport | undefined;
    const turn = (busy.get(channel.id) ?? Promise.resolve()).then(async () => {
      report = await deliverChannel(services, channel, options);
      reports.set(channel.id, joinReports(reports.get(channel.id), report));
    });
    busy.set(channel.id, turn);
    await turn;
    if (report?.newlyBroken == null) return;
    const rows = await tellBroken(services, channel.id, report.newlyBroken, managed);
    told.push(...rows);
    // The channel that is told may itself turn out broken; each is told of at most once a day, so this ends.
    const next = managed.channels.filter(({ id }) => rows.some((row) => row.channel === id));
    await Promise.all(next.map(deliverOne));
  }

  await runAbreast(channels, LANES, deliverOne);
  return { reports, told };
}

/** Two rounds of deliveries as one. */
export function joinDeliveries(first: Deliveries, second: Deliveries): Deliveries {
  const reports = new Map(first.reports);
  for (const [channel, report] of second.reports) reports.set(channel, joinReports(reports.get(channel), report));
  return { reports, told: [...first.told, ...second.told] };
}

function joinReports(before: DeliveryReport | undefined, after: DeliveryReport): DeliveryReport {
  if (before === undefined) return after;
  return {
    attempted: [...before.attempted, ...after.attempted],
    digests: [...before.digests, ...after.digests],
    newlyBroken: after.newlyBroken ?? before.newlyBroken,
    mended: after.mended,
  };
}

async function tellBroken(
  services: Services,
  channel: string,
  broken: NonNullable<DeliveryReport['newlyBroken']>,
  managed: Managed,
): Promise<readonly OutboxRow[]> {
  const now = services.now().toISOString();
  const day = dayOf(now);
  const other = findOther(channel, managed);
  const { cause, waiting, lastAcceptedAt } = broken;
  services.log.error(`the channel ${channel} refuses messages`, { channel, cause, waiting });
  const committed = await commitFleet(services, (state) => {
    if (state.toldBroken[channel] === day) return { state, drafts: [], notes: [] };
    const facts = { kind: 'channel-broken', channel, cause, since: now, waiting, lastAcceptedAt } as const;
    return {
      state: { ...state, toldBroken: { ...state.toldBroken, [channel]: day } },
      drafts: other === null ? [] : [{ facts, occasion: `${channel}|${day}`, channels: [other] }],
      notes: [{ kind: 'channel-broken', channel, cause, told: other }],
    };
  });
  return committed.outbox;
}

/** Whom to tell: the fallback, else another of the operator's channels, else one that hears of the same tenants. */
function findOther(channel: string, managed: Managed): string | null {
  const { fallback } = managed.defaults;
  if (fallback !== null && fallback !== channel) return fallback;
  const operators = operatorChannels(managed).find((one) => one !== channel);
  if (managed.defaults.channels.length > 0 && operators !== undefined) return operators;
  const companions = managed.tenants
    .filter((tenant) => tenant.channels.includes(channel))
    .flatMap((tenant) => tenant.channels);
  return companions.find((one) => one !== channel) ?? null;
}
