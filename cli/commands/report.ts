import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { ConfigurationError } from '../../shared/adapters/config/settings.ts';
import { renderReport } from '../../shared/core/report/render-report.ts';
import { buildReport } from '../../shared/jobs/build-report.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';

/** `dsw report`: the fleet as one HTML page that needs nothing else. */
export function registerReport(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('report')
    .description('write the fleet, with every ledger verified, as one self-contained HTML page')
    .option('--out <file>', 'where to write it', 'direct-send-report.html')
    .action(async (options: { out: string }) => {
      const page = await runWithServices(surface, 'storage-only', async ({ services }) =>
        renderReport(await buildReport(services)),
      );
      writePage(options.out, page);
      surface.terminal.out(`report written to ${resolve(options.out)}\n`);
      exit(EXIT.fine);
    });
}

function writePage(path: string, page: string): void {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    writeFileSync(path, page);
  } catch (error) {
    throw new ConfigurationError(
      `--out: the file cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
    );
  }
}
