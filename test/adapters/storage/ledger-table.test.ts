import type { TableClient } from '@azure/data-tables';
import { openLedger } from '../../../shared/adapters/storage/ledger-table.ts';
import { EMPTY_CHAIN, verifyChain } from '../../../shared/core/evidence/history.ts';
import type { Ledger } from '../../../shared/jobs/services.ts';
import { claimStorage } from '../../support/claim-storage.ts';
import { countTableRequests } from '../../support/count-table-requests.ts';
import { openTables } from '../../support/open-tables.ts';
import { sampleChain, sampleOutboxRow } from '../../support/sample-rows.ts';

const SCOPE = '3d1c0000-0000-4000-8000-000000000001';

let table: TableClient;
let ledger: Ledger;

beforeEach(async () => {
  table = (await openTables()).table('ledger');
  ledger = openLedger(table);
});

const bare = { chain: EMPTY_CHAIN };

async function versionOf(scope = SCOPE): Promise<string> {
  return (await ledger.load(scope))!.version;
}

async function countRows(): Promise<number> {
  let rows = 0;
  for await (const _row of table.listEntities()) rows += 1;
  return rows;
}

describe('a commit', () => {
  it('writes record, entries and outbox rows, and reads them as they were', async () => {
    const { entries, head } = sampleChain(3);
    const record = { chain: head, more: { text: 'ä\u0000 😀', list: [1, null, true] } };
    const outbox = [sampleOutboxRow(SCOPE, 2), sampleOutboxRow(SCOPE, 1)];
    expect(await ledger.commit(SCOPE, null, record, entries, outbox)).toBe('saved');
    expect((await ledger.load(SCOPE))?.value).toEqual(record);
    expect(await ledger.history(SCOPE)).toEqual(entries);
    expect(await ledger.outbox(SCOPE)).toEqual([outbox[1], outbox[0]]);
    expect((await ledger.outboxRow(SCOPE, outbox[0]!.alert.id, 'ops'))?.value).toEqual(outbox[0]);
  });

  it('is one entity group transaction on the wire', async () => {
    const counter = await countTableRequests(claimStorage());
    const storage = await openTables(counter.connectionString);
    counter.requests.length = 0;
    const { entries, head } = sampleChain(5);
    await openLedger(storage.table('ledger')).commit(SCOPE, null, { chain: head }, entries, [
      sampleOutboxRow(SCOPE, 1),
    ]);
    expect(counter.requests).toEqual([{ method: 'POST', table: '$batch' }]);
    await counter.close();
  });

  it('under an old version is a conflict and leaves nothing behind', async () => {
    await ledger.commit(SCOPE, null, bare, [], []);
    const old = await versionOf();
    const { entries, head } = sampleChain(1);
    expect(await ledger.commit(SCOPE, old, { chain: head }, entries, [])).toBe('saved');
    const rows = await countRows();
    const second = sampleChain(2);
    const late = ledger.commit(SCOPE, old, { chain: second.head }, second.entries.slice(1), [
      sampleOutboxRow(SCOPE, 9),
    ]);
    expect(await late).toBe('conflict');
    expect(await countRows()).toBe(rows);
    expect(await ledger.outbox(SCOPE)).toEqual([]);
  });

  it('of a record that exists already is a conflict, with entries or without', async () => {
    await ledger.commit(SCOPE, null, bare, [], []);
    expect(await ledger.commit(SCOPE, null, bare, [], [])).toBe('conflict');
    expect(await ledger.commit(SCOPE, null, bare, sampleChain(1).entries, [])).toBe('conflict');
  });

  it('of a record that was removed meanwhile is a conflict', async () => {
    await ledger.commit(SCOPE, null, bare, [], []);
    const version = await versionOf();
    await table.deleteEntity(SCOPE, 'state');
    expect(await ledger.commit(SCOPE, version, bare, [], [])).toBe('conflict');
    expect(await ledger.commit(SCOPE, version, bare, sampleChain(1).entries, [])).toBe('conflict');
  });

  it('never writes an entry over another one: history is append-only', async () => {
    const { entries, head } = sampleChain(1);
    await ledger.commit(SCOPE, null, { chain: head }, entries, []);
    expect(await ledger.commit(SCOPE, await versionOf(), { chain: head }, entries, [])).toBe('conflict');
  });

  it('of two at once lets one win', async () => {
    await ledger.commit(SCOPE, null, bare, [], []);
    const version = await versionOf();
    const { entries, head } = sampleChain(1);
    const results = await Promise.all(
      [1, 2, 3, 4].map((nth) => ledger.commit(SCOPE, version, { chain: head }, entries, [sampleOutboxRow(SCOPE, nth)])),
    );
    expect(results.sort()).toEqual(['conflict', 'conflict', 'conflict', 'saved']);
    expect(await ledger.outbox(SCOPE)).toHaveLength(1);
  });

  it('to a table that is not there is an error, not a conflict', async () => {
    await table.deleteTable();
    await expect(ledger.commit(SCOPE, null, bare, [], [])).rejects.toThrow();
  });
});

describe('rows', () => {
  it('of more than 64 KB are kept whole', async () => {
    // Three bytes each in UTF-8, one unit each in a table's property.
    const record = { chain: EMPTY_CHAIN, text: '字'.repeat(70_000) };
    await ledger.commit(SCOPE, null, record, [], []);
    expect((await ledger.load(SCOPE))?.value).toEqual(record);
    const { alert } = sampleOutboxRow(SCOPE, 1);
    const row = sampleOutboxRow(SCOPE, 1, {
      alert: { ...alert, tenant: { id: SCOPE, name: '😀'.repeat(60_000), domains: [] } },
    });
    await ledger.commit(SCOPE, await versionOf(), record, [], [row]);
    expect(await ledger.outbox(SCOPE)).toEqual([row]);
  });

  it('become smaller again without leaving old pieces behind', async () => {
    await ledger.commit(SCOPE, null, { chain: EMPTY_CHAIN, text: 'x'.repeat(100_000) } as typeof bare, [], []);
    await ledger.commit(SCOPE, await versionOf(), bare, [], []);
    expect((await ledger.load(SCOPE))?.value).toEqual(bare);
  });

  it('of another scope are not seen', async () => {
    const other = `${SCOPE.slice(0, -1)}2`;
    await ledger.commit(SCOPE, null, bare, sampleChain(1).entries, [sampleOutboxRow(SCOPE, 1)]);
    expect(await ledger.load(other)).toBeNull();
    expect(await ledger.history(other)).toEqual([]);
    expect(await ledger.outbox(other)).toEqual([]);
    expect(await ledger.outboxRow(other, sampleOutboxRow(SCOPE, 1).alert.id, 'ops')).toBeNull();
  });

  it('of one alert to several channels are apart', async () => {
    const rows = ['ops', 'siem'].map((channel) => sampleOutboxRow(SCOPE, 1, { channel }));
    await ledger.commit(SCOPE, null, bare, [], rows);
    expect(await ledger.outbox(SCOPE)).toHaveLength(2);
    const { value, version } = (await ledger.outboxRow(SCOPE, rows[0]!.alert.id, 'siem'))!;
    expect(await ledger.saveOutboxRow({ ...value, status: 'accepted' }, version)).toBe('saved');
    expect(await ledger.saveOutboxRow({ ...value, status: 'parked' }, version)).toBe('conflict');
    expect((await ledger.outbox(SCOPE)).map(({ status }) => status).sort()).toEqual(['accepted', 'pending']);
  });
});

describe('a purge', () => {
  it('removes entries and outbox rows with the record that remembers where the chain begins', async () => {
    const { entries, head } = sampleChain(5);
    const row = sampleOutboxRow(SCOPE, 1);
    await ledger.commit(SCOPE, null, { chain: head }, entries, [row]);
    const last = entries[2]!;
    const purged = { ...head, purged: { seq: last.seq, hash: last.hash } };
    const saved = await ledger.purge(SCOPE, await versionOf(), { chain: purged }, entries.slice(0, 3), [row]);
    expect(saved).toBe('saved');
    expect(await ledger.history(SCOPE)).toEqual(entries.slice(3));
    expect(await ledger.outbox(SCOPE)).toEqual([]);
    expect(verifyChain(await ledger.history(SCOPE), purged)).toBe('intact');
  });

  it('under an old version removes nothing', async () => {
    const { entries, head } = sampleChain(2);
    await ledger.commit(SCOPE, null, { chain: head }, entries, []);
    const old = await versionOf();
    await ledger.commit(SCOPE, old, { chain: head }, [], []);
    expect(await ledger.purge(SCOPE, old, { chain: head }, entries, [])).toBe('conflict');
    expect(await ledger.history(SCOPE)).toHaveLength(2);
  });
});

it('history of more than a page comes back whole, oldest first', async () => {
  const { entries, head } = sampleChain(1010);
  let version: string | null = null;
  for (let at = 0; at < entries.length; at += 99) {
    await ledger.commit(SCOPE, version, { chain: head }, entries.slice(at, at + 99), []);
    version = await versionOf();
  }
  expect(await ledger.history(SCOPE)).toEqual(entries);
}, 30_000);
