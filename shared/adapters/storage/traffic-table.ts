import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { rowKeyOf } from '../../core/traffic/merge-days.ts';
import type { TrafficDay } from '../../core/traffic/traffic-day.ts';
import type { TrafficState } from '../../core/traffic/traffic-state.ts';
import type { TrafficStore } from '../../jobs/read-traffic.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { orNull } from './table-errors.ts';

const STATE = 'state';
const BATCH = 100;

/** Traffic: a partition per tenant, a row per day, class and source, and the row `state` behind them. */
export function openTraffic(table: TableClient): TrafficStore {
  const keysBetween = async (tenantId: string, from: string, to: string): Promise<string[]> => {
    const filter = odata`PartitionKey eq ${tenantId} and RowKey ge ${from} and RowKey lt ${to}`;
    const keys: string[] = [];
    for await (const row of table.listEntities({ queryOptions: { filter, select: ['RowKey'] } }))
      keys.push(row.rowKey ?? '');
    return keys;
  };
  const submit = async (actions: readonly TransactionAction[]) => {
    for (let at = 0; at < actions.length; at += BATCH) await table.submitTransaction(actions.slice(at, at + BATCH));
  };
  return {
    async state(tenantId) {
      const row = await orNull(table.getEntity<Record<string, unknown>>(tenantId, STATE));
      return row === null ? null : unpackJson<TrafficState>(row);
    },
    async saveState(tenantId, state) {
      await table.upsertEntity({ partitionKey: tenantId, rowKey: STATE, ...packJson(state) }, 'Replace');
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
      const wanted = new Map(rows.map((row) => [keyOf(row), row]));
      // The character after `!` ends the last day.
      const gone = (await keysBetween(tenantId, first, `${last}"`)).filter((key) => !wanted.has(key));
      await submit([
        ...[...wanted].map(([rowKey, row]): TransactionAction => {
          return ['upsert', { partitionKey: tenantId, rowKey, ...packJson(row) }, 'Replace'];
        }),
        ...gone.map((rowKey): TransactionAction => ['delete', { partitionKey: tenantId, rowKey }]),
      ]);
    },
    async dropDays(tenantId, before) {
      const gone = await keysBetween(tenantId, '0', before);
      await submit(gone.map((rowKey): TransactionAction => ['delete', { partitionKey: tenantId, rowKey }]));
    },
  };
}

/** Keys may not contain the slash of a block. */
function keyOf(row: TrafficDay): string {
  return rowKeyOf(row).replaceAll('/', '~');
}
