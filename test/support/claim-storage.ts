import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** Accounts of the emulator; each is used by one test only, so that tests cannot see each other's rows and messages. */
export const TEST_ACCOUNTS: readonly string[] = Array.from(
  { length: 1500 },
  (_, at) => `t${String(at).padStart(4, '0')}`,
);

/** The connection string of an empty storage account that no other test has or gets. */
export function claimStorage(): string {
  const { TEST_STORAGE, TEST_CLAIMS } = process.env;
  if (!TEST_STORAGE || !TEST_CLAIMS)
    throw new Error('the storage emulator is started by jest; run tests with npm test');
  // Workers start at different places, so that they seldom ask for the same account.
  const start = (Number(process.env.JEST_WORKER_ID ?? 1) - 1) * 400;
  for (let step = 0; step < TEST_ACCOUNTS.length; step += 1) {
    const account = TEST_ACCOUNTS[(start + step) % TEST_ACCOUNTS.length] ?? '';
    if (claim(join(TEST_CLAIMS, account))) return TEST_STORAGE.replaceAll('{account}', account);
  }
  throw new Error('all storage accounts are in use; raise their number in claim-storage.ts');
}

/** Creating a file that must not exist is atomic across processes. */
function claim(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'));
    return true;
  } catch {
    return false;
  }
}
