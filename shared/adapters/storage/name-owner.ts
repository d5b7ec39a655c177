import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Services } from '../../jobs/services.ts';

/**
 * Who this process is in leases: machine, process id and when it started. Another process of the same machine is known to be
 * gone when its id is free or was given to a younger one, so that what a killed run had claimed is not waited for.
 */
export function nameOwner(): Services['owner'] {
  const machine = `${hostname()}|${processNamespace()}`;
  return {
    name: `${machine}|${process.pid}|${startOf(process.pid) ?? ''}`,
    isGone(owner) {
      const [host, namespace, pid, start] = owner.split('|');
      if (`${host}|${namespace}` !== machine || pid === undefined) return false;
      return !isAlive(Number(pid)) || (start !== '' && startOf(Number(pid)) !== start);
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, in the kernel's clock ticks; null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    // The command's name, in brackets, may itself contain spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return fields?.[19] ?? null;
  } catch {
    return null;
  }
}

/** Containers of one machine count their processes apart. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
