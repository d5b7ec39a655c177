import type { TableClient, TransactionAction } from '@azure/data-tables';

/** One row as a line of a backup. Values carry their types, so that a restored row is equal to the one that was saved. */
export interface SavedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>> & { readonly partitionKey: string; readonly rowKey: string };
}

/** Most changes in one transaction, and all of one partition. */
const MOST_CHANGES = 100;

/** Bytes of rows in one transaction; Azure takes 4 MiB with everything around them. */
const MOST_BYTES = 3 * 1024 * 1024;

/** Every row of the tables, one after the other. Rows that change meanwhile are saved as they were when they were read. */
export async function* saveTables(tables: ReadonlyMap<string, TableClient>): AsyncGenerator<SavedRow> {
  for (const [table, client] of tables) {
    for await (const entity of client.listEntities({ disableTypeConversion: true })) {
      const { etag: _, timestamp: __, 'odata.metadata': ___, ...row } = entity as Record<string, unknown>;
      yield { table, row: row as SavedRow['row'] };
    }
  }
}

/** Writes saved rows into empty tables and gives the number of rows by table. Throws, before it writes anything, when a table has rows. */
export async function restoreTables(
  tables: ReadonlyMap<string, TableClient>,
  rows: AsyncIterable<SavedRow>,
): Promise<ReadonlyMap<string, number>> {
  for (const [name, client] of tables) {
    for await (const _ of client.listEntities())
      throw new Error(`the table ${name} is not empty; nothing was restored`);
  }
  const counts = new Map<string, number>();
  for await (const batch of batchesOf(rows)) {
    const name = batch[0]?.table ?? '';
    const client = tables.get(name);
    if (client === undefined)
      throw new Error(`the backup has rows of a table "${name}", which this version does not know`);
    await client.submitTransaction(batch.map((one): TransactionAction => ['create', { ...one.row }]));
    counts.set(name, (counts.get(name) ?? 0) + batch.length);
  }
  return counts;
}

/** Neighbouring rows of one table and partition, as many as a transaction takes. */
async function* batchesOf(rows: AsyncIterable<SavedRow>): AsyncGenerator<SavedRow[]> {
  let batch: SavedRow[] = [];
  let bytes = 0;
  for await (const one of rows) {
    const size = Buffer.byteLength(JSON.stringify(one.row));
    const [first] = batch;
    const elsewhere = first?.table !== one.table || first.row.partitionKey !== one.row.partitionKey;
    if (batch.length > 0 && (elsewhere || batch.length === MOST_CHANGES || bytes + size > MOST_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
