import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { ConfigurationError } from '../../shared/adapters/config/settings.ts';
import { nameAlert } from '../../shared/core/alerts/name-alert.ts';
import { DAY, type Instant, later } from '../../shared/core/time.ts';
import { addException, removeException } from '../../shared/jobs/change-policy.ts';
import { tenantOf } from '../../shared/jobs/find-alert.ts';
import { findTenant } from '../find-tenant.ts';
import { listRecords } from '../list-records.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { paintFor, plain, renderTable } from '../terminal/terminal.ts';
import { readName } from './alerts.ts';

/** An exception that is to last longer is a decision that nobody looks at any more. */
const LONGEST = 366 * DAY;

/** `dsw exceptions`: documented, approved, expiring permissions to be permissive. */
export function registerExceptions(program: Command, surface: Surface, exit: (code: number) => void): void {
  const exceptions = program.command('exceptions').description('manage approved exceptions');
  const { out } = surface.terminal;

  exceptions
    .command('add <tenant>')
    .description('approve that a tenant is permissive until a date')
    .requiredOption('--reason <text>', 'why, for the record')
    .requiredOption('--approved-by <who>', 'who approved it, for the record')
    .requiredOption('--until <date>', 'last day (inclusive, UTC), at most a year ahead')
    .addHelpText(
      'after',
      '\nExample:\n  dsw exceptions add 3d1c2b4a-0000-4000-8000-000000000001 --reason "scanner, ticket 4711" --approved-by "Aino Virtanen" --until 2027-03-31',
    )
    .action(async (id: string, options: { reason: string; approvedBy: string; until: string }) => {
      const reason = readName('--reason', options.reason);
      const approvedBy = readName('--approved-by', options.approvedBy);
      const now = surface.now().toISOString();
      const until = readLastDay('--until', options.until);
      if (until <= now) throw new ConfigurationError('--until must not be in the past');
      if (until > later(now, LONGEST)) throw new ConfigurationError('--until must be at most one year ahead');
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const tenant = await findTenant(services, id);
        const exception = { id: newId('exception'), reason, approvedBy, from: now, until };
        await addException(services, await tenantOf(services, tenant), exception);
        out(
          `exception ${exception.id}: ${plain(tenant.name)} may be permissive until ${options.until} (end of day, UTC)\n`,
        );
      });
      exit(EXIT.fine);
    });

  exceptions
    .command('list')
    .description('list exceptions that hold or will hold')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const now = services.now().toISOString();
        const all = (await listRecords(services)).flatMap(({ tenant, record }) => {
          const current = record.exceptions.filter((one) => one.until > now);
          return current.map((one) => ({ tenantId: tenant.id, name: tenant.name, ...one }));
        });
        if (options.json) return out(`${JSON.stringify({ schemaVersion: 1, exceptions: all })}\n`);
        const rows = all.map((one) => [
          one.id,
          plain(one.name, 40),
          one.until,
          plain(one.approvedBy, 40),
          plain(one.reason, 60),
        ]);
        return out(
          `${renderTable(['ID', 'TENANT', 'UNTIL', 'APPROVED BY', 'REASON'], rows, paintFor(surface.terminal))}\n`,
        );
      });
      exit(EXIT.fine);
    });

  exceptions
    .command('remove <id>')
    .description('end an exception now; if the tenant is still permissive, the next check alerts')
    .option('--by <who>', 'your name, for the record', 'command line')
    .action(async (id: string, options: { by: string }) => {
      const by = readName('--by', options.by);
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const found = (await listRecords(services)).find(({ record }) =>
          record.exceptions.some((one) => one.id === id),
        );
        if (found === undefined)
          throw new ConfigurationError('there is no exception with that id; see: dsw exceptions list');
        await removeException(services, await tenantOf(services, found.tenant), id, by);
        out(`exception ${id} of ${plain(found.tenant.name)} no longer holds\n`);
      });
      exit(EXIT.fine);
    });
}

/** The first moment after a day that is meant whole, `yyyy-mm-dd`, UTC. */
export function readLastDay(option: string, text: string): Instant {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const start = isDay ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const real = !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
  if (!real) throw new ConfigurationError(`${option} must be a date such as 2027-03-31`);
  return new Date(start + DAY).toISOString();
}

/** A short id that can be typed. */
export function newId(kind: string): string {
  return nameAlert(kind, 'id', randomUUID()).slice(0, 8).toLowerCase();
}
