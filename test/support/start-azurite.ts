import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Azurite, startAzurite } from '../../simulator/start-azurite.ts';
import { TEST_ACCOUNTS } from './claim-storage.ts';

declare global {
  // Shared between jest's global setup and teardown, which run in one process.
  var azurite: Azurite | undefined;
}

/** One storage emulator for the whole test run, with an account for each test that asks for one (claim-storage.ts). */
export default async function start(): Promise<void> {
  globalThis.azurite = await startAzurite(TEST_ACCOUNTS);
  process.env.TEST_STORAGE = globalThis.azurite.connectionString('{account}');
  process.env.TEST_CLAIMS = mkdtempSync(join(tmpdir(), 'dsw-test-'));
}
