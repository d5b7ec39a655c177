import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Processes start slowly on a busy machine; how long a test takes decides nothing.
jest.setTimeout(60_000);

/** How a process ended, and everything that it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line as a process of its own. */
export interface Child {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves once standard output holds this text; rejects when the process ends without it. */
  said(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `dsw` from the bundle; it sees no settings but the given ones. */
export function startChild(args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  const bundle = resolve('dist/dsw.cjs');
  const surroundings = { PATH: process.env.PATH ?? '', ...env };
  const child = spawn(process.execPath, [bundle, ...args], { env: surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    out += chunk;
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code, signal) => done({ code, signal, out, err }));
  });
  return {
    pid: child.pid ?? 0,
    ended,
    said: (text) =>
      new Promise((found, failed) => {
        const look = () => out.includes(text) && found();
        listeners.add(look);
        look();
        void ended.then(() => failed(new Error(`the process ended and never said "${text}":\n${out}\n${err}`)));
      }),
    kill: (signal) => void child.kill(signal),
  };
}

/** The processes that a process has started, and theirs, while it lives. */
export function descendantsOf(pid: number): number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = processes.map(Number).filter((other) => parentOf(other) === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Waits until none of the processes is left; gives those that are still there after ten seconds. */
export async function waitUntilGone(pids: readonly number[]): Promise<readonly number[]> {
  let left = pids;
  for (let look = 0; look < 1000 && left.length > 0; look += 1) {
    left = left.filter((pid) => parentOf(pid) !== null);
    if (left.length > 0) await pause(10);
  }
  return left;
}

/** The parent of a process; null when the process is gone or only waits to be collected. */
function parentOf(pid: number): number | null {
  try {
    const [state = '', parent = ''] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
    return state === 'Z' ? null : Number(parent);
  } catch {
    return null;
  }
}
