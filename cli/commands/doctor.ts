import type { Command } from 'commander';
import { ConfigurationError, type Settings } from '../../shared/adapters/config/settings.ts';
import { type CheckedTenant, checkedTenant } from '../../shared/core/schemas.ts';
import { diagnoseOurselves } from '../../shared/jobs/diagnose-ourselves.ts';
import { type Diagnosis, describeLine, diagnoseCredential, diagnoseTenant } from '../../shared/jobs/diagnose-tenant.ts';
import { tenantOf } from '../../shared/jobs/find-alert.ts';
import type { Services } from '../../shared/jobs/services.ts';
import { findTenant } from '../find-tenant.ts';
import { runWithServices, type Workplace } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { type Paint, paintFor, plain } from '../terminal/terminal.ts';

/** `dsw doctor`: everything that the program needs, asked from the outside, each with its exact fix. */
export function registerDoctor(program: Command, surface: Surface, exit: (code: number) => void): void {
  program
    .command('doctor [tenant]')
    .description('examine the credential, channels, storage and clock, and everything that reading one tenant needs')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing required is missing, 1 something is, 3 wrong use or setting.\n\nExample:\n  dsw doctor 3d1c2b4a-0000-4000-8000-000000000001',
    )
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const lines = await runWithServices(surface, 'diagnosis', async (workplace) => [
        ...(await diagnoseAccessOf(id, workplace)),
        ...(await diagnoseOurselves(workplace.services, workplace.examiner, workplace.storageFault)),
      ]);
      const paint = paintFor(surface.terminal);
      const text = () => lines.map((line) => render(line, paint)).join('');
      surface.terminal.out(options.json ? `${JSON.stringify({ schemaVersion: 1, checks: lines })}\n` : text());
      exit(lines.some((line) => line.outcome === 'missing' && !line.optional) ? EXIT.permissive : EXIT.fine);
    });
}

/** With a tenant everything that reading it needs; without one our credential, seen through whatever tenant is known. */
async function diagnoseAccessOf(id: string | undefined, workplace: Workplace): Promise<Diagnosis[]> {
  const { services, settings, examiner } = workplace;
  const tenant = id === undefined ? await anyTenant(workplace) : await namedTenant(id, workplace);
  if (tenant === null) {
    const why = 'no tenant is known to try it with; name one (dsw doctor TENANT), or set DSW_HOME_TENANT_ID';
    return [describeLine('credential', 'skipped', why)];
  }
  const context = {
    tenantId: tenant.id,
    credential: settings.credential.kind,
    clientId: clientIdOf(settings),
    consentUrl: consentUrl(settings, tenant.id),
  };
  return id === undefined
    ? diagnoseCredential(examiner, tenant, context)
    : diagnoseTenant(services, examiner, tenant, context);
}

async function namedTenant(id: string, { services, storageFault }: Workplace): Promise<CheckedTenant> {
  if (storageFault === null) return tenantOf(services, await findTenant(services, id));
  // The registry cannot be asked, but the tenant itself can.
  const parsed = checkedTenant.shape.id.safeParse(id);
  if (!parsed.success)
    throw new ConfigurationError('a tenant id is a GUID such as 3d1c2b4a-0000-4000-8000-000000000001');
  return strangerOf(parsed.data, services);
}

async function anyTenant({ services, settings, storageFault }: Workplace): Promise<CheckedTenant | null> {
  if (settings.homeTenantId !== null) return strangerOf(settings.homeTenantId, services);
  const [first] = storageFault === null ? await services.registry.tenants() : [];
  return first === undefined ? null : tenantOf(services, first);
}

/** A tenant of which only the id is known. */
function strangerOf(id: string, { now }: Services): CheckedTenant {
  const registeredAt = now().toISOString();
  return { id, name: id, domains: [], cloud: 'global', channels: [], escalation: null, registeredAt };
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
