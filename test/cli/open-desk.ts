import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckDocument } from '../../cli/documents/check-document.ts';
import { runCli } from '../../cli/run-cli.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { nameChannels, openWorld, tenantId, type World } from '../support/open-world.ts';

// Real sockets and processes are slow on a busy machine; how long a test takes decides nothing.
jest.setTimeout(60_000);

/** What one command line left behind. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An engineer's desk: the command line in this process, on an empty storage account and a simulated Microsoft 365. */
export interface Desk {
  readonly world: World;
  run(...args: string[]): Promise<Said>;
  /** Runs a command with `--json` and reads the one document that it prints. */
  read<T>(...args: string[]): Promise<T>;
  /** One sweep without traffic, so many milliseconds after the last command. */
  check(later?: number, ...args: string[]): Promise<CheckDocument>;
  /** Writes a file for a command to read, and returns its path. */
  write(name: string, content: string | object): string;
  close(): Promise<void>;
}

/** Where the output goes: to a person's screen, or into a pipe. */
export interface Screen {
  readonly isScreen?: boolean;
  readonly width?: number;
}

/** Opens a desk. `settings` go beside those that reach the simulator. */
export async function openDesk(settings: Readonly<Record<string, string>> = {}, screen: Screen = {}): Promise<Desk> {
  const world = await openWorld(claimStorage(), settings);
  const folder = mkdtempSync(join(tmpdir(), 'dsw-desk-'));
  const { env, clock, simulator } = world;
  env.DSW_DNS_SERVERS = simulator.dnsServer;
  let runs = 0;
  // Every run gets a name of its own, also when the clock stands still.
  const random = () => {
    runs = (runs + 0.001) % 1;
    return runs;
  };
  const run = async (...args: string[]): Promise<Said> => {
    const { terminal, said } = openTerminal(screen);
    const code = await runCli(args, { env, terminal, now: clock.now, wait: clock.wait, random });
    return { code, ...said() };
  };
  const read = async <T>(...args: string[]) => JSON.parse((await run(...args, '--json')).out) as T;
  return {
    world,
    run,
    read,
    check(later = 0, ...args) {
      clock.advance(later);
      return read<CheckDocument>('check', '--no-traffic', ...args);
    },
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
    async close() {
      rmSync(folder, { recursive: true, force: true });
      await world.close();
    },
  };
}

function openTerminal({ isScreen = false, width = 100 }: Screen) {
  let [out, err] = ['', ''];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    outIsScreen: isScreen,
    errIsScreen: isScreen,
    width,
  };
  return { terminal, said: () => ({ out, err }) };
}

/** A tenants file of so many healthy tenants, numbered from 1, whose alerts go to the channel `ops`. */
export function fleetFile(world: World, tenants: number, more: object = {}) {
  return {
    channels: nameChannels(world),
    defaults: { channels: ['ops'] },
    tenants: Array.from({ length: tenants }, (_, at) => {
      const { id } = world.simulator.tenant(tenantId(at + 1));
      return { id, name: `Tenant ${at + 1}` };
    }),
    ...more,
  };
}
