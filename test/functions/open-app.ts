import tls from 'node:tls';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { type FunctionsHost, type Invocation, openFunctionsHost } from '../support/functions-host/functions-host.ts';
import { type Pumped, pumpQueue } from '../support/functions-host/pump-queue.ts';
import { tenantId } from '../support/open-world.ts';

// Real sockets and a bundle of megabytes are slow on a busy machine; how long a test takes decides nothing.
jest.setTimeout(60_000);

/** The bundled app in the in-process host, on an empty storage account and a simulated Microsoft 365. */
export interface App {
  readonly host: FunctionsHost;
  readonly simulator: Simulator;
  /** Connection string. */
  readonly storage: string;
  /** What the real queues hold is handled as the host would, until both are empty. */
  pump(): Promise<Pumped>;
  /** The check of one tenant in a run of that name arrives, as the host hands it over. */
  check(nth: number, run: string): Promise<Invocation>;
  /** A timer fires now. */
  fire(name: string): Promise<Invocation>;
  request(name: string, method: 'GET' | 'POST', path?: string, body?: string): Promise<NonNullable<Invocation['http']>>;
  /** Puts a message on a queue as somebody who may write there would. */
  send(queue: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Loads the bundle with so many healthy tenants, told to the channel `ops`. `settings` are those of the environment. */
export async function openApp(
  tenants: number,
  settings: (simulator: Simulator) => Readonly<Record<string, string>> = () => ({}),
): Promise<App> {
  const simulator = await startSimulator();
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, simulator.certificateAuthority]);
  const given = settings(simulator);
  const storage = given.AzureWebJobsStorage ?? claimStorage();
  const file = {
    channels: { ops: { type: 'teams-workflow', url: { setting: 'TEST_OPS_URL' } } },
    defaults: { channels: ['ops'] },
    tenants: Array.from({ length: tenants }, (_, at) => {
      const { id } = simulator.tenant(tenantId(at + 1));
      return { id, name: `Tenant ${at + 1}` };
    }),
  };
  const before = { ...process.env };
  Object.assign(process.env, {
    AzureWebJobsStorage: storage,
    DSW_CREDENTIAL: 'secret',
    DSW_CLIENT_ID: simulator.app.clientId,
    DSW_CLIENT_SECRET: simulator.app.secrets[0],
    AZURE_AUTHORITY_HOST: simulator.authorityUrl,
    DSW_EXCHANGE_URL: simulator.exchangeUrl,
    DSW_GRAPH_URL: simulator.graphUrl,
    DSW_DNS_SERVERS: simulator.dnsServer,
    DSW_WEBHOOK_HOSTS: new URL(simulator.teamsUrl('ops')).host,
    DSW_GROUP_WAIT: '0s',
    DSW_HEARTBEAT: 'off',
    // The newest occurrence does not change while a test runs, unless it runs into a new month.
    DSW_CHECK_SCHEDULE: '0 0 0 1 * *',
    DSW_TENANTS: JSON.stringify(file),
    TEST_OPS_URL: simulator.teamsUrl('ops'),
    ...given,
  });
  // A worker loads the app once; each test gets a worker of its own.
  jest.resetModules();
  const core = await import('../support/functions-host/functions-core.ts');
  await import('../../dist/main.cjs' as string);
  const host = await openFunctionsHost(core);
  return {
    host,
    simulator,
    storage,
    async pump() {
      const checks = await pumpQueue(host, storage, { queue: 'tenant-checks', handler: 'checkTenant' });
      const deliveries = await pumpQueue(host, storage, { queue: 'alert-deliveries', handler: 'deliverAlert' });
      return {
        handled: checks.handled + deliveries.handled,
        poisoned: checks.poisoned + deliveries.poisoned,
        errors: [...checks.errors, ...deliveries.errors],
      };
    },
    check: (nth, run) => host.queue('checkTenant', JSON.stringify(checkMessage(nth, run)), 1),
    fire: (name) => host.timer(name, new Date()),
    async request(name, method, path = '', body) {
      const headers: Record<string, string> =
        body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
      const url = `https://dsw.example/api/${path}`;
      const { http } = await host.http(name, { method, url, headers, ...(body === undefined ? {} : { body }) });
      if (http === null) throw new Error(`${name} gave no HTTP answer`);
      return http;
    },
    async send(queue, text) {
      const client = QueueServiceClient.fromConnectionString(storage).getQueueClient(queue);
      await client.sendMessage(Buffer.from(text).toString('base64'));
    },
    async close() {
      await host.stop();
      await simulator.stop();
      tls.setDefaultCACertificates(trusted);
      process.env = before;
    },
  };
}

/** The message that asks for one tenant's check in one run. */
export function checkMessage(nth: number, runId: string) {
  const tenant = { id: tenantId(nth), name: `Tenant ${nth}`, domains: [], cloud: 'global', channels: ['ops'] };
  return { schema: 1, runId, tenant: { ...tenant, escalation: null, registeredAt: '2026-01-01T00:00:00.000Z' } };
}
