import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import type { CheckDocument } from '../../cli/documents/check-document.ts';
import { runCli } from '../../cli/run-cli.ts';
import { SECOND } from '../../shared/core/time.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { tenantId } from '../support/open-world.ts';
import { proxyStorage, type StorageProxy } from './proxy-storage.ts';
import { startChild } from './start-child.ts';

const TENANTS = [1, 2, 3].map(tenantId);
const DRIFTING = TENANTS.slice(0, 2);
const folder = mkdtempSync(join(tmpdir(), 'dsw-killed-'));
const trusted = tls.getCACertificates('default');

let simulator: Simulator;
let storage: StorageProxy;
let env: Record<string, string>;

beforeAll(async () => {
  simulator = await startSimulator();
  tls.setDefaultCACertificates([...trusted, simulator.certificateAuthority]);
  writeFileSync(join(folder, 'ca.pem'), simulator.certificateAuthority);
});

afterAll(async () => {
  tls.setDefaultCACertificates(trusted);
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

afterEach(() => storage.close());

/** An empty account, on which every tenant was seen enforced; then some of them drift, told to a flow of their own. */
async function prepare(name: string): Promise<void> {
  storage = await proxyStorage(claimStorage());
  for (const id of TENANTS) simulator.tenant(id).setting = true;
  env = {
    AzureWebJobsStorage: storage.connectionString,
    DSW_CREDENTIAL: 'secret',
    DSW_CLIENT_ID: simulator.app.clientId,
    DSW_CLIENT_SECRET: simulator.app.secrets[0] ?? '',
    AZURE_AUTHORITY_HOST: simulator.authorityUrl,
    DSW_EXCHANGE_URL: simulator.exchangeUrl,
    DSW_GRAPH_URL: simulator.graphUrl,
    DSW_DNS_SERVERS: simulator.dnsServer,
    DSW_WEBHOOK_HOSTS: new URL(simulator.teamsUrl(name)).host,
    DSW_HEARTBEAT: 'off',
    OPS_URL: simulator.teamsUrl(name),
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
  const file = {
    channels: { ops: { type: 'teams-workflow', url: { setting: 'OPS_URL' } } },
    defaults: { channels: ['ops'] },
    tenants: TENANTS.map((id, at) => ({ id, name: `Tenant ${at + 1}` })),
  };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(file));
  await run(-60 * SECOND, 'check', '--no-traffic', '--tenants', join(folder, `${name}.json`));
  for (const id of DRIFTING) simulator.tenant(id).setting = false;
}

/** A command in this process, by a clock that is shifted against the real one. */
async function run(shift: number, ...args: string[]): Promise<string> {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const terminal = { out: write, err: () => {}, outIsScreen: false, errIsScreen: false, width: 100 };
  await runCli(args, { env, terminal, now: () => new Date(Date.now() + shift), random: Math.random });
  return out;
}

const check = () => startChild(['check', '--no-traffic', '--json'], env);

/** What the ledger and the receiver hold in the end. */
async function findState(name: string) {
  const listed = JSON.parse(await run(0, 'alerts', 'list', '--json')) as {
    alerts: { id: string; tenantId: string; kind: string; status: string }[];
  };
  const histories = await Promise.all(
    TENANTS.map(async (id) => {
      const { entries, chain } = JSON.parse(await run(0, 'history', id, '--json'));
      return { chain, drifts: entries.filter((entry: { kind: string }) => entry.kind === 'drifted').length };
    }),
  );
  const cards = simulator.flow(name).posted.map(({ card }) => JSON.stringify(card));
  const arrived = (id: string) => cards.filter((card) => card.includes(id)).length;
  return { alerts: listed.alerts, histories, arrived, cards: cards.length };
}

function expectWhole({ alerts, histories, arrived }: Awaited<ReturnType<typeof findState>>): void {
  expect(histories).toEqual([
    { chain: 'intact', drifts: 1 },
    { chain: 'intact', drifts: 1 },
    { chain: 'intact', drifts: 0 },
  ]);
  expect(alerts.map(({ tenantId: id, kind, status }) => [id, kind, status]).sort()).toEqual(
    DRIFTING.map((id) => [id, 'drifted', 'accepted']),
  );
  for (const { id } of alerts) expect(arrived(id)).toBeGreaterThanOrEqual(1);
}

describe('a check that is killed', () => {
  /** Points of a run, as shares of its storage requests. */
  const POINTS = [0.12, 0.37, 0.52, 0.63, 0.74, 0.83, 0.91].flatMap((share, at) => [
    [share, at % 2 === 0 ? 'before' : 'after'] as const,
  ]);
  let whole = 0;

  beforeAll(async () => {
    await prepare('counted');
    storage.watch(() => {});
    expect(await check().ended).toMatchObject({ code: 1, err: '' });
    whole = storage.count();
    expectWhole(await findState('counted'));
    await storage.close();
  });

  test.each(POINTS)(
    'after %d of its work, %s the storage request: the next check makes it whole',
    async (share, when) => {
      const name = `killed-${share}`;
      await prepare(name);
      const child = check();
      storage.watch((moment) => {
        if (moment.nth === Math.round(whole * share) && moment.when === when) child.kill('SIGKILL');
      });
      expect((await child.ended).signal).toBe('SIGKILL');
      storage.watch(() => {});
      await run(2 * SECOND, 'check', '--no-traffic');
      expectWhole(await findState(name));
    },
  );

  test('while the card is posted: it arrives again under the same id, and says that it may be a repeat', async () => {
    await prepare('posted');
    const child = check();
    simulator.flow('posted').behave(() => {
      child.kill('SIGKILL');
      return 'healthy';
    });
    expect((await child.ended).signal).toBe('SIGKILL');
    simulator.flow('posted').behave();
    await run(2 * SECOND, 'check', '--no-traffic');
    const state = await findState('posted');
    expectWhole(state);
    expect(state.alerts.map(({ id }) => state.arrived(id)).sort()).toEqual([1, 2]);
    const repeated = state.alerts.find(({ id }) => state.arrived(id) === 2);
    const again = simulator
      .flow('posted')
      .posted.filter(({ card }) => JSON.stringify(card).includes(repeated?.id ?? '-'));
    expect(JSON.stringify(again[1]?.card)).toMatch(/repeat/i);
  });
});

test('two checks at once on one account: each alert once, each drift once, and both tell the truth', async () => {
  await prepare('two');
  const both = await Promise.all([check().ended, check().ended]);
  for (const { code, out } of both) {
    expect(code).toBe(1);
    const { summary, tenants } = JSON.parse(out) as CheckDocument;
    expect(summary).toMatchObject({ tenants: 3, enforced: 1, permissive: 2, unknown: 0 });
    expect(tenants.map(({ state }) => state)).toEqual(['permissive', 'permissive', 'enforced']);
  }
  const state = await findState('two');
  expectWhole(state);
  expect(state.cards).toBe(2);
});
