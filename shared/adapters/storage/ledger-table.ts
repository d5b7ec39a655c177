import { odata, type TableClient, type TableEntity, type TransactionAction } from '@azure/data-tables';
import type { ChainHead, HistoryEntry } from '../../core/evidence/history.ts';
import type { Ledger, OutboxRow, Saved, Versioned } from '../../jobs/services.ts';
import { packJson, unpackJson } from './pack-json.ts';
import { isConflict, orNull } from './table-errors.ts';

type Row = TableEntity<Record<string, unknown>>;

/** Row keys of one partition: `state`, `h!<inverted time>!<seq>`, `o!<alertId>!<channel>`. */
const STATE = 'state';
const LAST_MILLISECOND = 9_999_999_999_999;
/** An entity group transaction takes so many changes. */
const MOST_CHANGES = 100;

/** The ledger on a table: one partition per tenant, so that a transition commits in one entity group transaction. */
export function openLedger(table: TableClient): Ledger {
  return {
    async load<R>(scope: string): Promise<Versioned<R> | null> {
      const row = await orNull(table.getEntity<Record<string, unknown>>(scope, STATE));
      return row === null ? null : { value: unpackJson<R>(row), version: row.etag };
    },

    async commit(scope, version, record, entries, outbox) {
      const state = stateRow(scope, record);
      if (entries.length === 0 && outbox.length === 0) return saveRow(table, state, version);
      const actions: TransactionAction[] = [
        ...entries.map((entry): TransactionAction => ['create', historyRow(scope, entry)]),
        ...outbox.map((row): TransactionAction => ['upsert', outboxRow(row), 'Replace']),
      ];
      return submit(table, [stateAction(state, version), ...actions]);
    },

    async history(scope) {
      const entries: HistoryEntry[] = [];
      for await (const row of rowsUnder(table, scope, 'h')) entries.push(unpackJson<HistoryEntry>(row));
      return entries.sort((one, other) => one.seq - other.seq);
    },

    async outbox(scope) {
      const rows: OutboxRow[] = [];
      for await (const row of rowsUnder(table, scope, 'o')) rows.push(unpackJson<OutboxRow>(row));
      return rows.sort((one, other) => (one.alert.raisedAt < other.alert.raisedAt ? -1 : 1));
    },

    async outboxRow(scope, alertId, channel) {
      const row = await orNull(table.getEntity<Record<string, unknown>>(scope, outboxKey(alertId, channel)));
      return row === null ? null : { value: unpackJson<OutboxRow>(row), version: row.etag };
    },

    saveOutboxRow: (row, version) => saveRow(table, outboxRow(row), version),

    async purge(scope, version, record, entries, outbox) {
      const gone = [
        ...entries.map((entry) => ({ partitionKey: scope, rowKey: historyKey(entry) })),
        ...outbox.map((row) => ({ partitionKey: scope, rowKey: outboxKey(row.alert.id, row.channel) })),
      ];
      const deletions: TransactionAction[] = gone.slice(0, MOST_CHANGES - 1).map((row) => ['delete', row]);
      return submit(table, [stateAction(stateRow(scope, record), version), ...deletions]);
    },
  };
}

function stateRow(scope: string, record: { chain: ChainHead }): Row {
  return { partitionKey: scope, rowKey: STATE, ...packJson(record) };
}

function stateAction(state: Row, version: string | null): TransactionAction {
  return version === null ? ['create', state] : ['update', state, 'Replace', { etag: version }];
}

function historyKey(entry: HistoryEntry): string {
  const inverted = String(LAST_MILLISECOND - Date.parse(entry.at)).padStart(13, '0');
  return `h!${inverted}!${String(entry.seq).padStart(10, '0')}`;
}

function historyRow(scope: string, entry: HistoryEntry): Row {
  return { partitionKey: scope, rowKey: historyKey(entry), kind: entry.kind, ...packJson(entry) };
}

function outboxKey(alertId: string, channel: string): string {
  return `o!${alertId}!${channel}`;
}

function outboxRow(row: OutboxRow): Row {
  return {
    partitionKey: row.scope,
    rowKey: outboxKey(row.alert.id, row.channel),
    status: row.status,
    ...packJson(row),
  };
}

function rowsUnder(table: TableClient, scope: string, letter: 'h' | 'o') {
  // The character after `!` ends the range.
  const [from, to] = [`${letter}!`, `${letter}"`];
  const filter = odata`PartitionKey eq ${scope} and RowKey ge ${from} and RowKey lt ${to}`;
  return table.listEntities<Record<string, unknown>>({ queryOptions: { filter } });
}

async function saveRow(table: TableClient, row: Row, version: string | null): Promise<Saved> {
  try {
    if (version === null) await table.createEntity(row);
    else await table.updateEntity(row, 'Replace', { etag: version });
    return 'saved';
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    throw error;
  }
}

async function submit(table: TableClient, actions: TransactionAction[]): Promise<Saved> {
  try {
    await table.submitTransaction(actions);
    return 'saved';
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    throw error;
  }
}
