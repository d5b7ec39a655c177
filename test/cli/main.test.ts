import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startChild } from '../end-to-end/start-child.ts';
import { claimStorage } from '../support/claim-storage.ts';

test('without settings: exit 3, everything that is wrong on stderr, nothing on stdout', async () => {
  const { code, out, err } = await startChild(['check']).ended;
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(
    /^dsw: AzureWebJobsStorage is not set.* Example: AzureWebJobsStorage=UseDevelopmentStorage=true$/m,
  );
});

test('--help: exit 0, on stdout', async () => {
  const { code, out, err } = await startChild(['--help']).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Usage: dsw');
});

test('a command that only looks works with storage alone, and prints no warning of Node or of a library', async () => {
  const { code, out, err } = await startChild(['status', '--json'], { AzureWebJobsStorage: claimStorage() }).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, tenants: [] });
});

test('a reader that stops reading, as head does, is no fault', async () => {
  const child = spawn(process.execPath, [resolve('dist/dsw.cjs'), '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
