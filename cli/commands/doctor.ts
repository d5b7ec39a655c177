import type { Command } from 'commander';
import type { Settings } from '../../shared/adapters/config/settings.ts';
import { type Diagnosis, diagnoseOurselves, diagnoseTenant } from '../../shared/jobs/diagnose-tenant.ts';
import { tenantOf } from '../../shared/jobs/find-alert.ts';
import { findTenant } from '../find-tenant.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { type Paint, paintFor, plain } from '../terminal/terminal.ts';

/** `dsw doctor`: everything that the program needs, asked from the outside, each with its exact fix. */
export function registerDoctor(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('doctor [tenant]')
    .description('examine channels, storage and clock, and everything that reading one tenant needs')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing required is missing, 1 something is, 3 wrong use or setting.\n\nExample:\n  dsw doctor 3d1c2b4a-0000-4000-8000-000000000001',
    )
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const lines = await runWithServices(surface, 'everything', async ({ services, settings, examiner }) => {
        const found = id === undefined ? null : await findTenant(services, id);
        const tenant = found === null ? null : await tenantOf(services, found);
        const context = {
          clientId: clientIdOf(settings),
          consentUrl: tenant === null ? null : consentUrl(settings, tenant.id),
        };
        const access = tenant === null ? [] : await diagnoseTenant(services, examiner, tenant, context);
        return [...access, ...(await diagnoseOurselves(services, examiner))];
      });
      const paint = paintFor(surface.terminal);
      const text = () => lines.map((line) => render(line, paint)).join('');
      surface.terminal.out(options.json ? `${JSON.stringify({ schemaVersion: 1, checks: lines })}\n` : text());
      exit(lines.some((line) => line.outcome === 'missing' && !line.optional) ? EXIT.permissive : EXIT.fine);
    });
}

function render({ what, outcome, optional, why, fix }: Diagnosis, paint: Paint): string {
  const mark =
    outcome === 'works' ? paint.green('works  ') : outcome === 'skipped' ? paint.dim('skipped') : paint.red('missing');
  const said = [why, optional && outcome === 'missing' ? '(optional: nothing else stops)' : ''].filter(
    (part) => part !== '',
  );
  const head = `${mark}  ${what}${said.length === 0 ? '' : `: ${plain(said.join(' '), 400)}`}\n`;
  return fix === '' ? head : `${head}         ${paint.bold('fix')}: ${plain(fix, 600)}\n`;
}

export function clientIdOf(settings: Settings): string | null {
  return 'clientId' in settings.credential ? settings.credential.clientId : null;
}

/** Where a customer's administrator consents to the whole manifest of our app; null when no app is configured. */
export function consentUrl(settings: Settings, tenantId: string): string | null {
  const clientId = clientIdOf(settings);
  const authority = settings.endpoints.authority ?? 'https://login.microsoftonline.com';
  return clientId === null ? null : `${authority}/${tenantId}/adminconsent?client_id=${clientId}`;
}
