import type { Command } from 'commander';
import { readDeployedTenants, readTenantsFile } from '../../shared/adapters/config/read-tenants-file.ts';
import { ConfigurationError } from '../../shared/adapters/config/settings.ts';
import type { CheckedTenant, TenantsFile } from '../../shared/core/schemas.ts';
import type { TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import { importTenants, listManaged, type Managed, syncDeployment } from '../../shared/jobs/list-tenants.ts';
import { nameRun } from '../../shared/jobs/name-run.ts';
import { runAbreast } from '../../shared/jobs/run-abreast.ts';
import { runSweep } from '../../shared/jobs/run-sweep.ts';
import type { MailboxItem, Services } from '../../shared/jobs/services.ts';
import { buildCheckDocument, type CheckDocument } from '../documents/check-document.ts';
import { renderCheck } from '../documents/render-check.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { openProgress } from '../terminal/terminal.ts';

interface Options {
  readonly tenants?: string;
  readonly tenant?: readonly string[];
  readonly json?: boolean;
  readonly traffic: boolean;
}

/** `dsw check`: one whole sweep, its alerts delivered before it returns. */
export function registerCheck(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('check')
    .description('check the setting of all tenants (or some), record what follows, deliver what is due')
    .option('--tenants <file>', 'import this tenants file first and check the tenants in it')
    .option('--tenant <id...>', 'check only these tenants')
    .option('--json', 'print one JSON document')
    .option('--no-traffic', 'do not read Direct Send traffic')
    .addHelpText(
      'after',
      `
Exit codes: 0 all enforced or excepted, 1 at least one permissive, 2 none permissive but one unknown, 3 wrong use or setting.

Examples:
  dsw check --tenants tenants.json
  dsw check --tenant 3d1c2b4a-0000-4000-8000-000000000001 --json`,
    )
    .action(async (options: Options) => exit(await check(surface, options)));
}

async function check(surface: Surface, options: Options): Promise<number> {
  const given = options.tenants === undefined ? null : readTenantsFile(options.tenants).file;
  if (given?.tenants.length === 0)
    throw new ConfigurationError(`${options.tenants}: tenants is empty: no tenant would be checked`);
  return runWithServices(surface, 'everything', async ({ services, settings }) => {
    const deployed = settings.tenants === null ? null : readDeployedTenants(settings.tenants);
    await checkChannels(services, given);
    if (deployed !== null) await syncDeployment(services, deployed);
    if (given !== null) await importTenants(services, given, 'import');
    const managed = await listManaged(services);
    const tenants = selectTenants(managed, given, options.tenant);
    await checkUsedChannels(services, managed, tenants);

    const { terminal } = surface;
    const progress = openProgress(terminal, 'checking');
    const outcome = await runSweep(services, {
      runId: nameRun(
        services.now(),
        Math.floor(surface.random() * 36 ** 6)
          .toString(36)
          .padStart(6, '0'),
      ),
      tenants,
      managed,
      traffic: options.traffic,
      concurrency: settings.concurrency,
      random: surface.random,
      onProgress: progress.update,
    });
    progress.end();
    const stored = options.traffic ? await loadTraffic(services, tenants) : new Map<string, TrafficState>();
    const document = buildCheckDocument(outcome, await listWaiting(services, managed), stored);
    terminal.out(options.json ? `${JSON.stringify(document)}\n` : renderCheck(document, terminal));
    return exitCodeOf(document);
  });
}

function selectTenants(
  managed: Managed,
  given: TenantsFile | null,
  ids: readonly string[] | undefined,
): readonly CheckedTenant[] {
  const named = given === null ? null : new Set(given.tenants.map((tenant) => tenant.id));
  const candidates = managed.tenants.filter((tenant) => named === null || named.has(tenant.id));
  if (ids === undefined) {
    if (candidates.length > 0) return candidates;
    throw new ConfigurationError('no tenant is registered; import a file with: dsw tenants import tenants.json');
  }
  return [...new Set(ids.map((id) => id.toLowerCase()))].map((id) => {
    const found = candidates.find((tenant) => tenant.id === id);
    if (found === undefined)
      throw new ConfigurationError(`--tenant: a tenant that was named is not registered; see: dsw tenants list`);
    return found;
  });
}

/** A wrong URL is found before anything is checked, not when the first alert is to go out. */
async function checkChannels(services: Services, file: TenantsFile | null): Promise<void> {
  for (const [id, channel] of Object.entries(file?.channels ?? {})) {
    const problem = await services.channels.check({ ...channel, id });
    if (problem !== null) throw new ConfigurationError(describeChannel(id, channel, problem));
  }
}

async function checkUsedChannels(
  services: Services,
  managed: Managed,
  tenants: readonly CheckedTenant[],
): Promise<void> {
  const used = new Set(tenants.flatMap((tenant) => [...tenant.channels, ...(tenant.escalation?.channels ?? [])]));
  for (const channel of managed.channels.filter(({ id }) => used.has(id))) {
    const problem = await services.channels.check(channel);
    if (problem !== null) throw new ConfigurationError(describeChannel(channel.id, channel, problem));
  }
}

interface ChannelReferences {
  readonly type: string;
  readonly url?: unknown;
  readonly secret?: unknown;
  readonly previousSecret?: unknown;
}

function describeChannel(id: string, channel: ChannelReferences, problem: string): string {
  const { url, secret, previousSecret } = channel;
  const about = /^the previous secret/.test(problem) ? previousSecret : /^the secret/.test(problem) ? secret : url;
  const { setting } = (about ?? {}) as { setting?: string };
  const where = setting === undefined ? '' : ` (${setting})`;
  return `channel "${id}"${where}: the URL ${problem}`.replace('the URL the ', 'the ');
}

async function loadTraffic(services: Services, tenants: readonly CheckedTenant[]): Promise<Map<string, TrafficState>> {
  const states = await runAbreast(tenants, { abreast: 32 }, ({ id }) => services.traffic.store.state(id));
  return new Map(tenants.flatMap(({ id }, at) => (states[at] ? [[id, states[at]] as const] : [])));
}

async function listWaiting(services: Services, managed: Managed): Promise<MailboxItem[]> {
  const items = await Promise.all(managed.channels.map((channel) => services.mailbox.items(channel.id)));
  return items.flat().filter((item) => item.accepted === null);
}

function exitCodeOf({ summary }: CheckDocument): number {
  if (summary.permissive > 0) return EXIT.permissive;
  return summary.unknown > 0 ? EXIT.unknown : EXIT.fine;
}
