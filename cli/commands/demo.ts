import type { Command } from 'commander';
import { ConfigurationError } from '../../shared/adapters/config/settings.ts';
import { type RunCli, runDemo } from '../demo/run-demo.ts';
import type { Surface } from '../surface.ts';

/** `dsw demo`: a day of a small simulated fleet, on free local ports. */
export function registerDemo(runCli: RunCli) {
  return (program: Command, surface: Surface, exit: (code: number) => void): void => {
    program
      .command('demo')
      .description('play a day of a small simulated fleet: drift, blindness, recovery; needs no account')
      .option('--out <file>', 'where to write the report', 'reports/demo.html')
      .action(async (options: { out: string }) => {
        if (!('setDefaultCACertificates' in (await import('node:tls')))) {
          throw new ConfigurationError('the demonstration needs Node 24; in a clone, npm start brings it along');
        }
        exit(await runDemo(surface, runCli, options.out));
      });
  };
}
