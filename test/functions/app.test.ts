import { QueueServiceClient } from '@azure/storage-queue';
import { tenantId } from '../support/open-world.ts';
import { type App, openApp } from './open-app.ts';

let app: App;

beforeAll(async () => {
  app = await openApp(2);
});

afterAll(() => app.close());

const status = async () => JSON.parse((await app.request('status', 'GET', 'status')).text);

test('the bundle registers every function with its trigger', () => {
  const triggers = [...app.host.functions].map(([name, { bindings }]) => {
    const trigger = Object.values(bindings).find((binding) => binding.direction === 'in')!;
    const { type, schedule, queueName, route, methods, authLevel } = trigger;
    return [name, [type, schedule ?? queueName ?? route, ...(methods ? [methods, authLevel] : [])]];
  });
  expect(Object.fromEntries(triggers)).toEqual({
    planSweep: ['timerTrigger', '%DSW_CHECK_SCHEDULE%'],
    checkTenant: ['queueTrigger', 'tenant-checks'],
    deliverAlert: ['queueTrigger', 'alert-deliveries'],
    tend: ['timerTrigger', '0 * * * * *'],
    purge: ['timerTrigger', '0 20 3 * * *'],
    runNow: ['httpTrigger', 'run-now', ['POST'], 'function'],
    status: ['httpTrigger', 'status', ['GET'], 'function'],
    acknowledge: ['httpTrigger', 'acknowledge', ['GET', 'POST'], 'anonymous'],
  });
});

test('no timer runs at start-up, and no trigger retries by itself', () => {
  const all = JSON.stringify([...app.host.functions.values()]);
  expect(all).not.toMatch(/"runOnStartup":true|retryOptions|"retry":/);
});

test('a sweep goes from the timer over the queues to a card', async () => {
  await app.fire('planSweep');
  expect(await app.pump()).toMatchObject({ handled: 2, poisoned: 0 });
  app.simulator.tenant(tenantId(1)).setting = false;
  expect(await app.request('runNow', 'POST', 'run-now')).toMatchObject({ status: 202 });
  // Two checks, and the hint to deliver.
  expect(await app.pump()).toMatchObject({ handled: 3, poisoned: 0 });
  expect(app.simulator.flow('ops').posted).toHaveLength(1);
  await app.fire('tend');
  const { tenants, channels, lastSweep } = await status();
  expect(tenants.map((tenant: { state: string }) => tenant.state)).toEqual(['permissive', 'enforced']);
  expect(channels).toMatchObject([{ id: 'ops', health: 'ok', pending: 0 }]);
  expect(lastSweep).toMatchObject({ status: 'closed', expected: 2, done: 2, failed: 0 });
  expect(app.simulator.flow('ops').posted).toHaveLength(1);
});

test.each([
  ['tenant-checks', '{"schema":1,"runId":7}', 'malformed at runId, tenant'],
  ['tenant-checks', '{"schema":2,"runId":"x","tenant":{}}', 'malformed at schema'],
  ['tenant-checks', 'nonsense', 'malformed at the message'],
  ['alert-deliveries', '{"schema":1,"channel":"../x"}', 'malformed at channel'],
  ['alert-deliveries', '[]', 'malformed at the message'],
])(
  'a malformed message of %s: %s ends in the poison queue, is logged, and shows in the status',
  async (queue, text, said) => {
    const before = (await status()).poison[queue];
    await app.send(queue, text);
    const { poisoned, errors } = await app.pump();
    expect(poisoned).toBe(1);
    expect(errors[0]?.logs.join('\n')).toContain(said);
    expect(errors[0]?.logs.join('\n')).toContain(`it goes to ${queue}-poison`);
    expect((await status()).poison[queue]).toBe(before + 1);
  },
);

test('a hint for a channel that does not exist, and one that comes twice, do no harm', async () => {
  const hint = (channel: string) => app.send('alert-deliveries', JSON.stringify({ schema: 1, channel }));
  await hint('gone');
  await hint('ops');
  await hint('ops');
  expect(await app.pump()).toMatchObject({ handled: 3, poisoned: 0 });
  expect(app.simulator.flow('ops').posted).toHaveLength(1);
});

test('a doubled check message counts once: one good reading is not two', async () => {
  app.simulator.tenant(tenantId(1)).setting = true;
  for (const run of ['run-a', 'run-a', 'run-a']) await app.check(1, run);
  expect((await status()).tenants[0]).toMatchObject({ verdict: 'enforced', state: 'permissive' });
  await app.check(1, 'run-b');
  expect((await status()).tenants[0]).toMatchObject({ state: 'enforced' });
});

test('an alert whose hint was lost is delivered by the next tend', async () => {
  await app.pump();
  const { posted } = app.simulator.flow('ops');
  const before = posted.length;
  app.simulator.tenant(tenantId(2)).setting = false;
  await app.check(2, 'run-c');
  await QueueServiceClient.fromConnectionString(app.storage).getQueueClient('alert-deliveries').clearMessages();
  expect(posted).toHaveLength(before);
  await app.fire('tend');
  expect(posted).toHaveLength(before + 1);
  expect((await status()).channels[0].pending).toBe(0);
});
