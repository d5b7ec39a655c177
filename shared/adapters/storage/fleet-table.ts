import { odata, type TableClient } from '@azure/data-tables';
import type { Fleet, FleetRow } from '../../jobs/services.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { orNull } from './table-errors.ts';

const PARTITION = 'fleet';

/** One row per tenant in one partition, so that a page of 1,000 answers a dashboard. */
export function openFleet(table: TableClient): Fleet {
  return {
    async put(row) {
      const shown = { verdict: row.verdict, checkedAt: row.checkedAt, runId: row.runId };
      await table.upsertEntity(
        { partitionKey: PARTITION, rowKey: row.tenantId, ...shown, ...packJson(row) },
        'Replace',
      );
    },
    async *rows() {
      const filter = odata`PartitionKey eq ${PARTITION}`;
      for await (const row of table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
        yield unpackJson<FleetRow>(row);
      }
    },
    async remove(tenantId) {
      await orNull(table.deleteEntity(PARTITION, tenantId));
    },
  };
}
