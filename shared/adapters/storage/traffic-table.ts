import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { fitState } from '../../core/traffic/fit-state.ts';
import { limitDays } from '../../core/traffic/limit-days.ts';
import { rowKeyOf } from '../../core/traffic/merge-days.ts';
import type { TrafficDay } from '../../core/traffic/traffic-day.ts';
import type { TrafficState } from '../../core/traffic/traffic-state.ts';
import type { TrafficStore } from '../../jobs/traffic-services.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { orNull, statusOf } from './table-errors.ts';

const STATE = 'state';
/** An entity group transaction takes a hundred changes of together 4 MiB, the envelope of each change included. */
const BATCH = 100;
const BATCH_BYTES = 3.5 * 1024 * 1024;
const ENVELOPE_BYTES = 1024;
const MOST_TRIES = 5;

/**
 * Traffic: a partition per tenant, a row per day, class and source, and the row `state` behind them. Whatever is saved is
 * first made to fit: a state into one row, a day into 2,000.
 */
export function openTraffic(table: TableClient): TrafficStore {
  const keysBetween = async (tenantId: string, from: string, to: string): Promise<string[]> => {
    const filter = odata`PartitionKey eq ${tenantId} and RowKey ge ${from} and RowKey lt ${to}`;
    const keys: string[] = [];
    for await (const row of table.listEntities({ queryOptions: { filter, select: ['RowKey'] } }))
      keys.push(row.rowKey ?? '');
    return keys;
  };
  /** Removes the rows that `findKeys` finds; another runner may remove them at the same time. */
  const remove = async (tenantId: string, findKeys: () => Promise<string[]>) => {
    for (let attempt = 1; ; attempt += 1) {
      const keys = await findKeys();
      try {
        for (let at = 0; at < keys.length; at += BATCH) {
          const rows = keys.slice(at, at + BATCH).map((rowKey) => ({ partitionKey: tenantId, rowKey }));
          await table.submitTransaction(rows.map((row): TransactionAction => ['delete', row]));
        }
        return;
      } catch (error) {
        if (statusOf(error) !== 404 || attempt === MOST_TRIES) throw error;
      }
    }
  };
  return {
    async state(tenantId) {
      const row = await orNull(table.getEntity<Record<string, unknown>>(tenantId, STATE));
      return row === null ? null : unpackJson<TrafficState>(row);
    },
    async saveState(tenantId, state) {
      await table.upsertEntity({ partitionKey: tenantId, rowKey: STATE, ...packJson(fitState(state)) }, 'Replace');
    },
    async days(tenantId, from) {
      const filter = odata`PartitionKey eq ${tenantId} and RowKey ge ${from} and RowKey lt ${STATE}`;
      const found: TrafficDay[] = [];
      for await (const row of table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
        found.push(unpackJson<TrafficDay>(row));
      }
      return found;
    },
    async replaceDays(tenantId, days, rows) {
      const [first, last] = [days[0], days.at(-1)];
      if (first === undefined || last === undefined) return;
      const wanted = new Map(limitDays(rows).map((row) => [keyOf(row), row]));
      for (const batch of packBatches(tenantId, wanted)) await table.submitTransaction(batch);
      // The character after `!` ends the last day.
      const findGone = async () => {
        return (await keysBetween(tenantId, first, `${last}"`)).filter((key) => !wanted.has(key));
      };
      await remove(tenantId, findGone);
    },
    async dropDays(tenantId, before) {
      await remove(tenantId, () => keysBetween(tenantId, '0', before));
    },
  };
}

/** One transaction after the other, packed only when its turn comes: a hundred thousand rows are never text at once. */
function* packBatches(tenantId: string, rows: ReadonlyMap<string, TrafficDay>): Generator<TransactionAction[]> {
  let batch: TransactionAction[] = [];
  let bytes = 0;
  for (const [rowKey, row] of rows) {
    const entity = { partitionKey: tenantId, rowKey, ...packJson(row) };
    const size = Buffer.byteLength(JSON.stringify(entity)) + ENVELOPE_BYTES;
    if (batch.length === BATCH || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(['upsert', entity, 'Replace']);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Keys may not contain the slash of a block. */
function keyOf(row: TrafficDay): string {
  return rowKeyOf(row).replaceAll('/', '~');
}
