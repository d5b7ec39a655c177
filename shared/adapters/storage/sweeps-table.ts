import { odata, type TableClient } from '@azure/data-tables';
import type { Instant } from '../../core/time.ts';
import type { Sweep, Sweeps } from '../../jobs/services.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { isConflict, orNull } from './table-errors.ts';

const LAST_MILLISECOND = 9_999_999_999_999;

/** Sweeps by month, newest first. A run's id begins with its start, `yyyymmddThhmmss`, so that its row can be found. */
export function openSweeps(table: TableClient): Sweeps {
  const rowOf = (sweep: Sweep) => ({ ...keysOf(sweep.runId), status: sweep.status, ...packJson(sweep) });
  return {
    async create(sweep) {
      try {
        await table.createEntity(rowOf(sweep));
        return true;
      } catch (error) {
        if (isConflict(error)) return false;
        throw error;
      }
    },
    async get(runId) {
      const { partitionKey, rowKey } = keysOf(runId);
      const row = await orNull(table.getEntity<Record<string, unknown>>(partitionKey, rowKey));
      return row === null ? null : unpackJson<Sweep>(row);
    },
    async save(sweep) {
      await table.upsertEntity(rowOf(sweep), 'Replace');
    },
    async recent(now, most) {
      const found: Sweep[] = [];
      for (const month of [now.slice(0, 7), monthBefore(now)]) {
        const pages = table.listEntities<Record<string, unknown>>({
          queryOptions: { filter: odata`PartitionKey eq ${month}` },
        });
        for await (const row of pages) {
          found.push(unpackJson<Sweep>(row));
          if (found.length >= most) return found;
        }
      }
      return found;
    },
    async purge(before) {
      const filter = odata`PartitionKey lt ${before.slice(0, 7)}`;
      let gone = 0;
      for await (const row of table.listEntities({ queryOptions: { filter, select: ['PartitionKey', 'RowKey'] } })) {
        await orNull(table.deleteEntity(row.partitionKey ?? '', row.rowKey ?? ''));
        gone += 1;
      }
      return gone;
    },
  };
}

function keysOf(runId: string): { partitionKey: string; rowKey: string } {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(runId) ?? [];
  const start = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return { partitionKey: `${year}-${month}`, rowKey: `${String(LAST_MILLISECOND - start).padStart(13, '0')}!${runId}` };
}

function monthBefore(now: Instant): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
