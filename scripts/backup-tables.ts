import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { AzureCliCredential } from '@azure/identity';
import { readStorageSettings } from '../shared/adapters/config/settings.ts';
import { openStorage, type Storage, TABLES } from '../shared/adapters/storage/open-storage.ts';
import { restoreTables, type SavedRow, saveTables } from './table-backup.ts';

// Saves all tables to one file (a JSON document per line), or restores them from it into empty tables. It works on the
// storage that the settings name, as the person who is signed in to the Azure CLI.

async function save(file: string): Promise<Map<string, number>> {
  // Fails when the file exists: a backup is never overwritten.
  const output = openSync(file, 'wx', 0o600);
  const counts = new Map<string, number>();
  for await (const one of saveTables(tablesOf(open()))) {
    writeSync(output, `${JSON.stringify(one)}\n`);
    counts.set(one.table, (counts.get(one.table) ?? 0) + 1);
  }
  closeSync(output);
  return counts;
}

async function* readRows(file: string): AsyncGenerator<SavedRow> {
  for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line);
}

async function restore(file: string): Promise<ReadonlyMap<string, number>> {
  const storage = open();
  // The templates declare the tables; an account that was made by hand has none yet.
  await storage.prepare();
  return restoreTables(tablesOf(storage), readRows(file));
}

function open(): Storage {
  return openStorage(readStorageSettings(process.env), () => new AzureCliCredential());
}

function tablesOf(storage: Storage) {
  return new Map(TABLES.map((name) => [name, storage.table(name)]));
}

const [command, file] = process.argv.slice(2);
if ((command !== 'save' && command !== 'restore') || file === undefined) {
  console.error('usage: npm run --silent backup -- save FILE | restore FILE');
  process.exit(3);
}
try {
  const counts = command === 'save' ? await save(file) : await restore(file);
  for (const table of TABLES) console.log(`${table}: ${counts.get(table) ?? 0} rows ${command}d`);
} catch (error) {
  console.error(`backup: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
