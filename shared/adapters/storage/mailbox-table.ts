import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import type { ChannelPace, Mailbox, MailboxItem } from '../../jobs/services.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { isConflict, orNull } from './table-errors.ts';

const PACE = '!pace';
const BATCH = 100;

/** What waits for each channel: one partition per channel, beside it the row `!pace` with lease, pace and health. */
export function openMailbox(table: TableClient): Mailbox {
  const rowOf = (item: MailboxItem) => ({ partitionKey: item.channel, rowKey: item.alertId, ...packJson(item) });
  return {
    async add(items) {
      for (const item of items) {
        try {
          await table.createEntity(rowOf(item));
        } catch (error) {
          if (!isConflict(error)) throw error;
          await refresh(table, item);
        }
      }
    },
    async items(channel) {
      const found: MailboxItem[] = [];
      const filter = odata`PartitionKey eq ${channel} and RowKey gt ${PACE}`;
      for await (const row of table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
        found.push(unpackJson<MailboxItem>(row));
      }
      return found.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    },
    async save(_channel, items) {
      await inBatches(
        table,
        items.map((item): TransactionAction => ['upsert', rowOf(item), 'Replace']),
      );
    },
    async remove(channel, alertIds) {
      for (const rowKey of alertIds) await orNull(table.deleteEntity(channel, rowKey));
    },
    async pace(channel) {
      const row = await orNull(table.getEntity<Record<string, unknown>>(channel, PACE));
      return row === null ? null : { value: unpackJson<ChannelPace>(row), version: row.etag };
    },
    async savePace(channel, pace, version) {
      const row = { partitionKey: channel, rowKey: PACE, ...packJson(pace) };
      try {
        const { etag } =
          version === null
            ? await table.createEntity(row)
            : await table.updateEntity(row, 'Replace', { etag: version });
        return { value: pace, version: etag ?? '' };
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },
  };
}

/** An item that a crashed run left behind is young again, so that it is not swept away before its commit. */
async function refresh(table: TableClient, item: MailboxItem): Promise<void> {
  const row = await orNull(table.getEntity<Record<string, unknown>>(item.channel, item.alertId));
  if (row === null) return;
  const found = unpackJson<MailboxItem>(row);
  if (found.attempts > 0 || found.sendingSince !== null || found.accepted !== null) return;
  const young = {
    partitionKey: item.channel,
    rowKey: item.alertId,
    ...packJson({ ...found, createdAt: item.createdAt }),
  };
  await table.updateEntity(young, 'Replace', { etag: row.etag }).catch((error: unknown) => {
    if (!isConflict(error)) throw error;
  });
}

async function inBatches(table: TableClient, actions: TransactionAction[]): Promise<void> {
  for (let at = 0; at < actions.length; at += BATCH) await table.submitTransaction(actions.slice(at, at + BATCH));
}
