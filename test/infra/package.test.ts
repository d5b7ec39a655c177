import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { collectFiles, zipFiles } from '../../scripts/pack-files.ts';
import { claimStorage } from '../support/claim-storage.ts';
import * as core from '../support/functions-host/functions-core.ts';
import { type FunctionsHost, openFunctionsHost } from '../support/functions-host/functions-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'flex-'));
let host: FunctionsHost;

beforeAll(async () => {
  for (const [path, bytes] of Object.entries(unzipSync(zipFiles(collectFiles('.'))))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const sample = JSON.parse(readFileSync('local.settings.sample.json', 'utf8')).Values;
  Object.assign(process.env, sample, { AzureWebJobsStorage: claimStorage() });
  const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  await import(join(folder, main));
  host = await openFunctionsHost(core);
});

afterAll(async () => {
  await host.stop();
  rmSync(folder, { recursive: true });
});

test('the app starts from the package alone, far from its node_modules', async () => {
  expect([...host.functions.keys()]).toEqual(
    expect.arrayContaining(['planSweep', 'checkTenant', 'deliverAlert', 'tend', 'purge', 'runNow', 'status']),
  );
});

test('nothing in it says on which machine or where it was built, so that two builds have the same bytes', () => {
  for (const [path, bytes] of collectFiles('.')) {
    const text = new TextDecoder().decode(bytes);
    expect([path, text.includes(process.cwd())]).toEqual([path, false]);
    expect([path, /dist\.\d+/.test(text.slice(0, 2000))]).toEqual([path, false]);
  }
  const { sources } = JSON.parse(readFileSync('dist/main.cjs.map', 'utf8')) as { sources: string[] };
  expect(sources.filter((source) => !/^(\.\.\/|webpack:)/.test(source))).toEqual([]);
});

test('and works on the sample settings: it has no tenants yet, and says so', async () => {
  const answer = await host.http('status', { method: 'GET', url: 'https://localhost/api/status' });
  expect(answer.http?.status).toBe(200);
  expect(JSON.parse(answer.http?.text ?? '')).toMatchObject({ tenants: [] });
});
