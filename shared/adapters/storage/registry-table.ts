import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import {
  type NamedChannel,
  NO_DEFAULTS,
  type RegisteredTenant,
  type RegistryDefaults,
} from '../../core/registry/tenant.ts';
import type { Registry } from '../../jobs/services.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { orNull } from './table-errors.ts';

const BATCH = 100;

/** The registry: partitions `tenant`, `channel` and `defaults` of one table. */
export function openRegistry(table: TableClient): Registry {
  const all = async <T>(partition: string): Promise<T[]> => {
    const filter = odata`PartitionKey eq ${partition}`;
    const found: T[] = [];
    for await (const row of table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
      found.push(unpackJson<T>(row));
    }
    return found;
  };
  const saveAll = async (partition: string, rows: readonly { id: string }[]) => {
    for (let at = 0; at < rows.length; at += BATCH) {
      const actions = rows.slice(at, at + BATCH).map((row): TransactionAction => {
        return ['upsert', { partitionKey: partition, rowKey: row.id, ...packJson(row) }, 'Replace'];
      });
      await table.submitTransaction(actions);
    }
  };
  return {
    tenants: () => all<RegisteredTenant>('tenant'),
    channels: () => all<NamedChannel>('channel'),
    async defaults() {
      const row = await orNull(table.getEntity<Record<string, unknown>>('defaults', 'defaults'));
      return row === null ? NO_DEFAULTS : unpackJson<RegistryDefaults>(row);
    },
    async save({ tenants, channels, defaults }) {
      // Channels first: a tenant must never name one that is not there.
      await saveAll('channel', channels);
      if (defaults !== null) {
        await table.upsertEntity({ partitionKey: 'defaults', rowKey: 'defaults', ...packJson(defaults) }, 'Replace');
      }
      await saveAll('tenant', tenants);
    },
  };
}
