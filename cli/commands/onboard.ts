import type { Command } from 'commander';
import { ConfigurationError, type Settings } from '../../shared/adapters/config/settings.ts';
import { wordsIn } from '../../shared/core/alerts/words/words.ts';
import { parseDuration } from '../../shared/core/schemas.ts';
import type { Reading } from '../../shared/core/setting/reading.ts';
import { SECOND } from '../../shared/core/time.ts';
import { tenantOf } from '../../shared/jobs/find-alert.ts';
import { findTenant } from '../find-tenant.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { openProgress, paintFor, plain } from '../terminal/terminal.ts';
import { clientIdOf, consentUrl } from './doctor.ts';

const LOOK_EVERY = 10 * SECOND;

/** `dsw onboard`: the consent link of a customer, and a watch until it works. */
export function registerOnboard(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('onboard <tenant>')
    .description('print the consent link of a registered tenant and wait until its setting can be read')
    .option('--wait <duration>', 'give up after so long', '30m')
    .addHelpText(
      'after',
      '\nExit codes: 0 the setting can be read, 2 it still cannot, 3 wrong use or setting.\n\nExample:\n  dsw onboard 3d1c2b4a-0000-4000-8000-000000000001 --wait 1h',
    )
    .action(async (id: string, options: { wait: string }) => {
      const patience = parseDuration(options.wait);
      if (patience === null) throw new ConfigurationError('--wait must be a duration such as 30m');
      const readable = await runWithServices(surface, 'everything', async ({ services, settings }) => {
        const tenant = await tenantOf(services, await findTenant(services, id));
        const { terminal } = surface;
        const paint = paintFor(terminal);
        terminal.out(`${paint.bold(plain(tenant.name))}: ${whatToDo(settings, tenant.id)}\n\n`);
        const startedAt = services.now().getTime();
        const bar = openProgress(terminal, 'waiting, seconds');
        let said = '';
        for (;;) {
          const reading = await services.readSetting(tenant);
          const text = describe(reading);
          const waited = services.now().getTime() - startedAt;
          const isLast = reading.verdict !== 'unknown' || waited + LOOK_EVERY > patience;
          if (text !== said || isLast) bar.end();
          if (text !== said) terminal.out(`${services.now().toISOString().slice(11, 19)}  ${text}\n`);
          said = text;
          if (reading.verdict !== 'unknown') return true;
          if (isLast) {
            terminal.out(`\ngave up after ${options.wait}; what is missing, and its fix: dsw doctor ${tenant.id}\n`);
            return false;
          }
          bar.update(Math.round(waited / SECOND), Math.round(patience / SECOND));
          await services.wait(LOOK_EVERY);
        }
      });
      exit(readable ? EXIT.fine : EXIT.unknown);
    });
}

/** What somebody in the customer's tenant has to do, once. */
function whatToDo(settings: Settings, tenantId: string): string {
  const link = consentUrl(settings, tenantId);
  if (link === null) {
    return `in this tenant (az login --tenant ${tenantId}) run\n\n  infra/identity/grant-tenant.sh --identity IDENTITY_PRINCIPAL_ID\n\nwith the object id of the managed identity (docs/sign-in-app.md).`;
  }
  return `let an administrator of this customer open\n\n  ${link}\n\nand give the app the role Global Reader, or View-Only Organization Management in Exchange: infra/identity/grant-tenant.sh --app ${clientIdOf(settings)} (docs/sign-in-app.md).`;
}

/** What a reading means for somebody who waits for consent and roles to arrive. */
function describe(reading: Reading): string {
  if (reading.verdict !== 'unknown') return `works: RejectDirectSend is ${reading.verdict === 'enforced'}`;
  switch (reading.reason) {
    case 'consent-missing':
      return 'waiting for consent';
    case 'role-missing':
      return 'waiting for the role: consent is there, or is spreading; a role takes 10 to 30 minutes';
    default:
      return `${reading.reason}: ${wordsIn('en').cause[reading.reason]}`;
  }
}
