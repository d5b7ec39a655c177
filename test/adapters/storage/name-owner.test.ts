import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { nameOwner } from '../../../shared/adapters/storage/name-owner.ts';

const owner = nameOwner();

/** The name that another process of this machine would have. */
function nameOf(pid: number, start?: string): string {
  const [host, namespace, , ownStart] = owner.name.split('|');
  return [host, namespace, pid, start ?? ownStart].join('|');
}

it('names the process alike each time', () => {
  expect(nameOwner().name).toBe(owner.name);
  expect(owner.name).toContain(`|${process.pid}|`);
});

it('a process that ended is gone; one that runs is not', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const pid = child.pid!;
  // Its start is not known to us, so that only its id can tell.
  expect(owner.isGone(nameOf(pid, ''))).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(owner.isGone(nameOf(pid, ''))).toBe(true);
});

it('a process whose id was given to a younger one is gone', () => {
  expect(owner.isGone(nameOf(process.pid))).toBe(false);
  expect(owner.isGone(nameOf(process.pid, '1'))).toBe(true);
});

it('of other machines, other containers and other forms nothing is known', () => {
  const [host, namespace] = owner.name.split('|');
  expect(owner.isGone(`elsewhere|${namespace}|999999999|1`)).toBe(false);
  expect(owner.isGone(`${host}|pid:[1]|999999999|1`)).toBe(false);
  expect(owner.isGone('something else')).toBe(false);
  expect(owner.isGone('')).toBe(false);
});
