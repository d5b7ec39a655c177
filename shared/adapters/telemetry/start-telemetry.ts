import { ManagedIdentityCredential } from '@azure/identity';
import type { Settings } from '../config/settings.ts';

let started: Promise<() => Promise<void>> | null = null;

/** Starts exporting to Azure Monitor once, when a connection string is set; without one nothing of it is even loaded. */
export async function startTelemetry(settings: Settings): Promise<void> {
  const { telemetryConnectionString, telemetryAuthentication } = settings;
  if (telemetryConnectionString === null) return;
  started ??= start(telemetryConnectionString, telemetryAuthentication);
  await started;
}

/** Sends what is left. The host ends the worker 5 s after it asks it to, so this gives up sooner. */
export async function stopTelemetry(): Promise<void> {
  if (started === null) return;
  const stop = await started;
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, 3000).unref());
  await Promise.race([stop().catch(() => {}), timeout]);
}

async function start(connectionString: string, authentication: string | null): Promise<() => Promise<void>> {
  // Else it lets every Azure SDK print its warnings, and each line is paid for.
  process.env.AZURE_LOG_LEVEL ??= 'error';
  const { useAzureMonitor, shutdownAzureMonitor } = await import('@azure/monitor-opentelemetry');
  const clientId = /ClientId=([0-9a-f-]{36})/i.exec(authentication ?? '')?.[1];
  const off = { enabled: false };
  useAzureMonitor({
    azureMonitorExporterOptions: {
      connectionString,
      disableOfflineStorage: true,
      ...(clientId === undefined ? {} : { credential: new ManagedIdentityCredential({ clientId }) }),
    },
    enableLiveMetrics: false,
    enableStandardMetrics: false,
    // Automatic spans of HTTP calls would carry webhook URLs, which are secrets, and cost a row for each of thousands of calls.
    instrumentationOptions: {
      http: off,
      azureSdk: off,
      mongoDb: off,
      mySql: off,
      postgreSql: off,
      redis: off,
      redis4: off,
    },
  });
  return shutdownAzureMonitor;
}
