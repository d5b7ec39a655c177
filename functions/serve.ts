import type { InvocationContext } from '@azure/functions';
import { readDeployedTenants } from '../shared/adapters/config/read-tenants-file.ts';
import { readSettings, type Settings } from '../shared/adapters/config/settings.ts';
import { type OpenedServices, openServices } from '../shared/adapters/open-services.ts';
import { startTelemetry } from '../shared/adapters/telemetry/start-telemetry.ts';
import { openLog } from '../shared/adapters/telemetry/write-log.ts';
import type { TenantsFile } from '../shared/core/schemas.ts';
import type { Services } from '../shared/jobs/services.ts';

/** What a trigger needs to call a job. */
export interface Served {
  readonly services: Services;
  readonly settings: Settings;
  /** The tenants that the deployment names; null when it names none. */
  readonly deployed: TenantsFile | null;
}

let opened: Promise<{ all: OpenedServices; settings: Settings; deployed: TenantsFile | null }> | null = null;

/**
 * Opens the services at the first invocation, not at import: a wrong setting then fails every invocation with its message,
 * where an entry file that throws would leave an app that silently has no functions (sheet, section 1.2).
 */
export async function serve(context: InvocationContext): Promise<Served> {
  opened ??= open();
  const { all, settings, deployed } = await opened.catch((error: unknown) => {
    // Settings may be mended and the app restarted by the platform; a failed opening is not kept.
    opened = null;
    throw error;
  });
  const log = openLog((level, line) => context[level](line));
  return { services: { ...all.services, log }, settings, deployed };
}

/** Ends all connections; the next invocation opens them again. */
export async function stopServing(): Promise<void> {
  const ending = opened;
  opened = null;
  await (await ending?.catch(() => null))?.all.close();
}

async function open() {
  const settings = readSettings(process.env);
  await startTelemetry(settings);
  const deployed = settings.tenants === null ? null : readDeployedTenants(settings.tenants);
  const silent = openLog(() => {});
  const all = openServices(settings, { env: process.env, log: silent, hints: true });
  // A deployment declares its tables and queues; an emulator or a borrowed account begins empty.
  if (settings.storage.kind === 'connection-string') await all.storage.prepare();
  return { all, settings, deployed };
}
