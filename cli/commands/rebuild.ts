import type { Command } from 'commander';
import { rebuildFleet } from '../../shared/jobs/rebuild-fleet.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { count } from '../terminal/terminal.ts';

/** `dsw rebuild`: the projections anew from the ledgers. */
export function registerRebuild(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('rebuild')
    .description('write the fleet rows and the mailboxes anew from the ledgers, as after a restore')
    .action(async () => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const { rows, waiting } = await rebuildFleet(services);
        surface.terminal.out(
          `${count(rows, 'tenant')} projected anew; waiting for delivery: ${count(waiting, 'alert')}\n`,
        );
      });
      exit(EXIT.fine);
    });
}
