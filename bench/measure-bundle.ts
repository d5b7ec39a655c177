import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { median } from './bench-stage.ts';

const BUNDLE = 'dist/main.cjs';
const ROUNDS = 9;

/** Size of the deployed bundle, and how long a fresh process needs to load it, in seconds. */
export function measureBundle(): { readonly bytes: number; readonly seconds: number } {
  const load = `const s=performance.now();require('./${BUNDLE}');process.stdout.write(String(performance.now()-s))`;
  const env = { ...process.env, APPLICATIONINSIGHTS_CONNECTION_STRING: '' };
  const times = Array.from({ length: ROUNDS }, () => {
    return Number(
      execFileSync(process.execPath, ['-e', load], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  });
  return { bytes: statSync(BUNDLE).size, seconds: median(times) / 1000 };
}
