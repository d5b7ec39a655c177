import { readFileSync } from 'node:fs';
import { hashEntry } from '../../../shared/core/evidence/history.ts';
import { MINUTE } from '../../../shared/core/time.ts';
import type { TenantHistory } from '../../../shared/jobs/read-history.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const ID = tenantId(1);

let desk: Desk;

/** A tenant that was enforced and then drifted: registered, baseline, drifted, alerted. */
beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
  await desk.check();
  desk.world.simulator.tenant(ID).setting = false;
  await desk.check(15 * MINUTE);
});

afterEach(() => desk.close());

const history = () => desk.read<TenantHistory & { schemaVersion: 1 }>('history', ID);

test('the entries, oldest first, each with the hash of the one before, and the chain', async () => {
  const { schemaVersion, tenantId: id, entries, chain } = await history();
  expect({ schemaVersion, id, chain }).toEqual({ schemaVersion: 1, id: ID, chain: 'intact' });
  expect(entries.map(({ seq, kind }) => [seq, kind])).toEqual([
    [1, 'registered'],
    [2, 'baseline'],
    [3, 'drifted'],
    [4, 'alerted'],
  ]);
  expect(entries.slice(1).map((entry) => entry.previousHash)).toEqual(entries.slice(0, -1).map((entry) => entry.hash));
  for (const entry of entries) expect(hashEntry(entry)).toBe(entry.hash);
});

test('as a table for people', async () => {
  const { code, out } = await desk.run('history', ID.toUpperCase());
  expect(code).toBe(0);
  expect(out).toContain('Tenant 1: 4 entries, chain intact');
  expect(out).toMatch(/^3 +2026-11-20T08:15:00\.000Z +drifted +runId=20261120T081500Z-/m);
});

test('a registered tenant without a ledger has an empty, intact chain', async () => {
  await desk.world.register(fleetFile(desk.world, 2));
  const fresh = await desk.read<TenantHistory>('history', tenantId(2));
  expect(fresh).toMatchObject({ entries: [], chain: 'intact' });
});

test('a tenant that is not registered: exit 3, nothing shown', async () => {
  const said = await desk.run('history', tenantId(9), '--json');
  expect(said).toEqual({ code: 3, out: '', err: expect.stringContaining('not registered') });
});

describe('somebody edits the table', () => {
  const ledger = () => desk.world.storage.table('ledger');

  /** The stored row of an entry. */
  async function rowOf(seq: number) {
    const rows = ledger().listEntities<{ data0: string }>({ queryOptions: { filter: `PartitionKey eq '${ID}'` } });
    for await (const row of rows) if (row.rowKey?.endsWith(`!${String(seq).padStart(10, '0')}`)) return row;
    throw new Error(`there is no row of entry ${seq}`);
  }

  async function rewrite(seq: number, change: (text: string) => string) {
    const { partitionKey = '', rowKey = '', data0 } = await rowOf(seq);
    await ledger().updateEntity({ partitionKey, rowKey, data0: change(data0) }, 'Merge');
  }

  test('a changed detail is found, and where', async () => {
    await rewrite(3, (text) => text.replace('2026-11-20T08:15', '2026-11-20T08:14'));
    expect((await history()).chain).toBe('broken at seq 3: the entry was altered');
  });

  test('a change with a new hash is found at the entry after it', async () => {
    await rewrite(2, (text) => {
      const entry = { ...JSON.parse(text), askedAt: '2026-11-19T08:00:00.000Z' };
      return JSON.stringify({ ...entry, hash: hashEntry(entry) });
    });
    expect((await history()).chain).toBe('broken at seq 3: it does not follow the entry before it');
  });

  test('a removed entry is found, in the middle and at the end', async () => {
    const [middle, last] = [await rowOf(2), await rowOf(4)];
    await ledger().deleteEntity(last.partitionKey ?? '', last.rowKey ?? '');
    expect((await history()).chain).toBe('broken at seq 4: entries up to 4 are missing');
    await ledger().deleteEntity(middle.partitionKey ?? '', middle.rowKey ?? '');
    expect((await history()).chain).toBe('broken at seq 2: the entry is missing (found 3)');
  });

  test('people see it too, in the history and in the report', async () => {
    await rewrite(3, (text) => text.replace('drifted', 'baseline'));
    expect((await desk.run('history', ID)).out).toContain('chain broken at seq 3');
    const path = desk.write('report.html', '');
    await desk.run('report', '--out', path);
    expect(readFileSync(path, 'utf8')).toContain('broken at seq 3: the entry was altered');
  });
});
