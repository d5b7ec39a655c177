import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What a stand-in for the Azure CLI answers: the first entry whose words all occur in the command. */
export interface Answer {
  readonly when: string;
  readonly print?: string;
  /** How often this answer is a failure before it is what it says. */
  readonly fails?: number;
}

export interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
  /** Every command that was given to az, with what it read from its input. */
  readonly calls: readonly { readonly args: readonly string[]; readonly input: string }[];
}

const STAND_IN = `#!/usr/bin/env node
const fs = require('node:fs');
const [, , ...args] = process.argv;
const state = JSON.parse(fs.readFileSync(process.env.FAKE_AZ, 'utf8'));
const input = args.includes('/dev/stdin') ? fs.readFileSync(0, 'utf8') : '';
state.calls.push({ args, input });
const answer = state.answers.find((one) => one.when.split(' ').every((word) => args.join(' ').includes(word)));
const failing = answer !== undefined && (answer.fails ?? 0) > 0;
if (failing) answer.fails -= 1;
fs.writeFileSync(process.env.FAKE_AZ, JSON.stringify(state));
if (failing) { console.error('Forbidden'); process.exit(1); }
if (answer?.print) console.log(answer.print);
`;

/** Runs one of the scripts in \`infra/\` with a stand-in for az, so that nothing outside is asked. */
export function runScript(script: string, args: readonly string[], answers: readonly Answer[], input = ''): Run {
  const folder = mkdtempSync(join(tmpdir(), 'az-'));
  try {
    const state = join(folder, 'state.json');
    writeFileSync(state, JSON.stringify({ answers, calls: [] }));
    writeFileSync(join(folder, 'az'), STAND_IN);
    chmodSync(join(folder, 'az'), 0o755);
    const env = {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      FAKE_AZ: state,
      RETRY_SECONDS: '0',
    };
    const { status, stdout, stderr } = spawnSync('bash', [script, ...args], { env, input, encoding: 'utf8' });
    return { status, output: stdout, errors: stderr, calls: JSON.parse(readFileSync(state, 'utf8')).calls };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
