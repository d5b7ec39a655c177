import { type Azurite, startAzurite } from '../../simulator/start-azurite.ts';

declare global {
  // Shared between jest's global setup and teardown, which run in one process.
  var azurite: Azurite | undefined;
}

/** One storage emulator for the whole test run; each test file uses tables and queues of its own (see storage.ts). */
export default async function start(): Promise<void> {
  globalThis.azurite = await startAzurite();
  process.env.TEST_STORAGE = globalThis.azurite.connectionString;
}
