import { probeWait, retryWait } from '../core/alerts/retry-table.ts';
import { later, SECOND } from '../core/time.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { ChannelLease } from './lease-channel.ts';
import type { Sent, Waiting } from './send-group.ts';
import type { Services } from './services.ts';
import { settleItems } from './settle-items.ts';

const LONGEST_HOLD = 5 * SECOND;

/** Writes down what a message's outcome means for its alerts, for the channel, and for everything else that waits for it. */
export async function noteSent(
  services: Services,
  lease: ChannelLease,
  channel: string,
  waiting: readonly Waiting[],
  sent: Sent,
  report: DeliveryReport,
  random: () => number,
): Promise<void> {
  const { result, items, digestId } = sent;
  const now = services.now().toISOString();
  const { broken, lastAcceptedAt } = lease.pace;
  switch (result.kind) {
    case 'accepted': {
      report.attempted.push(...(await settleItems(services, items, null)));
      if (digestId !== null) report.digests.push({ id: digestId, status: 'accepted' });
      report.mended ||= broken !== null;
      await lease.note({ lastAcceptedAt: now, broken: null, holdUntil: null });
      return;
    }
    case 'retry': {
      const attempts = Math.max(...items.map((item) => item.attempts));
      const wait = retryWait(attempts, result.after, random());
      const nextAt = later(now, wait);
      const delayed = items.map((item) => ({ ...item, nextAt }));
      await services.mailbox.save(channel, delayed);
      report.attempted.push(...(await settleItems(services, delayed, result.error)));
      if (digestId !== null) report.digests.push({ id: digestId, status: 'pending' });
      // A pause that was asked for is for every message; a failure may be this one's alone and holds the others up only briefly.
      const hold = result.after === null ? Math.min(wait, LONGEST_HOLD) : wait;
      await lease.note({ holdUntil: later(now, hold) });
      return;
    }
    case 'refused': {
      const { cause } = result;
      const probes = broken === null ? 0 : broken.probes + 1;
      // What else waits would be refused as well; it is parked untried and goes out when the channel works again.
      const sentIds = new Set(items.map((item) => item.alertId));
      const others = waiting.filter(({ item }) => !sentIds.has(item.alertId) && item.status === 'pending');
      const parked = others.map(({ item }) => ({ ...item, status: 'parked' as const }));
      await services.mailbox.save(channel, parked);
      report.attempted.push(...(await settleItems(services, [...items, ...parked], result.error)));
      if (digestId !== null) report.digests.push({ id: digestId, status: 'parked' });
      if (broken === null) report.newlyBroken = { cause, waiting: waiting.length, lastAcceptedAt };
      const since = broken?.since ?? now;
      const nextProbeAt = later(now, probeWait(probes));
      await lease.note({ broken: { since, cause, detail: result.error, probes, nextProbeAt } });
    }
  }
}
