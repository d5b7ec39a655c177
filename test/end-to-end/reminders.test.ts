import { DAY, HOUR, MINUTE, WEEK } from '../../shared/core/time.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { tenantId } from '../support/open-world.ts';
import * as story from './hear.ts';
import { historyOf, newestCard } from './hear.ts';

const ID = tenantId(1);

let desk: Desk;
let alertId: string;

/** One tenant that has just drifted, told to `ops`. */
async function drift(more: object = {}) {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1, more));
  await desk.check();
  desk.world.simulator.tenant(ID).setting = false;
  const { tenants } = await desk.check(15 * MINUTE);
  alertId = tenants[0]?.alerts[0]?.id ?? '';
}

afterEach(() => desk.close());

/** What is heard of the drift; who caused it is a story of its own (who-changed-it.test.ts). */
async function hear(later: number): Promise<string[]> {
  return (await story.hear(desk, later)).filter((line) => !line.startsWith('attributed'));
}

test('after 24 hours, then weekly, until it recovers', async () => {
  await drift();
  expect(await hear(DAY - MINUTE)).toEqual([]);
  expect(await hear(MINUTE)).toEqual(['reminder → ops']);
  expect(await hear(WEEK - MINUTE)).toEqual([]);
  expect(await hear(MINUTE)).toEqual(['reminder → ops']);
  expect(await hear(WEEK)).toEqual(['reminder → ops']);
  desk.world.simulator.tenant(ID).setting = true;
  expect(await hear(WEEK)).toEqual([]);
  expect(await hear(MINUTE)).toEqual(['recovered → ops']);
  expect(newestCard(desk)).toContain('22 days');
  expect(await hear(WEEK)).toEqual([]);
});

test.each([
  ['a week', WEEK],
  ['a year', 365 * DAY],
])('after %s of silence there is one reminder, not one for each that was missed', async (_, silence) => {
  await drift();
  expect(await hear(silence)).toEqual(['reminder → ops']);
  expect(await hear(MINUTE)).toEqual([]);
});

test('an acknowledgement stops them and changes nothing else', async () => {
  await drift();
  await desk.run('alerts', 'ack', alertId, '--by', 'Aino Virtanen');
  expect(await hear(DAY)).toEqual([]);
  expect(await hear(5 * WEEK)).toEqual([]);
  const { tenants, summary } = await desk.check();
  expect(tenants[0]).toMatchObject({ verdict: 'permissive', state: 'permissive', excepted: false });
  expect(summary.permissive).toBe(1);
  desk.world.simulator.tenant(ID).setting = true;
  await desk.check(MINUTE);
  expect(await hear(MINUTE)).toEqual(['recovered → ops']);
});

test('an acknowledgement --for a while ends by itself', async () => {
  await drift();
  await desk.run('alerts', 'ack', alertId, '--by', 'Aino Virtanen', '--for', '7d');
  expect(await hear(WEEK - MINUTE)).toEqual([]);
  expect(await hear(MINUTE)).toEqual(['reminder → ops']);
});

test('a new episode is news, whatever was acknowledged before', async () => {
  await drift();
  await desk.run('alerts', 'ack', alertId, '--by', 'Aino Virtanen');
  const tenant = desk.world.simulator.tenant(ID);
  tenant.setting = true;
  await desk.check(MINUTE);
  await desk.check(MINUTE);
  tenant.setting = false;
  expect(await hear(MINUTE)).toEqual(['drifted → ops']);
  expect(await hear(DAY)).toEqual(['reminder → ops']);
});

test('nobody acknowledges in time: the second channel is told, once', async () => {
  await drift({ defaults: { channels: ['ops'], escalateTo: ['spare'], escalateAfter: '4h' } });
  expect(await hear(4 * HOUR - MINUTE)).toEqual([]);
  expect(await hear(MINUTE)).toEqual(['reminder → spare']);
  expect(newestCard(desk, 'spare')).toMatch(/acknowledged/);
  expect(await hear(4 * HOUR)).toEqual([]);
  desk.world.simulator.tenant(ID).setting = true;
  await desk.check(MINUTE);
  expect(await hear(MINUTE)).toEqual(['recovered → ops', 'recovered → spare']);
});

test('an acknowledgement in time: no escalation', async () => {
  await drift({ defaults: { channels: ['ops'], escalateTo: ['spare'], escalateAfter: '4h' } });
  await desk.run('alerts', 'ack', alertId, '--by', 'Aino Virtanen');
  expect(await hear(5 * HOUR)).toEqual([]);
});

test('a channel added later hears of what is open, at the next sweep and once', async () => {
  await drift();
  await desk.world.register(fleetFile(desk.world, 1, { defaults: { channels: ['ops', 'spare'] } }));
  expect(await hear(MINUTE)).toEqual(['reminder → spare']);
  expect(await hear(MINUTE)).toEqual([]);
  expect(await hear(DAY)).toEqual(['reminder → ops', 'reminder → spare']);
});

test('a tenant removed while an alert waits: what waits is delivered, nothing new is said', async () => {
  await drift();
  const flow = desk.world.simulator.flow('ops');
  flow.state = 'Disabled';
  expect(await hear(DAY)).toEqual([]);
  await desk.world.register(fleetFile(desk.world, 2));
  await desk.run('tenants', 'remove', ID);
  flow.state = 'Enabled';
  const posted = flow.posted.length;
  await desk.check(2 * HOUR);
  expect(flow.posted).toHaveLength(posted + 1);
  expect(newestCard(desk)).toContain(ID);
  await desk.check(WEEK);
  expect(flow.posted).toHaveLength(posted + 1);
  expect((await historyOf(desk, ID)).at(-1)).toBe('retired');
});

test('alternating answers: each reopening within one episode is no news', async () => {
  await drift();
  const tenant = desk.world.simulator.tenant(ID);
  for (const setting of [true, false, true, false]) {
    tenant.setting = setting;
    expect(await hear(MINUTE)).toEqual([]);
  }
  expect((await desk.check()).tenants[0]).toMatchObject({ state: 'permissive', episode: 1 });
});
