import tls from 'node:tls';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { claimStorage } from '../support/claim-storage.ts';
import * as core from '../support/functions-host/functions-core.ts';
import { type FunctionsHost, openFunctionsHost } from '../support/functions-host/functions-host.ts';
import { pumpQueue } from '../support/functions-host/pump-queue.ts';

const TENANTS = ['3d1c0000-0000-4000-8000-000000000001', '3d1c0000-0000-4000-8000-000000000002'];
const CHECKS = { queue: 'tenant-checks', handler: 'checkTenant' };
const DELIVERIES = { queue: 'alert-deliveries', handler: 'deliverAlert' };

let simulator: Simulator;
let host: FunctionsHost;
let storage: string;
const trusted = tls.getCACertificates('default');

beforeAll(async () => {
  simulator = await startSimulator();
  tls.setDefaultCACertificates([...trusted, simulator.certificateAuthority]);
  storage = claimStorage();
  const file = {
    channels: { ops: { type: 'teams-workflow', url: { setting: 'TEST_OPS_URL' } } },
    defaults: { channels: ['ops'] },
    tenants: TENANTS.map((id, at) => ({ id, name: `Tenant ${at + 1}` })),
  };
  Object.assign(process.env, {
    AzureWebJobsStorage: storage,
    DSW_CREDENTIAL: 'secret',
    DSW_CLIENT_ID: simulator.app.clientId,
    DSW_CLIENT_SECRET: simulator.app.secrets[0],
    AZURE_AUTHORITY_HOST: simulator.authorityUrl,
    DSW_EXCHANGE_URL: simulator.exchangeUrl,
    DSW_GRAPH_URL: simulator.graphUrl,
    DSW_WEBHOOK_HOSTS: new URL(simulator.teamsUrl('ops')).host,
    DSW_GROUP_WAIT: '0s',
    DSW_TENANTS: JSON.stringify(file),
    TEST_OPS_URL: simulator.teamsUrl('ops'),
  });
  for (const id of TENANTS) simulator.tenant(id).setting = true;
  await import('../../dist/main.cjs' as string);
  host = await openFunctionsHost(core);
});

afterAll(async () => {
  await host.stop();
  await simulator.stop();
  tls.setDefaultCACertificates(trusted);
});

test('the bundle registers every function with its trigger', () => {
  const triggers = [...host.functions].map(([name, { bindings }]) => {
    const trigger = Object.values(bindings).find((binding) => binding.direction === 'in');
    return [name, trigger?.type, trigger?.schedule ?? trigger?.queueName ?? trigger?.route];
  });
  expect(Object.fromEntries(triggers.map(([name, ...rest]) => [name, rest]))).toEqual({
    planSweep: ['timerTrigger', '%DSW_CHECK_SCHEDULE%'],
    checkTenant: ['queueTrigger', 'tenant-checks'],
    deliverAlert: ['queueTrigger', 'alert-deliveries'],
    tend: ['timerTrigger', '0 * * * * *'],
    purge: ['timerTrigger', '0 20 3 * * *'],
    runNow: ['httpTrigger', 'run-now'],
    status: ['httpTrigger', 'status'],
    acknowledge: ['httpTrigger', 'acknowledge'],
  });
});

test('a sweep goes from the timer over the queues to a card', async () => {
  await host.timer('planSweep', new Date());
  expect(await pumpQueue(host, storage, CHECKS)).toMatchObject({ handled: 2, poisoned: 0 });
  simulator.tenant(TENANTS[0] ?? '').setting = false;
  const started = await host.http('runNow', { method: 'POST', url: 'https://localhost/api/run-now' });
  expect(started.http?.status).toBe(202);
  await pumpQueue(host, storage, CHECKS);
  await pumpQueue(host, storage, DELIVERIES);
  await host.timer('tend', new Date());
  expect(simulator.flow('ops').posted).toHaveLength(1);
  const status = await host.http('status', { method: 'GET', url: 'https://localhost/api/status' });
  const document = JSON.parse(status.http?.text ?? '');
  expect(document.tenants.map((tenant: { state: string }) => tenant.state)).toEqual(['permissive', 'enforced']);
  expect(document.lastSweep.status).toBe('closed');
});

test('a malformed message ends in the poison queue, is logged, and shows in the status', async () => {
  const { QueueServiceClient } = await import('@azure/storage-queue');
  const queue = QueueServiceClient.fromConnectionString(storage).getQueueClient(CHECKS.queue);
  await queue.sendMessage(Buffer.from('{"schema":1,"runId":7}').toString('base64'));
  const pumped = await pumpQueue(host, storage, CHECKS);
  expect(pumped.poisoned).toBe(1);
  expect(pumped.errors[0]?.logs.join('\n')).toContain('malformed at runId, tenant');
  const status = await host.http('status', { method: 'GET', url: 'https://localhost/api/status' });
  expect(JSON.parse(status.http?.text ?? '').poison).toEqual({ 'tenant-checks': 1, 'alert-deliveries': 0 });
});
