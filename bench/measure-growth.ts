import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchStage, environmentOf } from './bench-stage.ts';
import { fillFleet } from './measure-sweep.ts';

/** What a process took that swept a fleet of this size. */
export interface Growth {
  readonly tenants: number;
  readonly milliseconds: number;
  /** Bytes: the largest resident set that the process had, with all garbage that the engine did not care to collect. */
  readonly peak: number;
  /** Bytes that are in use after the sweep, once garbage is collected. */
  readonly live: number;
}

/** Sweeps so many tenants in a process of its own, on the account of that name. */
export async function measureGrowth(
  stage: BenchStage & { open(account: string): BenchStage['opened'] },
  account: string,
  tenants: number,
): Promise<Growth> {
  const opened = stage.open(account);
  await fillFleet(stage, opened, tenants);
  await opened.close();
  const folder = mkdtempSync(join(tmpdir(), 'dsw-bench-'));
  const authority = join(folder, 'ca.pem');
  writeFileSync(authority, stage.simulator.certificateAuthority);
  const env = { ...process.env, ...environmentOf(stage, account), NODE_EXTRA_CA_CERTS: authority };
  try {
    const command = [...process.execArgv, '--expose-gc', 'bench/sweep-alone.ts'];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env });
    return { tenants, ...(JSON.parse(stdout) as Omit<Growth, 'tenants'>) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
