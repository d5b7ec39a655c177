import { TableClient } from '@azure/data-tables';
import { tenantId } from '../support/open-world.ts';
import { type App, openApp } from './open-app.ts';

let app: App;

afterEach(() => app.close());

const checksOf = (nth: number) =>
  app.simulator.tenant(tenantId(nth)).requests.filter(({ surface }) => surface === 'exchange/Get-OrganizationConfig');

test('a timer that fires twice in one occurrence plans one sweep', async () => {
  app = await openApp(3);
  expect((await app.fire('planSweep')).logs.join()).toContain('planned 3 tenants');
  expect((await app.fire('planSweep')).logs.join()).toContain('planned 0 tenants');
  expect(await app.pump()).toMatchObject({ handled: 3, poisoned: 0 });
  for (const nth of [1, 2, 3]) expect(checksOf(nth)).toHaveLength(1);
});

test('the run is named after the occurrence of the schedule, in UTC', async () => {
  app = await openApp(1);
  await app.fire('planSweep');
  const { lastSweep } = JSON.parse((await app.request('status', 'GET', 'status')).text);
  const month = new Date().toISOString().slice(0, 7).replace('-', '');
  expect(lastSweep.runId).toBe(`${month}01T000000Z-timer`);
});

test('planning again after a crash in the middle sends what is missing, and every tenant is checked', async () => {
  app = await openApp(2);
  await app.fire('planSweep');
  const table = TableClient.fromConnectionString(app.storage, 'sweeps', { allowInsecureConnection: true });
  for await (const row of table.listEntities<{ data0: string }>()) {
    const sweep = { ...JSON.parse(row.data0), status: 'planning', startedAt: '2026-01-01T00:00:00.000Z' };
    const { partitionKey = '', rowKey = '' } = row;
    await table.updateEntity({ partitionKey, rowKey, data0: JSON.stringify(sweep) }, 'Merge');
  }
  const again = await app.fire('planSweep');
  expect(again.logs.join()).toContain('a planning that was cut off is finished');
  expect(await app.pump()).toMatchObject({ handled: 4, poisoned: 0 });
});

test('runNow answers with the run and how many tenants were planned; within one minute it plans once', async () => {
  app = await openApp(2);
  const minute = () => Math.floor(Date.now() / 60_000);
  for (;;) {
    const began = minute();
    const first = await app.request('runNow', 'POST', 'run-now');
    const second = await app.request('runNow', 'POST', 'run-now');
    // Two calls that stand on both sides of a minute are two runs, rightly.
    if (minute() !== began) continue;
    const [one, two] = [first, second].map(({ text }) => JSON.parse(text));
    expect(one).toEqual({ schemaVersion: 1, runId: expect.stringMatching(/^\d{8}T\d{4}00Z-manual$/), planned: 2 });
    expect(two).toEqual({ ...one, planned: 0 });
    return;
  }
});

test('DSW_TENANTS is merged at each plan: new tenants come in, those no longer named go', async () => {
  app = await openApp(2);
  await app.fire('planSweep');
  await app.pump();
  await app.close();
  const storage = app.storage;
  const tenants = [
    { id: tenantId(2), name: 'Renamed' },
    { id: tenantId(3), name: 'New' },
  ];
  app = await openApp(3, () => ({ AzureWebJobsStorage: storage, DSW_TENANTS: JSON.stringify({ tenants }) }));
  await app.request('runNow', 'POST', 'run-now');
  const { tenants: listed } = JSON.parse((await app.request('status', 'GET', 'status')).text);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(['Renamed', 'New']);
});

test('a purge runs on an empty account, and on one with history', async () => {
  app = await openApp(1);
  await app.fire('purge');
  await app.fire('planSweep');
  await app.pump();
  const { logs } = await app.fire('purge');
  expect(logs.join()).toContain('the retention purge ended {"removed":0');
});
