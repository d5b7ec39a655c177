// Runs before `npm start`, `npm test` and `npm run dsw`: installs and builds what is missing or out of date.
// Plain JavaScript without dependencies, because it runs before there are any, on whatever Node starts it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const INSTALLED = 'node_modules/.package-lock.json';
const BUILT = 'dist/dsw.cjs';
const SOURCES = ['shared', 'functions', 'cli', 'simulator', 'scripts/build.ts', 'package-lock.json'];

if (!existsSync(INSTALLED) || changedAt(INSTALLED) < changedAt('package-lock.json')) {
  process.stderr.write('installing dependencies (once) …\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
if (!existsSync(BUILT) || changedAt(BUILT) < Math.max(...SOURCES.map(newest))) {
  run(join('node_modules', '.bin', 'node'), ['scripts/build.ts']);
}

/** Standard output belongs to the command that follows, so everything here goes to standard error. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
}

function changedAt(path) {
  return statSync(path).mtimeMs;
}

function newest(path) {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return changedAt(path);
  return Math.max(changedAt(path), ...readdirSync(path).map((name) => newest(join(path, name))));
}
