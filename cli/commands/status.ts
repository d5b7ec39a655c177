import type { Command } from 'commander';
import { type FleetStatus, readStatus } from '../../shared/jobs/read-status.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { count, paintFor, plain, renderTable, type Terminal } from '../terminal/terminal.ts';

/** `dsw status`: the fleet as it is known, without asking Microsoft. */
export function registerStatus(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('status')
    .description('show the fleet, the channels and what is stuck, from stored results')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  dsw status --json')
    .action(async (options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const status = await readStatus(services);
        const json = () => `${JSON.stringify({ schemaVersion: 1, ...status })}\n`;
        surface.terminal.out(options.json ? json() : renderStatus(status, surface.terminal));
      });
      exit(EXIT.fine);
    });
}

function renderStatus(status: FleetStatus, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const tenants = status.tenants.map((tenant) => [
    plain(tenant.name, 40),
    tenant.verdict === 'unknown' ? paint.yellow(tenant.reason ?? 'never checked') : tenant.verdict,
    tenant.state === 'permissive' ? paint.red(tenant.excepted ? 'permissive (excepted)' : 'permissive') : tenant.state,
    tenant.openSince ?? '',
    tenant.verifiedAt ?? 'never',
    tenant.alertsPending === 0 ? '' : String(tenant.alertsPending),
  ]);
  const channels = status.channels.map((channel) => [
    channel.id,
    channel.health === 'broken' ? paint.red(`broken: ${plain(channel.detail ?? '', 80)}`) : channel.health,
    channel.lastAcceptedAt ?? 'never',
    String(channel.pending),
  ]);
  const poison = Object.entries(status.poison).filter(([, messages]) => messages > 0);
  const { lastSweep } = status;
  return [
    renderTable(['TENANT', 'LAST READING', 'STATE', 'OPEN SINCE', 'VERIFIED', 'WAITING'], tenants, paint),
    '',
    ...(channels.length === 0
      ? []
      : [renderTable(['CHANNEL', 'HEALTH', 'LAST ACCEPTED', 'WAITING'], channels, paint), '']),
    lastSweep === null
      ? 'no sweep yet'
      : `last sweep: ${lastSweep.runId}, ${lastSweep.status}, ${lastSweep.done} of ${count(lastSweep.expected, 'tenant')}`,
    ...poison.map(([queue, messages]) =>
      paint.red(`${messages} messages of ${queue} failed too often (queue ${queue}-poison)`),
    ),
    '',
  ].join('\n');
}
