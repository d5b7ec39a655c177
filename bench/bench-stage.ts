import tls from 'node:tls';
import { readSettings, type Settings } from '../shared/adapters/config/settings.ts';
import { type OpenedServices, openServices } from '../shared/adapters/open-services.ts';
import { openLog } from '../shared/adapters/telemetry/write-log.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { type Azurite, startAzurite } from '../simulator/start-azurite.ts';
import { startSimulator } from '../simulator/start-simulator.ts';

/** Storage and the simulated Microsoft 365, and the product's services on them. */
export interface BenchStage {
  readonly azurite: Azurite;
  readonly simulator: Simulator;
  readonly settings: Settings;
  readonly opened: OpenedServices;
  strike(): Promise<void>;
}

/** So many milliseconds does each answer of the simulated services take. */
export const LATENCY = 20;

/** Opens the product on a fresh storage account. `account` keeps runs of one process apart. */
export async function setBenchStage(
  accounts: readonly string[],
): Promise<BenchStage & { open(account: string): OpenedServices }> {
  const [azurite, simulator] = await Promise.all([
    startAzurite(accounts),
    startSimulator({ latency: LATENCY, record: false }),
  ]);
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, simulator.certificateAuthority]);
  const settingsFor = (account: string) => readSettings(environmentOf({ azurite, simulator }, account));
  const settings = settingsFor(accounts[0] ?? '');
  const log = openLog(() => {});
  const open = (account: string) => openServices(settingsFor(account), { env: {}, log, hints: false });
  return {
    azurite,
    simulator,
    settings,
    opened: open(accounts[0] ?? ''),
    open,
    async strike() {
      tls.setDefaultCACertificates(trusted);
      await Promise.all([simulator.stop(), azurite.stop()]);
    },
  };
}

/** The settings of the product on that account, as a process finds them in its environment. */
export function environmentOf(
  { azurite, simulator }: Pick<BenchStage, 'azurite' | 'simulator'>,
  account: string,
): Record<string, string> {
  return {
    AzureWebJobsStorage: azurite.connectionString(account),
    DSW_CREDENTIAL: 'secret',
    DSW_CLIENT_ID: simulator.app.clientId,
    DSW_CLIENT_SECRET: simulator.app.secrets[0] ?? '',
    AZURE_AUTHORITY_HOST: simulator.authorityUrl,
    DSW_EXCHANGE_URL: simulator.exchangeUrl,
    DSW_GRAPH_URL: simulator.graphUrl,
  };
}

/** The id of the n-th simulated tenant. */
export function tenantId(at: number): string {
  return `3d1c0000-0000-4000-8000-${String(at).padStart(12, '0')}`;
}

/** The middle of several figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
