import type { Command } from 'commander';
import { ConfigurationError } from '../../shared/adapters/config/settings.ts';
import { between, DAY, type Instant } from '../../shared/core/time.ts';
import { addMaintenance, removeMaintenance } from '../../shared/jobs/change-policy.ts';
import { tenantOf } from '../../shared/jobs/find-alert.ts';
import { findTenant } from '../find-tenant.ts';
import { listRecords } from '../list-records.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { paintFor, plain, renderTable } from '../terminal/terminal.ts';
import { readName } from './alerts.ts';
import { newId } from './exceptions.ts';

interface Options {
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly every?: string;
}

/** `dsw maintenance`: stretches of time in which a tenant's alerts are held back. */
export function registerMaintenance(program: Command, surface: Surface, exit: (code: number) => void): void {
  const maintenance = program.command('maintenance').description('hold back alerts of a tenant for a while');
  const { out } = surface.terminal;

  maintenance
    .command('add <tenant>')
    .description('hold back alerts; what is still true at the end is sent then')
    .requiredOption('--from <time>', 'begin, such as 2027-03-31 or 2027-03-31T20:00Z')
    .requiredOption('--until <time>', 'end; a date alone means the end of that day, UTC')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--every <period>', 'repeat every day or week')
    .addHelpText(
      'after',
      '\nExample:\n  dsw maintenance add 3d1c2b4a-0000-4000-8000-000000000001 --from 2027-03-31T20:00Z --until 2027-03-31T23:00Z --reason "mail migration"',
    )
    .action(async (id: string, options: Options) => {
      const window = readWindow(options);
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const tenant = await findTenant(services, id);
        await addMaintenance(services, await tenantOf(services, tenant), window);
        const repeats = window.every === null ? '' : `, every ${window.every}`;
        out(
          `maintenance ${window.id}: alerts of ${plain(tenant.name)} are held back from ${window.from} to ${window.until}${repeats}\n`,
        );
      });
      exit(EXIT.fine);
    });

  maintenance
    .command('list')
    .description('list maintenance windows')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const all = (await listRecords(services)).flatMap(({ tenant, record }) => {
          return record.windows.map((one) => ({ tenantId: tenant.id, name: tenant.name, ...one }));
        });
        if (options.json) return out(`${JSON.stringify({ schemaVersion: 1, windows: all })}\n`);
        const rows = all.map((one) => [
          one.id,
          plain(one.name, 40),
          one.from,
          one.until,
          one.every ?? 'once',
          plain(one.reason, 60),
        ]);
        return out(
          `${renderTable(['ID', 'TENANT', 'FROM', 'UNTIL', 'EVERY', 'REASON'], rows, paintFor(surface.terminal))}\n`,
        );
      });
      exit(EXIT.fine);
    });

  maintenance
    .command('remove <id>')
    .description('end a maintenance window now')
    .action(async (id: string) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const found = (await listRecords(services)).find(({ record }) => record.windows.some((one) => one.id === id));
        if (found === undefined)
          throw new ConfigurationError('there is no maintenance window with that id; see: dsw maintenance list');
        await removeMaintenance(services, await tenantOf(services, found.tenant), id);
        out(`maintenance ${id} of ${plain(found.tenant.name)} no longer holds\n`);
      });
      exit(EXIT.fine);
    });
}

function readWindow(options: Options) {
  const reason = readName('--reason', options.reason);
  const from = readTime('--from', options.from, 0);
  const until = readTime('--until', options.until, DAY);
  if (until <= from) throw new ConfigurationError('--until must be after --from');
  const every = options.every ?? null;
  if (every !== null && every !== 'day' && every !== 'week')
    throw new ConfigurationError('--every must be day or week');
  const period = every === 'day' ? DAY : 7 * DAY;
  if (every !== null && between(from, until) > period)
    throw new ConfigurationError(`a window that repeats every ${every} must be shorter than that`);
  return { id: newId('maintenance'), reason, from, until, every } as const;
}

/** A moment, or a date, to which `wholeDay` milliseconds are added. Without a zone it is UTC. */
function readTime(option: string, text: string, wholeDay: number): Instant {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  const [, day, minute, second = '00', zone = 'Z'] = match ?? [];
  const time = Date.parse(minute === undefined ? `${day}T00:00:00Z` : `${day}T${minute}:${second}${zone}`);
  if (day === undefined || Number.isNaN(time))
    throw new ConfigurationError(`${option} must be a time such as 2027-03-31T20:00Z`);
  return new Date(time + (minute === undefined ? wholeDay : 0)).toISOString();
}
