import { readSettings } from '../../shared/adapters/config/settings.ts';
import { type OpenedServices, openServices } from '../../shared/adapters/open-services.ts';
import type { Storage } from '../../shared/adapters/storage/open-storage.ts';
import { parseTenantsFile } from '../../shared/core/registry/parse-tenants-file.ts';
import { importTenants, listManaged, type Managed } from '../../shared/jobs/list-tenants.ts';
import { nameRun } from '../../shared/jobs/name-run.ts';
import { runSweep, type SweepOutcome } from '../../shared/jobs/run-sweep.ts';
import type { Services } from '../../shared/jobs/services.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { createClock, type TestClock } from './create-clock.ts';
import { trustAuthority } from './trust-authority.ts';
import { wrapServices } from './wrap-services.ts';

export const START = '2026-11-20T08:00:00.000Z';

/** A log entry that a service wrote. */
export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Real services on an empty storage account and a simulated Microsoft 365, with a clock that a test moves by hand. */
export interface World {
  readonly clock: TestClock;
  readonly simulator: Simulator;
  readonly storage: Storage;
  readonly services: Services;
  readonly logged: Logged[];
  /** Names of processes that are known to be dead; what they had leased is free. */
  readonly dead: Set<string>;
  /** Settings by name, as the program reads them; channels find their URLs here. */
  readonly env: Record<string, string>;
  /** Another process on the same storage, with connections and tokens of its own. */
  openProcess(name: string): Services;
  /** Imports a tenants file, given as its JSON; its tenants exist and are healthy. */
  register(file: object): Promise<Managed>;
  /** One sweep of all tenants as the command line runs it, `later` milliseconds after the last. */
  sweep(options?: { readonly later?: number; readonly by?: Services }): Promise<SweepOutcome>;
  close(): Promise<void>;
}

/** The id of the nth tenant of a test. */
export function tenantId(nth: number): string {
  return `3d1c0000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
}

/** Opens the services on the storage account of a connection string. `settings` are those of the environment. */
export async function openWorld(
  connectionString: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<World> {
  const clock = createClock(START);
  const simulator = await startSimulator({ clock: clock.now });
  const distrust = trustAuthority(simulator.certificateAuthority);
  const env: Record<string, string> = {
    AzureWebJobsStorage: connectionString,
    DSW_CREDENTIAL: 'secret',
    DSW_CLIENT_ID: simulator.app.clientId,
    DSW_CLIENT_SECRET: simulator.app.secrets[0] ?? '',
    DSW_HOME_TENANT_ID: simulator.app.homeTenantId,
    AZURE_AUTHORITY_HOST: simulator.authorityUrl,
    DSW_EXCHANGE_URL: simulator.exchangeUrl,
    DSW_GRAPH_URL: simulator.graphUrl,
    DSW_WEBHOOK_HOSTS: new URL(simulator.teamsUrl('ops')).host,
    DSW_HEARTBEAT: 'off',
    ...settings,
  };
  const logged: Logged[] = [];
  const write =
    (level: Logged['level']) =>
    (message: string, details: Logged['details'] = {}) => {
      logged.push({ level, message, details });
    };
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const dead = new Set<string>();
  const opened: OpenedServices[] = [];
  const openProcess = (name: string): Services => {
    const one = openServices(readSettings(env), { env, log, hints: true, now: clock.now, wait: clock.wait });
    opened.push(one);
    const owner = { name, isGone: (other: string) => dead.has(other) };
    // A reading pauses by the same clock, so that it must not hold it.
    const timeless = new Set(['wait', 'readSetting']);
    return wrapServices({ ...one.services, owner }, ({ name: call }, work) =>
      timeless.has(call) ? work() : clock.during(work),
    );
  };
  const services = openProcess('first');
  const storage = opened[0]!.storage;
  await storage.prepare();
  let sweeps = 0;
  return {
    clock,
    simulator,
    storage,
    services,
    logged,
    dead,
    env,
    openProcess,
    async register(file) {
      const parsed = parseTenantsFile(JSON.stringify(file));
      if (!parsed.ok) throw new Error(`the test's tenants file is wrong: ${JSON.stringify(parsed.problems)}`);
      for (const { id } of parsed.file.tenants) simulator.tenant(id);
      await importTenants(services, parsed.file, 'import');
      return listManaged(services);
    },
    async sweep({ later = 0, by = services } = {}) {
      clock.advance(later);
      const managed = await listManaged(by);
      sweeps += 1;
      const runId = nameRun(clock.now(), `test${String(sweeps).padStart(3, '0')}`);
      const order = { runId, tenants: managed.tenants, managed, concurrency: 8, traffic: false };
      return runSweep(by, { ...order, random: () => 0, onProgress: () => {} });
    },
    async close() {
      distrust();
      await Promise.all([...opened.map((one) => one.close()), simulator.stop()]);
    },
  };
}

/** Three channels as a tenants file names them, with the settings that hold their URLs and secrets. */
export function nameChannels(world: World) {
  const { simulator, env } = world;
  const hook = simulator.webhook('siem');
  env.TEST_OPS_URL = simulator.teamsUrl('ops');
  env.TEST_SPARE_URL = simulator.teamsUrl('spare');
  env.TEST_SIEM_URL = hook.url;
  env.TEST_SIEM_SECRET = hook.secrets[0] ?? '';
  return {
    ops: { type: 'teams-workflow', url: { setting: 'TEST_OPS_URL' } },
    spare: { type: 'teams-workflow', url: { setting: 'TEST_SPARE_URL' } },
    siem: { type: 'webhook', url: { setting: 'TEST_SIEM_URL' }, secret: { setting: 'TEST_SIEM_SECRET' } },
  };
}
