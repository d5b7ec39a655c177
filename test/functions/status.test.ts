import { teamsBehaviours } from '../../simulator/teams/teams-behaviours.ts';
import { tenantId } from '../support/open-world.ts';
import { type App, openApp } from './open-app.ts';

let app: App;

beforeAll(async () => {
  app = await openApp(2);
});

afterAll(() => app.close());

test('before the first sweep: an empty, valid document that no cache keeps', async () => {
  const { status, headers, text } = await app.request('status', 'GET', 'status');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1, tenants: [], channels: [], lastSweep: null });
});

test('the same document as dsw status --json, without any secret, also when a channel repeats its address', async () => {
  app.simulator.tenant(tenantId(1)).setting = false;
  app.simulator.flow('ops').behave(teamsBehaviours.signatureLost);
  await app.fire('planSweep');
  await app.pump();
  await app.fire('tend');
  const { text } = await app.request('status', 'GET', 'status');
  const document = JSON.parse(text);
  expect(Object.keys(document).sort()).toEqual(['channels', 'lastSweep', 'poison', 'schemaVersion', 'tenants']);
  expect(document.channels).toMatchObject([{ id: 'ops', health: 'broken', pending: 1 }]);
  expect(document.tenants[0]).toMatchObject({ state: 'permissive', alertsPending: 1 });
  expect(text).not.toContain(app.simulator.marker);
  expect(text).not.toMatch(/sig=|https?:\/\//);
});
