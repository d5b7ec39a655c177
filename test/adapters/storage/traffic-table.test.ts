import type { TableClient } from '@azure/data-tables';
import { openTraffic } from '../../../shared/adapters/storage/traffic-table.ts';
import { MOST_ROWS_A_DAY, OTHER_ADDRESSES } from '../../../shared/core/traffic/limit-days.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';
import { NO_TRAFFIC } from '../../../shared/core/traffic/traffic-state.ts';
import { buildDay, buildDays } from '../../core/traffic/build-source.ts';
import { longestState } from '../../core/traffic/build-state.ts';
import { openTables } from '../../support/open-tables.ts';

const ID = '3d1c0000-0000-4000-8000-000000000001';
const OTHER = '3d1c0000-0000-4000-8000-000000000002';
const daysOf = (...days: number[]) => days.map((day) => `2026-10-${String(day).padStart(2, '0')}`);
const inOrder = (rows: readonly TrafficDay[]) =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

let table: TableClient;
let store: ReturnType<typeof openTraffic>;

beforeEach(async () => {
  table = (await openTables()).table('traffic');
  store = openTraffic(table);
});

const stored = async (id = ID) => inOrder(await store.days(id, '2026-10-01'));

test('a day that is read again replaces itself: nothing counts twice, what vanished is gone', async () => {
  const [first, second, third] = [buildDay({ day: 8 }), buildDay({ day: 9 }), buildDay({ day: 10 })];
  const vanished = buildDay({ day: 10, source: '198.51.100.7' });
  await store.replaceDays(ID, daysOf(8, 9, 10), [first, second, third, vanished]);
  await store.replaceDays(OTHER, daysOf(10), [vanished]);
  const grown = buildDay({ day: 10, messages: 9 });
  const late = buildDay({ day: 9, source: '198.51.100.8' });
  for (let time = 1; time <= 2; time += 1) {
    await store.replaceDays(ID, daysOf(9, 10, 11), [second, late, grown]);
    expect(await stored()).toEqual(inOrder([first, second, late, grown]));
  }
  expect(await stored(OTHER)).toEqual([vanished]);
});

test('a day without any mail loses its rows; no day asked for changes nothing', async () => {
  await store.replaceDays(ID, daysOf(9, 10), buildDays([9, 10]));
  await store.replaceDays(ID, daysOf(10), []);
  await store.replaceDays(ID, [], []);
  expect(await stored()).toEqual([buildDay({ day: 9 })]);
});

test('classes, blocks and names of sources are kept apart', async () => {
  const sources = ['203.0.113.9', '2001:db8:1:2::/64', '203.0.113.0/24', 'mail.service.example', 'no-address'];
  const rows = sources.flatMap((source) => [buildDay({ source }), buildDay({ source, class: 'header-only' })]);
  await store.replaceDays(ID, daysOf(10), rows);
  await store.replaceDays(ID, daysOf(10), rows);
  expect(await stored()).toEqual(inOrder(rows));
});

test('days older than what is kept are dropped, the state is not', async () => {
  await store.saveState(ID, NO_TRAFFIC);
  await store.replaceDays(ID, daysOf(1, 2, 3), buildDays([1, 2, 3]));
  await store.dropDays(ID, '2026-10-03');
  expect((await stored()).map(({ day }) => day)).toEqual(['2026-10-03']);
  expect(await store.state(ID)).toEqual(NO_TRAFFIC);
  expect(await store.state(OTHER)).toBeNull();
});

test('two runners that read the same tenant at once both succeed, and nothing is doubled', async () => {
  const rows = Array.from({ length: 150 }, (_, at) => buildDay({ source: `198.51.100.${at}` }));
  await store.replaceDays(ID, daysOf(10), rows);
  const kept = rows.slice(0, 20);
  await Promise.all([1, 2, 3].map(() => store.replaceDays(ID, daysOf(10), kept)));
  expect(await stored()).toEqual(inOrder(kept));
  await Promise.all([1, 2, 3].map(() => store.dropDays(ID, '2026-10-11')));
  expect(await stored()).toEqual([]);
});

test('transactions stay below a hundred changes and 4 MiB, however large the rows are', async () => {
  const print = (at: number) => at.toString(16).padStart(8, '0');
  const prints = (most: number) => Array.from({ length: most }, (_, at) => print(at));
  const text = '\u{1f4a5}'.repeat(160);
  const texts = Array.from({ length: 5 }, (_, at) => `${at}${text}`);
  const large = Array.from({ length: 230 }, (_, at): TrafficDay => {
    const row = buildDay({ source: `198.51.100.${at}` });
    const senders = { prints: prints(200), personPrints: prints(200), samples: texts, envelopes: texts };
    return { ...row, recipientPrints: prints(1000), senders: { ...row.senders, ...senders, envelopeDomains: texts } };
  });
  const submit = jest.spyOn(table, 'submitTransaction');
  await store.replaceDays(ID, daysOf(10), large);
  for (const [actions] of submit.mock.calls) {
    expect(actions.length).toBeLessThanOrEqual(100);
    // What the service counts is the body: the entities and what stands around each of them.
    expect(Buffer.byteLength(JSON.stringify(actions)) + actions.length * 600).toBeLessThan(4 * 1024 * 1024);
  }
  expect(submit.mock.calls.length).toBeGreaterThan(3);
  expect(await stored()).toEqual(inOrder(large));
});

test('an attack from very many addresses fills neither table nor memory, and every message still counts', async () => {
  const attack = Array.from({ length: 2 * MOST_ROWS_A_DAY }, (_, at) =>
    buildDay({ messages: 3, source: `198.51.${at >> 8}.${at & 255}` }),
  );
  await store.replaceDays(ID, daysOf(10), attack);
  const rows = await stored();
  expect(rows.length).toBeLessThanOrEqual(MOST_ROWS_A_DAY);
  expect(rows.reduce((sum, { messages }) => sum + messages, 0)).toBe(3 * attack.length);
  expect(rows.filter(({ source }) => source === OTHER_ADDRESSES)).toHaveLength(1);
}, 30_000);

/** Bytes of an entity as the service counts them: names and texts in two bytes a character, and a little for each property. */
function bytesOf(entity: Readonly<Record<string, unknown>>): number {
  return Object.entries(entity).reduce(
    (sum, [name, value]) => sum + 8 + 2 * name.length + (typeof value === 'string' ? 4 + 2 * value.length : 8),
    4,
  );
}

test('a state fits into one row of 1 MiB, however many sources, names and connectors there are', async () => {
  const upsert = jest.spyOn(table, 'upsertEntity');
  await store.saveState(ID, longestState());
  const [entity] = upsert.mock.calls[0] ?? [];
  expect(bytesOf(entity ?? {})).toBeLessThan(1024 * 1024);
  // Far below it would mean that room is given away.
  expect(bytesOf(entity ?? {})).toBeGreaterThan(700 * 1024);
  const state = await store.state(ID);
  expect(state?.assessed.length).toBeGreaterThan(70);
  expect((state?.assessed.length ?? 0) + (state?.more ?? 0)).toBe(longestState().assessed.length);
});
