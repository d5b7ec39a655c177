import { ConfigurationError as Wrong } from '../shared/adapters/config/setting-reader.ts';
import { readSettings, readStorageSettings, type Settings } from '../shared/adapters/config/settings.ts';
import { type OpenedServices, openServices } from '../shared/adapters/open-services.ts';
import { statusOf } from '../shared/adapters/storage/table-errors.ts';
import { openLog } from '../shared/adapters/telemetry/write-log.ts';
import { clean } from '../shared/core/setting/interpret-answer.ts';
import type { Examiner } from '../shared/jobs/diagnose-tenant.ts';
import type { Services } from '../shared/jobs/services.ts';
import type { Surface } from './surface.ts';

/** What a command gets: the services, and the settings that they were opened with. */
export interface Workplace {
  readonly services: Services;
  readonly settings: Settings;
  readonly examiner: Examiner;
  /** Why storage cannot be used; null when it can, and always but for a diagnosis. */
  readonly storageFault: string | null;
}

/** Opens the services for one command and closes them after it. `storage-only` commands need no credential; a `diagnosis` no storage. */
export async function runWithServices<T>(
  surface: Surface,
  needs: 'everything' | 'storage-only' | 'diagnosis',
  work: (workplace: Workplace) => Promise<T>,
): Promise<T> {
  const settings = needs === 'storage-only' ? settingsForStorage(surface) : readSettings(surface.env);
  const log = openLog((level, line) => {
    if (level !== 'info') surface.terminal.err(`dsw: ${line}\n`);
  });
  const { env, now, wait } = surface;
  const opened = openServices(settings, { env, log, hints: false, now, ...(wait === undefined ? {} : { wait }) });
  try {
    const storageFault = await prepare(opened);
    if (storageFault !== null && needs !== 'diagnosis') {
      throw new Wrong(`AzureWebJobsStorage: ${storageFault}. Is it reachable, and is the key or identity right?`);
    }
    return await work({ services: opened.services, settings, examiner: opened.examiner, storageFault });
  } finally {
    await opened.close();
  }
}

async function prepare({ storage }: OpenedServices): Promise<string | null> {
  try {
    await storage.prepare();
    return null;
  } catch (error) {
    return `the storage account cannot be used (${explain(error)})`;
  }
}

/** The service's own words where it has any: the error's message is then a page of XML, or nothing but the status. */
function explain(error: unknown): string {
  const status = statusOf(error);
  if (status === null) return clean(error instanceof Error ? error.message : String(error));
  const { message } = (error as { details?: { message?: unknown } }).details ?? {};
  return typeof message === 'string' ? clean(`status ${status}: ${message}`) : `status ${status}`;
}

/** Commands that only look at stored results run without the settings for signing in. */
function settingsForStorage(surface: Surface): Settings {
  readStorageSettings(surface.env);
  const placeholder = { DSW_CREDENTIAL: 'managed-identity', DSW_MANAGED_IDENTITY_CLIENT_ID: undefined };
  return readSettings({ ...surface.env, ...placeholder });
}
