import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../shared/adapters/config/settings.ts';
import { clean } from '../shared/core/setting/interpret-answer.ts';
import { registerAlerts } from './commands/alerts.ts';
import { registerApprovals } from './commands/approvals.ts';
import { registerCheck } from './commands/check.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerExceptions } from './commands/exceptions.ts';
import { registerHistory } from './commands/history.ts';
import { registerMaintenance } from './commands/maintenance.ts';
import { registerOnboard } from './commands/onboard.ts';
import { registerReadiness } from './commands/readiness.ts';
import { registerRebuild } from './commands/rebuild.ts';
import { registerReport } from './commands/report.ts';
import { registerStatus } from './commands/status.ts';
import { registerTenants } from './commands/tenants.ts';
import { registerTraffic } from './commands/traffic.ts';
import { EXIT, type Surface } from './surface.ts';
import { plain } from './terminal/terminal.ts';

const COMMANDS = [
  registerDemo(runCli),
  registerCheck,
  registerStatus,
  registerHistory,
  registerTenants,
  registerTraffic,
  registerReadiness,
  registerApprovals,
  registerAlerts,
  registerExceptions,
  registerMaintenance,
  registerReport,
  registerDoctor,
  registerOnboard,
  registerRebuild,
];

/** Runs one command line (without program name) and returns its exit code. Never throws. */
export async function runCli(args: readonly string[], surface: Surface): Promise<number> {
  let code: number = EXIT.fine;
  const { terminal } = surface;
  const program = new Command('dsw')
    .description('Watches RejectDirectSend and Direct Send traffic of many Microsoft 365 tenants.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(see dsw --help)');
  const exit = (given: number) => {
    code = given;
  };
  for (const register of COMMANDS) register(program, surface, exit);
  inherit(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, surface);
  }
}

/** Enough for what is wrong and what to do about it. */
const LONGEST_LINE = 1000;

/** Sub-commands do not take over these settings by themselves. */
function inherit(command: Command): void {
  for (const sub of command.commands) {
    sub.copyInheritedSettings(command);
    inherit(sub);
  }
}

function explain(error: unknown, { terminal }: Surface): number {
  if (error instanceof CommanderError) {
    const isHelp = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
    return isHelp ? EXIT.fine : EXIT.wrongUse;
  }
  if (error instanceof ConfigurationError) {
    for (const line of error.message.split('\n')) terminal.err(`dsw: ${plain(line, LONGEST_LINE)}\n`);
    return EXIT.wrongUse;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  terminal.err(`dsw: stopped by a fault: ${clean(text)}\n`);
  return EXIT.wrongUse;
}
