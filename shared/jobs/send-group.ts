import type { Alert, DigestRow } from '../core/alerts/alert.ts';
import { nameAlert } from '../core/alerts/name-alert.ts';
import type { NamedChannel } from '../core/registry/tenant.ts';
import { METRIC_ATTRIBUTES, METRICS, SPAN_ATTRIBUTES, SPANS } from '../core/telemetry-names.ts';
import { describeTenant } from './describe-tenant.ts';
import type { ChannelLease } from './lease-channel.ts';
import type { MailboxItem, OutboxRow, SendResult, Services } from './services.ts';

/** A mailbox item with the outbox row that it points to. */
export interface Waiting {
  readonly item: MailboxItem;
  readonly row: OutboxRow;
}

/** What became of one message. `digestId` is set when it stood for several alerts. */
export interface Sent {
  readonly result: Exclude<SendResult, { kind: 'too-large' }>;
  readonly digestId: string | null;
  readonly items: readonly MailboxItem[];
}

const SMALLEST = 3;

/** Sends one message for a group of waiting alerts, marking them as being sent before and with the outcome after. */
export async function sendGroup(
  services: Services,
  channel: NamedChannel,
  lease: ChannelLease,
  group: readonly Waiting[],
): Promise<Sent> {
  const now = services.now().toISOString();
  const possibleRepeat = group.some(({ item }) => item.mayHaveArrived || item.sendingSince !== null);
  const sending = group.map(({ item }) => ({ ...item, attempts: item.attempts + 1, sendingSince: now }));
  await services.mailbox.save(channel.id, sending);

  const digest = group.length > 1 ? buildDigest(channel.id, group) : null;
  const alert = digest ?? group[0]?.row.alert;
  if (alert === undefined) throw new Error('a group is never empty');
  const attributes = { [SPAN_ATTRIBUTES.channel]: channel.id, [SPAN_ATTRIBUTES.alerts]: group.length };
  const result = await services.telemetry.span(SPANS.deliver, attributes, async (note) => {
    const answer = await sendFitting(services, channel, lease, alert, possibleRepeat);
    const status = answer.kind === 'refused' ? 'parked' : answer.kind;
    note({ [SPAN_ATTRIBUTES.status]: status });
    services.telemetry.count(METRICS.deliveries, 1, { [METRIC_ATTRIBUTES.status]: status });
    return answer;
  });

  const digestId = digest?.id ?? null;
  const items = sending.map((item) => noteResult(item, result, digestId, services.now().toISOString()));
  await services.mailbox.save(channel.id, items);
  return { result, digestId, items };
}

/** Sends a message, and a smaller one when the channel finds it too large; it is never dropped for its size. */
async function sendFitting(
  services: Services,
  channel: NamedChannel,
  lease: ChannelLease,
  alert: Alert,
  possibleRepeat: boolean,
): Promise<Exclude<SendResult, { kind: 'too-large' }>> {
  const known = await describeTenant(services, alert);
  for (let shrink = 0; ; shrink += 1) {
    const outgoing = { alert, possibleRepeat, shrink, ...known };
    const result = await services.channels.send(channel, outgoing);
    if (result.kind !== 'too-large') return result;
    if (shrink === SMALLEST) return { kind: 'refused', cause: 'refused', error: result.error };
    if (!(await lease.beforePost())) return { kind: 'retry', after: null, mayHaveArrived: false, error: result.error };
  }
}

function noteResult(item: MailboxItem, result: Sent['result'], digestId: string | null, now: string): MailboxItem {
  const settled = { ...item, sendingSince: null };
  switch (result.kind) {
    case 'accepted':
      return { ...settled, accepted: { at: now, workflowRun: result.workflowRun, digestId } };
    case 'retry':
      return { ...settled, mayHaveArrived: item.mayHaveArrived || result.mayHaveArrived };
    case 'refused':
      return { ...settled, status: 'parked' };
  }
}

/** One alert that stands for several; each keeps its own id, and the digest's own is derived from them. */
function buildDigest(channel: string, group: readonly Waiting[]): Alert {
  const rows = group.map(({ row }): DigestRow => {
    const { id, tenant, facts } = row.alert;
    if (facts.kind === 'digest') throw new Error('a digest is never stored');
    return { alertId: id, tenantId: tenant?.id ?? '', tenantName: tenant?.name ?? '', facts };
  });
  const ids = rows.map((one) => one.alertId).sort();
  const first = group[0]?.row.alert;
  return {
    id: nameAlert(channel, 'digest', ids.join(',')),
    raisedAt: first?.raisedAt ?? '',
    tenant: null,
    ledger: null,
    facts: { kind: 'digest', rows },
  };
}
