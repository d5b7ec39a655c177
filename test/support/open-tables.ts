import { openStorage, type Storage } from '../../shared/adapters/storage/open-storage.ts';
import { claimStorage } from './claim-storage.ts';

/** Empty tables and queues that no other test has. */
export async function openTables(connectionString = claimStorage()): Promise<Storage> {
  const identity = () => {
    throw new Error('a connection string needs no identity');
  };
  const storage = openStorage({ kind: 'connection-string', connectionString }, identity);
  await storage.prepare();
  return storage;
}
