import { openSweeps } from '../../../shared/adapters/storage/sweeps-table.ts';
import { nameRun } from '../../../shared/jobs/name-run.ts';
import type { Sweep, Sweeps } from '../../../shared/jobs/services.ts';
import { openTables } from '../../support/open-tables.ts';

let sweeps: Sweeps;

beforeEach(async () => {
  sweeps = openSweeps((await openTables()).table('sweeps'));
});

function sweep(startedAt: string, suffix = 'timer'): Sweep {
  const runId = nameRun(new Date(startedAt), suffix);
  return { runId, startedAt, status: 'running', expected: 3, done: 0, failed: 0, closedAt: null };
}

it('creates a run once', async () => {
  const one = sweep('2026-11-20T08:00:00.000Z');
  expect(await sweeps.create(one)).toBe(true);
  expect(await sweeps.create({ ...one, expected: 99 })).toBe(false);
  expect(await sweeps.get(one.runId)).toEqual(one);
  expect(await sweeps.get(nameRun(new Date('2026-11-20T08:00:01.000Z'), 'timer'))).toBeNull();
});

it('saves what became of it', async () => {
  const one = sweep('2026-11-20T08:00:00.000Z');
  await sweeps.create(one);
  const closed: Sweep = { ...one, status: 'closed', done: 3, closedAt: '2026-11-20T08:01:00.000Z' };
  await sweeps.save(closed);
  expect(await sweeps.get(one.runId)).toEqual(closed);
});

it('lists the newest first, over the end of a month and of a year', async () => {
  const starts = ['2026-11-30T23:45:00.000Z', '2026-12-31T23:45:00.000Z', '2027-01-01T00:00:00.000Z'];
  for (const start of starts) await sweeps.create(sweep(start));
  await sweeps.create(sweep(starts[2]!, 'other'));
  const recent = await sweeps.recent('2027-01-01T00:15:00.000Z', 20);
  expect(recent.map(({ startedAt }) => startedAt)).toEqual([starts[2], starts[2], starts[1]]);
  expect(await sweeps.recent('2027-01-01T00:15:00.000Z', 1)).toHaveLength(1);
});

it('purges whole months before a moment, and nothing of its own month', async () => {
  for (const start of ['2025-12-31T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']) {
    await sweeps.create(sweep(start));
  }
  expect(await sweeps.purge('2026-03-20T00:00:00.000Z')).toBe(2);
  expect(await sweeps.get(nameRun(new Date('2026-03-01T00:00:00.000Z'), 'timer'))).not.toBeNull();
  expect(await sweeps.get(nameRun(new Date('2026-01-01T00:00:00.000Z'), 'timer'))).toBeNull();
});
