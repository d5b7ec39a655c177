import { runAbreast } from './run-abreast.ts';
import type { MailboxItem, OutboxRow, Services } from './services.ts';

/** Marks outbox rows as their mailbox items say, and removes the items of accepted ones. May run twice. */
export async function settleItems(
  services: Services,
  items: readonly MailboxItem[],
  error: string | null,
): Promise<OutboxRow[]> {
  const rows = await runAbreast(items, { abreast: 16 }, async (item) => {
    const row = await markRow(services, item, error);
    if (item.accepted !== null) await services.mailbox.remove(item.channel, [item.alertId]);
    return row;
  });
  return rows.filter((row) => row !== null);
}

async function markRow(services: Services, item: MailboxItem, error: string | null): Promise<OutboxRow | null> {
  for (;;) {
    const found = await services.ledger.outboxRow(item.scope, item.alertId, item.channel);
    if (found === null) return null;
    const { accepted } = item;
    const row: OutboxRow = {
      ...found.value,
      attempts: item.attempts,
      status: accepted === null ? item.status : 'accepted',
      acceptedAt: accepted?.at ?? null,
      lastError: accepted === null ? (error ?? found.value.lastError) : null,
      workflowRun: accepted?.workflowRun ?? null,
      digestId: accepted?.digestId ?? null,
    };
    if ((await services.ledger.saveOutboxRow(row, found.version)) === 'saved') return row;
  }
}
