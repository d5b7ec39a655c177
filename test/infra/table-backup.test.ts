import { Readable } from 'node:stream';
import { restoreTables, type SavedRow, saveTables } from '../../scripts/table-backup.ts';
import { readStorageSettings } from '../../shared/adapters/config/settings.ts';
import { openStorage } from '../../shared/adapters/storage/open-storage.ts';
import { claimStorage } from '../support/claim-storage.ts';

async function openLedger() {
  const settings = readStorageSettings({ AzureWebJobsStorage: claimStorage() });
  const storage = openStorage(settings, () => {
    throw new Error('the emulator needs no identity');
  });
  await storage.prepare();
  return storage.table('ledger');
}

type Table = Awaited<ReturnType<typeof openLedger>>;

async function save(table: Table): Promise<SavedRow[]> {
  // Through text, as the file is.
  const rows: SavedRow[] = [];
  for await (const row of saveTables(new Map([['ledger', table]]))) rows.push(JSON.parse(JSON.stringify(row)));
  return rows;
}

async function restore(table: Table, rows: readonly SavedRow[]): Promise<number> {
  const counts = await restoreTables(new Map([['ledger', table]]), Readable.from(rows));
  return counts.get('ledger') ?? 0;
}

const EVERY_TYPE = {
  partitionKey: 'tenant-1',
  rowKey: 'state',
  text: 'Fabrikam "GmbH"\n= +1',
  whole: 7,
  broken: { value: '1.0', type: 'Double' as const },
  large: 9_007_199_254_740_993n,
  moment: new Date('2026-11-20T09:14:05.123Z'),
  yes: true,
  bytes: new Uint8Array([0, 255, 7]),
  id: { value: '33333333-3333-3333-3333-333333333333', type: 'Guid' as const },
};

test('a restored table is equal to the saved one, types included', async () => {
  const [before, after] = [await openLedger(), await openLedger()];
  await before.createEntity(EVERY_TYPE);
  const saved = await save(before);
  expect(await restore(after, saved)).toBe(1);
  expect(await save(after)).toEqual(saved);
  expect(await after.getEntity('tenant-1', 'state')).toMatchObject({
    text: EVERY_TYPE.text,
    large: EVERY_TYPE.large,
    yes: true,
  });
});

test('more rows than one transaction takes, over several partitions, all come back', async () => {
  const [before, after] = [await openLedger(), await openLedger()];
  for (const partitionKey of ['tenant-1', 'tenant-2']) {
    const rows = Array.from({ length: 130 }, (_, at) => ({
      partitionKey,
      rowKey: `h!${String(at).padStart(3, '0')}`,
      at,
    }));
    for (const part of [rows.slice(0, 100), rows.slice(100)])
      await before.submitTransaction(part.map((row) => ['create', row]));
  }
  const saved = await save(before);
  expect(await restore(after, saved)).toBe(260);
  expect(await save(after)).toEqual(saved);
});

test('rows of great size are spread over transactions', async () => {
  const [before, after] = [await openLedger(), await openLedger()];
  const text = 'x'.repeat(30_000);
  const parts = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`part${at}`, text]));
  for (let at = 0; at < 8; at += 1)
    await before.createEntity({ partitionKey: 'tenant-1', rowKey: `h!${at}`, ...parts });
  expect(await restore(after, await save(before))).toBe(8);
});

test('a table that has rows is left alone', async () => {
  const table = await openLedger();
  await table.createEntity(EVERY_TYPE);
  const saved = await save(table);
  await expect(
    restore(table, [{ table: 'ledger', row: { partitionKey: 'tenant-2', rowKey: 'state' } }]),
  ).rejects.toThrow('the table ledger is not empty');
  expect(await save(table)).toEqual(saved);
});

test('rows of a table that this version does not know are not dropped silently', async () => {
  const stranger = { table: 'archive', row: { partitionKey: 'tenant-1', rowKey: 'state' } };
  await expect(restore(await openLedger(), [stranger])).rejects.toThrow(
    'a table "archive", which this version does not know',
  );
});
