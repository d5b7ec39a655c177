import type { TableClient } from '@azure/data-tables';
import type { Fleet, FleetRow } from '../../jobs/services.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { orNull } from './table-errors.ts';

/**
 * One row per tenant, spread over partitions by the end of the tenant's id: a sweep writes all of them within seconds, and a
 * partition takes 2,000 writes a second. The table holds nothing else, so a list is a scan in pages of 1,000.
 */
export function openFleet(table: TableClient): Fleet {
  return {
    async put(row) {
      const { tenantId, verdict, checkedAt, runId } = row;
      const keys = { partitionKey: partitionOf(tenantId), rowKey: tenantId };
      await table.upsertEntity({ ...keys, verdict, checkedAt, runId, ...packJson(row) }, 'Replace');
    },
    async *rows() {
      for await (const row of table.listEntities<Record<string, unknown>>()) yield unpackJson<FleetRow>(row);
    },
    async remove(tenantId) {
      await orNull(table.deleteEntity(partitionOf(tenantId), tenantId));
    },
  };
}

function partitionOf(tenantId: string): string {
  return `fleet-${tenantId.slice(-2)}`;
}
