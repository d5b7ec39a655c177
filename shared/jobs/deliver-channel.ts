import { nextGroup } from '../core/alerts/group-alerts.ts';
import type { NamedChannel } from '../core/registry/tenant.ts';
import { between, type Instant, later, SECOND } from '../core/time.ts';
import { PROVISIONAL_FOR } from './commit-change.ts';
import type { DeliveryReport } from './delivery-report.ts';
import { type ChannelLease, claimChannel, LEASE } from './lease-channel.ts';
import { noteSent } from './note-sent.ts';
import { nextDue, pickDue } from './pick-due.ts';
import { runAbreast } from './run-abreast.ts';
import { sendGroup, type Waiting } from './send-group.ts';
import type { MailboxItem, Services } from './services.ts';
import { settleItems } from './settle-items.ts';

export interface DeliveryOptions {
  /** Milliseconds to wait, in all, for another instance's lease and for short retries before leaving the rest to a later round. */
  readonly patience: number;
  /** From [0, 1); spreads retries. */
  readonly random: () => number;
}

/** Delivers what waits for one channel, as far as it is due. The outbox decides what is sent; doubled or lost hints do no harm. */
export async function deliverChannel(
  services: Services,
  channel: NamedChannel,
  options: DeliveryOptions,
): Promise<DeliveryReport> {
  const report: DeliveryReport = { attempted: [], digests: [], newlyBroken: null, mended: false };
  // Nearly always nothing waits; then one question is enough, and no lease is taken.
  if ((await services.mailbox.items(channel.id)).length === 0) return report;
  const giveUpAt = services.now().getTime() + options.patience;
  const lease = await claimPatiently(services, channel.id, giveUpAt);
  if (lease === null) return report;
  try {
    for (;;) {
      const waiting = await collect(services, channel.id, report);
      const worked = await sendDue(services, channel, lease, waiting, report, options.random);
      if (worked === 'lost') return report;
      if (worked === 'nothing' && !(await waitForNext(services, waiting, lease, giveUpAt))) return report;
    }
  } finally {
    await lease.release();
  }
}

async function claimPatiently(services: Services, channel: string, giveUpAt: number): Promise<ChannelLease | null> {
  for (;;) {
    const claim = await claimChannel(services, channel);
    if ('lease' in claim) return claim.lease;
    if (Date.parse(claim.heldUntil) > giveUpAt) return null;
    await services.wait(SECOND);
  }
}

/** The items that have an outbox row to send. Finishes what an earlier round had accepted and not marked. */
async function collect(services: Services, channel: string, report: DeliveryReport): Promise<Waiting[]> {
  const items = await services.mailbox.items(channel);
  const accepted = items.filter((item) => item.accepted !== null);
  report.attempted.push(...(await settleItems(services, accepted, null)));
  const open = items.filter((item) => item.accepted === null);
  const rows = await runAbreast(open, { abreast: 16 }, (item) => {
    return services.ledger.outboxRow(item.scope, item.alertId, item.channel);
  });
  const waiting: Waiting[] = [];
  const done: string[] = [];
  for (const [at, item] of open.entries()) {
    const row = rows[at]?.value;
    if (row !== undefined && row.status !== 'accepted') waiting.push({ item, row });
    else if (row !== undefined || isStale(item, services.now().toISOString())) done.push(item.alertId);
  }
  await services.mailbox.remove(channel, done);
  return waiting;
}

/** An item whose commit never came. */
function isStale(item: MailboxItem, now: Instant): boolean {
  return between(item.createdAt, now) > PROVISIONAL_FOR;
}

async function sendDue(
  services: Services,
  channel: NamedChannel,
  lease: ChannelLease,
  collected: readonly Waiting[],
  report: DeliveryReport,
  random: () => number,
): Promise<'something' | 'nothing' | 'lost'> {
  let waiting = collected;
  let worked: 'something' | 'nothing' = 'nothing';
  for (;;) {
    const due = pickDue(waiting, lease.pace, services.now().toISOString());
    const mayGroup = services.channels.groups(channel);
    const group = nextGroup(
      due.map((one) => ({ kind: one.item.kind, scope: one.item.scope, one })),
      mayGroup,
    );
    if (group.length === 0) return worked;
    if (!(await lease.beforePost())) return 'lost';
    const sent = await sendGroup(
      services,
      channel,
      lease,
      group.map(({ one }) => one),
    );
    await noteSent(services, lease, channel.id, waiting, sent, report, random);
    worked = 'something';
    if (sent.result.kind !== 'accepted') return worked;
    const ids = new Set(sent.items.map((item) => item.alertId));
    waiting = waiting.filter(({ item }) => !ids.has(item.alertId));
  }
}

/** Waits for what comes due within the patience; false when nothing does, or the lease was lost meanwhile. */
async function waitForNext(
  services: Services,
  waiting: readonly Waiting[],
  lease: ChannelLease,
  giveUpAt: number,
): Promise<boolean> {
  const next = nextDue(waiting, lease.pace);
  if (next === null || Date.parse(next) > giveUpAt) return false;
  const pause = Math.max(Date.parse(next) - services.now().getTime(), 1);
  await services.wait(Math.min(pause, LEASE / 2));
  return lease.note({ leaseUntil: later(services.now().toISOString(), LEASE) });
}
