import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import type { Simulator } from '../../simulator/simulator.ts';
import { startAzurite } from '../../simulator/start-azurite.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import type { Surface } from '../surface.ts';
import { DEMO_FILE } from './demo-fleet.ts';

/** Everything that the demonstration needs around the program, on free local ports. */
export interface DemoStage {
  readonly simulator: Simulator;
  /** The surface that commands of the demonstration run on: its own settings and a clock that can be moved. */
  readonly surface: Surface;
  readonly tenantsFile: string;
  /** Moves the clock on, in milliseconds. */
  pass(milliseconds: number): void;
  strike(): Promise<void>;
}

/** Sets up storage, the simulated Microsoft 365 over TLS and a Teams receiver. `strike` takes everything down again. */
export async function setDemoStage(outer: Surface, startsAt: Date): Promise<DemoStage> {
  const offset = { milliseconds: startsAt.getTime() - Date.now() };
  const now = () => new Date(Date.now() + offset.milliseconds);
  const [azurite, simulator] = await Promise.all([startAzurite(), startSimulator({ clock: now })]);
  const trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, simulator.certificateAuthority]);
  const folder = mkdtempSync(join(tmpdir(), 'dsw-demo-'));
  const tenantsFile = join(folder, 'tenants.json');
  writeFileSync(tenantsFile, JSON.stringify(DEMO_FILE));
  const receiver = simulator.teamsUrl('ops');
  const env = {
    AzureWebJobsStorage: azurite.connectionString(),
    DSW_CREDENTIAL: 'secret',
    DSW_CLIENT_ID: simulator.app.clientId,
    DSW_CLIENT_SECRET: simulator.app.secrets[0],
    AZURE_AUTHORITY_HOST: simulator.authorityUrl,
    DSW_EXCHANGE_URL: simulator.exchangeUrl,
    DSW_GRAPH_URL: simulator.graphUrl,
    DSW_DNS_SERVERS: simulator.dnsServer,
    DSW_WEBHOOK_HOSTS: new URL(receiver).host,
    DEMO_OPS_URL: receiver,
  };
  return {
    simulator,
    surface: { ...outer, env, now },
    tenantsFile,
    pass(milliseconds) {
      offset.milliseconds += milliseconds;
    },
    async strike() {
      tls.setDefaultCACertificates(trusted);
      rmSync(folder, { recursive: true, force: true });
      await Promise.all([simulator.stop(), azurite.stop()]);
    },
  };
}
