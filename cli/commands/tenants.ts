import type { Command } from 'commander';
import { readTenantsFile } from '../../shared/adapters/config/read-tenants-file.ts';
import { exportTenantsFile } from '../../shared/core/registry/merge-tenants-file.ts';
import { importTenants, retireTenant } from '../../shared/jobs/list-tenants.ts';
import { findTenant } from '../find-tenant.ts';
import { runWithServices } from '../run-with-services.ts';
import { EXIT, type Surface } from '../surface.ts';
import { count, paintFor, plain, renderTable } from '../terminal/terminal.ts';

/** `dsw tenants`: the registry. */
export function registerTenants(program: Command, surface: Surface, exit: (code: number) => void): void {
  const tenants = program.command('tenants').description('manage the registry of tenants');
  const { out, err } = surface.terminal;

  tenants
    .command('validate <file>')
    .description('check a tenants file; changes nothing')
    .addHelpText('after', '\nExample:\n  dsw tenants validate tenants.json')
    .action((path: string) => {
      const { file, warnings } = readTenantsFile(path);
      for (const warning of warnings) err(`dsw: warning: ${warning}\n`);
      out(
        `${path}: ${count(file.tenants.length, 'tenant')}, ${count(Object.keys(file.channels ?? {}).length, 'channel')}, no problem found\n`,
      );
      exit(EXIT.fine);
    });

  tenants
    .command('import <file>')
    .description('merge a tenants file into the registry; all of it or nothing')
    .addHelpText('after', '\nExample:\n  dsw tenants import tenants.json')
    .action(async (path: string) => {
      const { file, warnings } = readTenantsFile(path);
      for (const warning of warnings) err(`dsw: warning: ${warning}\n`);
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const { saved } = await importTenants(services, file, 'import');
        out(`${count(file.tenants.length, 'tenant')} in the file, ${saved} new or changed\n`);
      });
      exit(EXIT.fine);
    });

  tenants
    .command('list')
    .description('list the registered tenants')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const all = await services.registry.tenants();
        if (options.json) return out(`${JSON.stringify({ schemaVersion: 1, tenants: all })}\n`);
        const rows = all.map((tenant) => [
          tenant.id,
          plain(tenant.name, 40),
          tenant.cloud,
          tenant.channels === null ? '(defaults)' : tenant.channels.join(', '),
          tenant.retiredAt === null ? tenant.origin : `retired ${tenant.retiredAt}`,
        ]);
        return out(`${renderTable(['ID', 'NAME', 'CLOUD', 'CHANNELS', 'ORIGIN'], rows, paintFor(surface.terminal))}\n`);
      });
      exit(EXIT.fine);
    });

  tenants
    .command('export')
    .description('print the registry as a tenants file')
    .action(async () => {
      await runWithServices(surface, 'storage-only', async ({ services: { registry } }) => {
        const parts = await Promise.all([registry.tenants(), registry.channels(), registry.defaults()]);
        out(`${JSON.stringify(exportTenantsFile(...parts), null, 2)}\n`);
      });
      exit(EXIT.fine);
    });

  tenants
    .command('remove <tenant>')
    .description('stop checking a tenant; its ledger stays')
    .action(async (id: string) => {
      await runWithServices(surface, 'storage-only', async ({ services }) => {
        const tenant = await findTenant(services, id);
        await retireTenant(services, tenant, 'removed by a person');
        out(`${plain(tenant.name)} is no longer checked; its ledger stays readable with dsw history\n`);
      });
      exit(EXIT.fine);
    });
}
