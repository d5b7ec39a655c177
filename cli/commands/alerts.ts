import type { Command } from 'commander';
import { ConfigurationError } from '../../shared/adapters/config/settings.ts';
import { wordsIn } from '../../shared/core/alerts/words/words.ts';
import { parseDuration } from '../../shared/core/schemas.ts';
import { type Acknowledged, acknowledgeAlert } from '../../shared/jobs/acknowledge-alert.ts';
import { findAlert, listAlerts } from '../../shared/jobs/find-alert.ts';
import { FLEET_SCOPE, type OutboxRow, type SendResult } from '../../shared/jobs/services.ts';
import { testChannel } from '../../shared/jobs/test-channel.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { paintFor, plain, renderTable, type Terminal } from '../terminal/terminal.ts';

/** `dsw alerts`: what was raised, what became of it, and a person's word that they know. */
export function registerAlerts(program: Command, surface: Surface, exit: (code: number) => void): void {
  const alerts = program.command('alerts').description('list, acknowledge and test alerts');
  const { out, err } = surface.terminal;

  alerts
    .command('list')
    .description('list alerts, newest first, a row per channel')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const rows = await listAlerts(services);
        const json = () => `${JSON.stringify({ schemaVersion: 1, alerts: rows.map(describeRow) })}\n`;
        out(options.json ? json() : renderAlerts(rows, surface.terminal));
      });
      exit(EXIT.fine);
    });

  alerts
    .command('ack <id>')
    .description('say that you know: stops reminders, changes nothing else')
    .requiredOption('--by <who>', 'your name, for the record')
    .option('--for <duration>', 'only for so long, such as 7d')
    .addHelpText('after', '\nExample:\n  dsw alerts ack MZXW6YTBOI2GC3DFOJ2DCMBQGA --by "Aino Virtanen" --for 7d')
    .action(async (id: string, options: { by: string; for?: string }) => {
      const by = readName('--by', options.by);
      const milliseconds = options.for === undefined ? null : parseDuration(options.for);
      if (options.for !== undefined && milliseconds === null)
        throw new ConfigurationError('--for must be a duration such as 7d');
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const found = await findAlert(services, id.toUpperCase());
        if (found === null) throw new ConfigurationError('there is no alert with that id; see: dsw alerts list');
        out(`${SAID[await acknowledgeAlert(services, found, by, milliseconds)]}\n`);
      });
      exit(EXIT.fine);
    });

  alerts
    .command('test <channel>')
    .description('send a test alert to a channel now')
    .addHelpText(
      'after',
      '\nExit codes: 0 the channel accepted it, 1 it did not, 3 wrong use or setting.\n\nExample:\n  dsw alerts test ops',
    )
    .action(async (id: string) => {
      const result = await runWithServices(surface, 'everything', async ({ services }) => {
        const channel = (await services.registry.channels()).find((one) => one.id === id);
        if (channel === undefined) throw new ConfigurationError('that channel is not registered; see: dsw status');
        return testChannel(services, channel);
      });
      if (result.kind === 'accepted')
        out(`${id} accepted the test alert; whether it was shown, only a look at the channel tells\n`);
      else err(`dsw: ${id} did not accept the test alert: ${explain(result)}\n`);
      exit(result.kind === 'accepted' ? EXIT.fine : EXIT.permissive);
    });
}

const SAID: Record<Acknowledged, string> = {
  'reminders-stopped': 'acknowledged: no more reminders; the tenant stays permissive until its setting is enforced',
  'episode-over': 'recorded; the episode of that alert is over already',
  'no-reminders': 'recorded; there are no reminders for alerts of this kind',
};

function describeRow(row: OutboxRow) {
  const { alert, scope, channel, status, acceptedAt, attempts, lastError, acknowledged } = row;
  return {
    id: alert.id,
    tenantId: scope === FLEET_SCOPE ? null : scope,
    kind: alert.facts.kind,
    channel,
    status,
    createdAt: alert.raisedAt,
    acceptedAt,
    attempts,
    lastError,
    acknowledged: acknowledged !== null,
    acknowledgement: acknowledged,
  };
}

function renderAlerts(rows: readonly OutboxRow[], terminal: Terminal): string {
  const paint = paintFor(terminal);
  const lines = rows.map((row) => [
    row.alert.raisedAt,
    row.status === 'accepted' ? paint.green('accepted') : paint.yellow(row.status),
    row.alert.facts.kind,
    plain(row.alert.tenant?.name ?? 'fleet', 40),
    row.channel,
    row.acknowledged === null ? '' : `acknowledged by ${plain(row.acknowledged.by, 40)}`,
    row.lastError === null ? paint.dim(row.alert.id) : `${paint.dim(row.alert.id)} ${plain(row.lastError, 60)}`,
  ]);
  return `${renderTable(['RAISED', 'STATUS', 'KIND', 'TENANT', 'CHANNEL', '', 'ID'], lines, paint)}\n`;
}

function explain(result: Exclude<SendResult, { kind: 'accepted' }>): string {
  if (result.kind !== 'refused') return plain(result.error);
  const { faultCause, faultFix } = wordsIn('en');
  return `${plain(result.error)}. ${faultCause[result.cause]} ${faultFix[result.cause]}`;
}

/** A person's name or address for the record: one line, not empty. */
export function readName(option: string, text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 256 || /\p{Cc}/u.test(name)) {
    throw new ConfigurationError(`${option} must be one line of 1 to 256 characters`);
  }
  return name;
}
