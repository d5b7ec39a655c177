import type { Command } from 'commander';
import type { HistoryEntry } from '../../shared/core/evidence/history.ts';
import { readHistory, type TenantHistory } from '../../shared/jobs/read-history.ts';
import { findTenant } from '../find-tenant.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { type Paint, paintFor, plain, renderTable, type Terminal } from '../terminal/terminal.ts';

/** `dsw history`: one tenant's ledger, and whether its chain holds. */
export function registerHistory(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('history <tenant>')
    .description("show one tenant's ledger and verify its hash chain")
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  dsw history 3d1c2b4a-0000-4000-8000-000000000001')
    .action(async (id: string, options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const tenant = await findTenant(services, id);
        const history = await readHistory(services, tenant.id);
        const json = () => `${JSON.stringify({ schemaVersion: 1, ...history })}\n`;
        surface.terminal.out(options.json ? json() : renderHistory(history, tenant.name, surface.terminal));
      });
      exit(EXIT.fine);
    });
}

function renderHistory({ entries, chain }: TenantHistory, name: string, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const rows = entries.map((entry) => [
    String(entry.seq),
    entry.at,
    entry.kind,
    plain(describe(entry), Math.max(30, terminal.width - 62)),
    paint.dim(entry.hash.slice(0, 12)),
  ]);
  return [
    `${plain(name)}: ${entries.length} entries, chain ${paintChain(chain, paint)}`,
    '',
    renderTable(['SEQ', 'AT', 'WHAT', 'DETAILS', 'HASH'], rows, paint),
    '',
  ].join('\n');
}

function paintChain(chain: string, paint: Paint): string {
  return chain === 'intact' ? paint.green(chain) : paint.red(chain);
}

function describe(entry: HistoryEntry): string {
  const { seq: _, at: __, kind: ___, hash: ____, previousHash: _____, ...details } = entry;
  return Object.entries(details)
    .map(([key, value]) => `${key}=${plain(typeof value === 'string' ? value : JSON.stringify(value), 60)}`)
    .join(' ');
}
