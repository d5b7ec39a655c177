import type { Command } from 'commander';
import { ConfigurationError } from '../../shared/adapters/config/settings.ts';
import { DAY, later } from '../../shared/core/time.ts';
import { widthOf } from '../../shared/core/traffic/address-block.ts';
import { approveSource, removeApproval } from '../../shared/jobs/approve-source.ts';
import { tenantOf } from '../../shared/jobs/find-alert.ts';
import { findTenant } from '../find-tenant.ts';
import { listRecords } from '../list-records.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { paintFor, plain, renderTable } from '../terminal/terminal.ts';
import { readName } from './alerts.ts';
import { newId, readLastDay } from './exceptions.ts';

interface Options {
  readonly sender?: string;
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

const LONGEST = 366 * DAY;
/** As wide as an inbound connector may be, and the network of one site: a wider approval would cover strangers. */
const WIDEST = { 4: 24, 6: 48 } as const;

/** `dsw approvals`: sources of Direct Send mail that a person knows. */
export function registerApprovals(program: Command, surface: Surface, exit: (code: number) => void): void {
  const approvals = program.command('approvals').description('manage sources of Direct Send mail that are known');
  const { out } = surface.terminal;

  approvals
    .command('add <tenant> <source>')
    .description('approve an address or a block (203.0.113.9, 203.0.113.0/28); a threat verdict overrides it')
    .option('--sender <address>', 'only mail of this sender')
    .requiredOption('--reason <text>', 'why, for the record')
    .requiredOption('--by <who>', 'your name, for the record')
    .requiredOption('--until <date>', 'last day (inclusive, UTC), at most a year ahead')
    .addHelpText(
      'after',
      '\nExample:\n  dsw approvals add 3d1c2b4a-0000-4000-8000-000000000001 203.0.113.9 --sender scan@fabrikam.example --reason "scanner, 3rd floor" --by "Aino Virtanen" --until 2027-03-31',
    )
    .action(async (id: string, source: string, options: Options) => {
      const block = source.trim().toLowerCase();
      checkBlock(block);
      const sender = options.sender?.trim().toLowerCase() ?? null;
      if (sender !== null && !/^[^\s@]+@[^\s@]+$/.test(sender))
        throw new ConfigurationError('--sender must be an e-mail address');
      const reason = readName('--reason', options.reason);
      const by = readName('--by', options.by);
      const at = surface.now().toISOString();
      const until = readLastDay('--until', options.until);
      if (until <= at) throw new ConfigurationError('--until must not be in the past');
      if (until > later(at, LONGEST)) throw new ConfigurationError('--until must be at most one year ahead');
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const tenant = await findTenant(services, id);
        const approval = { id: newId('approval'), block, sender, reason, by, at, until };
        await approveSource(services, await tenantOf(services, tenant), approval);
        out(
          `approval ${approval.id}: ${block}${sender === null ? '' : ` as ${plain(sender)}`} is known at ${plain(tenant.name)} until ${options.until}\n`,
        );
      });
      exit(EXIT.fine);
    });

  approvals
    .command('list')
    .description('list approvals that are in force')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const now = surface.now().toISOString();
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const all = (await listRecords(services)).flatMap(({ tenant, record }) => {
          const current = record.approvals.filter(({ until }) => until > now);
          return current.map((one) => ({ tenantId: tenant.id, name: tenant.name, ...one }));
        });
        if (options.json) return out(`${JSON.stringify({ schemaVersion: 1, approvals: all })}\n`);
        const rows = all.map((one) => [
          one.id,
          plain(one.name, 40),
          one.block,
          plain(one.sender ?? 'any sender', 40),
          one.until,
          plain(one.by, 40),
          plain(one.reason, 60),
        ]);
        return out(
          `${renderTable(['ID', 'TENANT', 'SOURCE', 'SENDER', 'UNTIL', 'BY', 'REASON'], rows, paintFor(surface.terminal))}\n`,
        );
      });
      exit(EXIT.fine);
    });

  approvals
    .command('remove <id>')
    .description('take an approval back')
    .option('--by <who>', 'your name, for the record', 'command line')
    .action(async (id: string, options: { by: string }) => {
      const by = readName('--by', options.by);
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const found = (await listRecords(services)).find(({ record }) => record.approvals.some((one) => one.id === id));
        if (found === undefined)
          throw new ConfigurationError('there is no approval with that id; see: dsw approvals list');
        await removeApproval(services, await tenantOf(services, found.tenant), id, by);
        out(`approval ${id} of ${plain(found.tenant.name)} no longer holds\n`);
      });
      exit(EXIT.fine);
    });
}

function checkBlock(block: string): void {
  const width = widthOf(block);
  if (width === null) throw new ConfigurationError('the source must be an address or a block such as 203.0.113.0/28');
  const widest = WIDEST[width.family];
  if (width.prefix < widest)
    throw new ConfigurationError(
      `the source is wider than /${widest}: that many addresses are not one sender. Approve the block that is yours`,
    );
}
