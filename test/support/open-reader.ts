import type { CredentialSettings, Endpoints } from '../../shared/adapters/config/settings.ts';
import { openHttpPool } from '../../shared/adapters/http/send-request.ts';
import { readSetting } from '../../shared/adapters/microsoft365/read-setting.ts';
import { openSignIn, type SignIn } from '../../shared/adapters/microsoft365/sign-in.ts';
import type { Cloud } from '../../shared/core/schemas.ts';
import type { Reading } from '../../shared/core/setting/reading.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import { createClock, type TestClock } from './create-clock.ts';
import { trustAuthority } from './trust-authority.ts';

/** What one reading gave, and what it asked for: requests to each of the two ways, to sign-in, and to strange hosts. */
export interface Read {
  readonly reading: Reading;
  readonly verdict: Reading['verdict'];
  readonly reason: string | null;
  readonly invokeCommand: number;
  readonly adminApi: number;
  readonly signIn: number;
  readonly stranger: number;
}

export interface Reader {
  readonly clock: TestClock;
  readonly simulator: Simulator;
  readonly signIn: SignIn;
  readonly endpoints: Endpoints;
  /** A healthy tenant that no test has used. */
  freshTenant(): SimulatedTenant;
  read(id: string, options?: ReadOptions): Promise<Read>;
  close(): Promise<void>;
}

export interface ReadOptions {
  /** Milliseconds for the tenant; 40 s by the test's clock when left out. */
  readonly budget?: number;
  /** In place of the simulated Exchange. */
  readonly exchange?: string;
  readonly cloud?: Cloud;
}

/** Reads the setting over the real protocols from a simulated Microsoft 365. */
export async function openReader(
  credentialOf: (simulator: Simulator) => CredentialSettings = bySecret,
  authorityOf: (simulator: Simulator) => string = (simulator) => simulator.authorityUrl,
): Promise<Reader> {
  const clock = createClock('2026-11-20T08:00:00.000Z');
  const simulator = await startSimulator({ clock: clock.now });
  const distrust = trustAuthority(simulator.certificateAuthority);
  const pool = openHttpPool();
  const { exchangeUrl, graphUrl } = simulator;
  const authority = authorityOf(simulator);
  const endpoints = {
    authority,
    exchange: exchangeUrl,
    graph: graphUrl,
    dnsServers: [],
    webhookHosts: [],
  };
  const signIn = openSignIn(credentialOf(simulator), endpoints, pool.send);
  let tenants = 0;
  return {
    clock,
    simulator,
    signIn,
    endpoints,
    freshTenant() {
      tenants += 1;
      return simulator.tenant(`3d1c0000-0000-4000-8000-${String(tenants).padStart(12, '0')}`);
    },
    async read(id, { budget = 40_000, exchange = exchangeUrl, cloud = 'global' } = {}) {
      const before = simulator.requests.length;
      const tools = { send: pool.send, now: clock.now, wait: clock.wait, signIn, tenantBudget: budget };
      const reading = await readSetting({ id, cloud }, { ...tools, endpoints: { ...endpoints, exchange } });
      const arrived = simulator.requests.slice(before);
      const count = (surface: string) => {
        return arrived.filter((one) => one.surface.split('/')[0] === surface && (one.tenantId ?? id) === id).length;
      };
      return {
        reading,
        verdict: reading.verdict,
        reason: reading.verdict === 'unknown' ? reading.reason : null,
        invokeCommand: count('exchange'),
        adminApi: count('adminApi'),
        signIn: count('signIn'),
        stranger: count('stranger'),
      };
    },
    async close() {
      distrust();
      await Promise.all([pool.close(), simulator.stop()]);
    },
  };
}

/** Verdict, reason, requests to InvokeCommand, requests to the Admin API. */
export type Expected = readonly [verdict: string, reason: string | null, invokeCommand: number, adminApi: number];

/** Reads and expects: nobody else was asked, and no secret is in what people see. */
export async function expectReading(
  reader: Reader,
  id: string,
  [verdict, reason, invokeCommand, adminApi]: Expected,
  options: ReadOptions = {},
): Promise<Read> {
  const read = await reader.read(id, options);
  expect(read).toMatchObject({ verdict, reason, invokeCommand, adminApi, stranger: 0 });
  expect(JSON.stringify(read.reading)).not.toContain(reader.simulator.marker);
  return read;
}

/** The app with its client secret. */
export function bySecret({ app }: Simulator): CredentialSettings {
  return { kind: 'secret', clientId: app.clientId, clientSecret: app.secrets[0] ?? '' };
}
