import { accessSync, constants } from 'node:fs';
import type { SettingName } from './setting-names.ts';
import { type Environment, SettingReader } from './setting-reader.ts';

export { SETTINGS } from './setting-names.ts';
export { ConfigurationError, type Environment } from './setting-reader.ts';

/** Where tables and queues are. */
export type StorageSettings =
  | { readonly kind: 'connection-string'; readonly connectionString: string }
  | { readonly kind: 'identity'; readonly accountName: string; readonly clientId: string | null };

/** How to sign in to customers' tenants (design, section 8). */
export type CredentialSettings =
  | { readonly kind: 'federated-identity'; readonly clientId: string; readonly managedIdentityClientId: string }
  | { readonly kind: 'managed-identity'; readonly managedIdentityClientId: string | null }
  | { readonly kind: 'certificate'; readonly clientId: string; readonly certificatePath: string }
  | { readonly kind: 'secret'; readonly clientId: string; readonly clientSecret: string };

export interface Endpoints {
  /** Sign-in, e.g. `https://login.microsoftonline.com`; null: by the tenant's cloud. */
  readonly authority: string | null;
  readonly exchange: string | null;
  readonly graph: string | null;
  /** `ip` or `ip:port`; empty: the system's resolvers. */
  readonly dnsServers: readonly string[];
  /** Webhook hosts allowed beside Microsoft's, `host` or `host:port`, lower case. */
  readonly webhookHosts: readonly string[];
}

/** Everything the program is told from outside. Durations are milliseconds. */
export interface Settings {
  readonly storage: StorageSettings;
  readonly credential: CredentialSettings;
  readonly homeTenantId: string | null;
  readonly endpoints: Endpoints;
  readonly trafficEvery: number;
  readonly blindAfter: number;
  readonly groupWait: number;
  readonly historyDays: number;
  readonly heartbeat: 'daily' | 'weekly' | 'monthly' | 'off';
  readonly tenantBudget: number;
  readonly concurrency: number;
  readonly checkSchedule: string;
  /** Text or path of a tenants file that is merged into the registry; null: none. */
  readonly tenants: string | null;
  /** Base of the links on cards; null: no links to this app. */
  readonly publicUrl: string | null;
  readonly linkSecret: string | null;
  readonly runbookUrl: string;
  readonly vaultUrl: string | null;
  readonly storeSamples: boolean;
  readonly telemetryConnectionString: string | null;
  readonly telemetryAuthentication: string | null;
}

const DEFAULT_RUNBOOKS = 'https://github.com/direct-send-watch/direct-send-watch/blob/main/docs/alerts';

/** Reads the settings of storage only: enough for commands that look and do not ask Microsoft. */
export function readStorageSettings(env: Environment): StorageSettings {
  const reader = new SettingReader(env);
  const storage = readStorage(reader);
  reader.finish();
  return storage;
}

/** Reads and checks every setting. Throws one `ConfigurationError` that names all wrong ones with an example each. */
export function readSettings(env: Environment): Settings {
  const reader = new SettingReader(env);
  const hostName = reader.text('WEBSITE_HOSTNAME');
  const settings: Settings = {
    storage: readStorage(reader),
    credential: readCredential(reader),
    homeTenantId: reader.guid('DSW_HOME_TENANT_ID'),
    endpoints: {
      authority: reader.url('AZURE_AUTHORITY_HOST'),
      exchange: reader.url('DSW_EXCHANGE_URL'),
      graph: reader.url('DSW_GRAPH_URL'),
      dnsServers: reader.list(
        'DSW_DNS_SERVERS',
        /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[[0-9a-f:]+\])(:\d{1,5})?$|^[0-9a-f:]*:[0-9a-f:]+$/i,
      ),
      webhookHosts: reader.list('DSW_WEBHOOK_HOSTS', /^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i),
    },
    trafficEvery: reader.duration('DSW_TRAFFIC_EVERY', '6h'),
    blindAfter: reader.duration('DSW_BLIND_AFTER', '6h'),
    groupWait: reader.duration('DSW_GROUP_WAIT', '60s', 0),
    historyDays: reader.whole('DSW_HISTORY_DAYS', 2555, 1, 36_500),
    heartbeat: reader.choice('DSW_HEARTBEAT', ['daily', 'weekly', 'monthly', 'off'], 'weekly'),
    tenantBudget: reader.duration('DSW_TENANT_BUDGET', '40s'),
    concurrency: reader.whole('DSW_CONCURRENCY', 32, 1, 512),
    checkSchedule: reader.schedule('DSW_CHECK_SCHEDULE', '0 */15 * * * *'),
    tenants: reader.text('DSW_TENANTS'),
    publicUrl: reader.url('DSW_PUBLIC_URL') ?? (hostName === null ? null : `https://${hostName}`),
    linkSecret: reader.secret('DSW_LINK_SECRET', 32),
    runbookUrl: reader.page('DSW_RUNBOOK_URL') ?? DEFAULT_RUNBOOKS,
    vaultUrl: reader.url('DSW_VAULT_URL'),
    storeSamples: reader.choice('DSW_STORE_SAMPLES', ['true', 'false'], 'true') === 'true',
    telemetryConnectionString: readTelemetry(reader),
    telemetryAuthentication: reader.text('APPLICATIONINSIGHTS_AUTHENTICATION_STRING'),
  };
  reader.finish();
  return settings;
}

function readStorage(reader: SettingReader): StorageSettings {
  const connectionString = reader.text('AzureWebJobsStorage');
  if (connectionString !== null) {
    if (!/^UseDevelopmentStorage=true;?$/i.test(connectionString) && !/AccountName=/i.test(connectionString)) {
      reader.wrong('AzureWebJobsStorage', 'is not a storage connection string');
    }
    return { kind: 'connection-string', connectionString };
  }
  const accountName = reader.text('AzureWebJobsStorage__accountName');
  if (accountName === null) reader.wrong('AzureWebJobsStorage', 'is not set, nor is AzureWebJobsStorage__accountName');
  else if (!/^[a-z0-9]{3,24}$/.test(accountName)) {
    reader.wrong(
      'AzureWebJobsStorage__accountName',
      'is not a storage account name (3 to 24 lower-case letters and digits)',
    );
  }
  return { kind: 'identity', accountName: accountName ?? '', clientId: reader.guid('AzureWebJobsStorage__clientId') };
}

function readTelemetry(reader: SettingReader): string | null {
  const name = 'APPLICATIONINSIGHTS_CONNECTION_STRING';
  const value = reader.text(name);
  if (value !== null && !/(^|;)\s*InstrumentationKey=[^;]/i.test(value)) {
    reader.wrong(name, 'is not a connection string of Application Insights');
  }
  return value;
}

function readCredential(reader: SettingReader): CredentialSettings {
  const kinds = ['federated-identity', 'managed-identity', 'certificate', 'secret'] as const;
  const kind = reader.choice('DSW_CREDENTIAL', kinds, 'federated-identity');
  const given = reader.text('DSW_CREDENTIAL');
  // A misspelt credential is named by itself; what the standard one would need is not what was meant.
  const isMeant = given === null || given === kind;
  const need = (name: SettingName, value: string | null) => {
    if (value === null && isMeant) reader.wrong(name, `is not set; DSW_CREDENTIAL=${kind} needs it`);
    return value ?? '';
  };
  switch (kind) {
    case 'federated-identity':
      return {
        kind,
        clientId: need('DSW_CLIENT_ID', reader.guid('DSW_CLIENT_ID')),
        managedIdentityClientId: need('DSW_MANAGED_IDENTITY_CLIENT_ID', reader.guid('DSW_MANAGED_IDENTITY_CLIENT_ID')),
      };
    case 'managed-identity':
      return { kind, managedIdentityClientId: reader.guid('DSW_MANAGED_IDENTITY_CLIENT_ID') };
    case 'certificate': {
      const certificatePath = need('DSW_CLIENT_CERTIFICATE_PATH', reader.text('DSW_CLIENT_CERTIFICATE_PATH'));
      if (certificatePath !== '' && !isReadable(certificatePath)) {
        reader.wrong('DSW_CLIENT_CERTIFICATE_PATH', 'names a file that cannot be read');
      }
      return { kind, clientId: need('DSW_CLIENT_ID', reader.guid('DSW_CLIENT_ID')), certificatePath };
    }
    case 'secret':
      return {
        kind,
        clientId: need('DSW_CLIENT_ID', reader.guid('DSW_CLIENT_ID')),
        clientSecret: need('DSW_CLIENT_SECRET', reader.text('DSW_CLIENT_SECRET')),
      };
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
