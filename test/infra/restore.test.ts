import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { tenantId } from '../support/open-world.ts';

const DRIFTED = tenantId(1);

/** What `dsw history --json` says, as far as a restore is concerned. */
interface History {
  readonly entries: readonly { readonly seq: number; readonly hash: string }[];
  readonly chain: string;
}

let desk: Desk;
let file: string;

beforeAll(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 2));
  await desk.check();
  desk.world.simulator.tenant(DRIFTED).setting = false;
  await desk.check(900_000);
  await desk.check(24 * 3_600_000);
  file = desk.write('folder', '').replace(/folder$/, 'backup.jsonl');
});

afterAll(() => desk.close());

/** The script as a person runs it, on the storage account that the desk works on. */
const backup = (...args: string[]) =>
  spawnSync(process.execPath, ['--no-warnings', 'scripts/backup-tables.ts', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, AzureWebJobsStorage: desk.world.env.AzureWebJobsStorage },
  });

test('saved, lost with the whole account, restored: the same histories, whose chains hold, and the same fleet', async () => {
  const history = await desk.read<History>('history', DRIFTED);
  const status = await desk.read<object>('status');
  expect(history.entries.length).toBeGreaterThan(1);
  expect(backup('save', file)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ledger: \d+ rows saved$/m) });

  desk.world.env.AzureWebJobsStorage = claimStorage();
  expect(backup('restore', file)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^ledger: \d+ rows restored$/m),
  });
  expect((await desk.run('rebuild')).code).toBe(0);

  expect(await desk.read<History>('history', DRIFTED)).toEqual(history);
  expect(history.chain).toBe('intact');
  expect(await desk.read<object>('status')).toEqual(status);
});

test('a restored deployment goes on where the old one stopped', async () => {
  desk.world.simulator.tenant(DRIFTED).setting = true;
  await desk.check(900_000);
  await desk.check(900_000);
  const { entries, chain } = await desk.read<History>('history', DRIFTED);
  expect(chain).toBe('intact');
  expect(entries.map(({ seq }) => seq)).toEqual([...entries.keys()].map((at) => at + 1));
});

test('a second restore, and a save onto the same file, change nothing and say why', () => {
  expect(backup('restore', file)).toMatchObject({ status: 1, stderr: expect.stringContaining('is not empty') });
  expect(backup('save', file)).toMatchObject({ status: 1, stderr: expect.stringContaining('EEXIST') });
});

test('a file that somebody edited restores, and its chain shows where', async () => {
  desk.world.env.AzureWebJobsStorage = claimStorage();
  // Somebody makes a drift look younger than it was.
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(
    /(?<=\\"kind\\":\\"drifted\\".+?\\"notBefore\\":\\")2026-11-20T08:00/,
    '2026-11-20T08:14',
  );
  const forged = desk.write('forged.jsonl', edited);
  expect(edited).not.toBe(text);
  expect(backup('restore', forged).status).toBe(0);
  const { chain } = await desk.read<History>('history', DRIFTED);
  expect(chain).toMatch(/\b3\b/);
});
