import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { TableClient, TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { QueueServiceClient, type StoragePipelineOptions } from '@azure/storage-queue';
import { clean } from '../../core/setting/interpret-answer.ts';
import { ConfigurationError } from '../config/setting-reader.ts';
import type { StorageSettings } from '../config/settings.ts';

export const TABLES = ['tenants', 'ledger', 'fleet', 'traffic', 'sweeps', 'mailbox'] as const;
export const QUEUES = ['tenant-checks', 'alert-deliveries'] as const;

/** Milliseconds for one request: an account that takes connections and never answers is a fault, not a reason to wait. */
const ANSWER_WITHIN = 30_000;

/** Where the host puts messages that failed too often. */
export function poisonOf(queue: (typeof QUEUES)[number]): string {
  return `${queue}-poison`;
}

/** The clients of one storage account. */
export interface Storage {
  readonly table: (name: (typeof TABLES)[number]) => TableClient;
  readonly queues: QueueServiceClient;
  /** Creates what is missing. Deployments declare everything; this is for a command line on an empty account. */
  prepare(): Promise<void>;
}

/** Opens storage by connection string or by identity. Asks nothing until it is used; a request takes `answerWithin` at most. */
export function openStorage(
  settings: StorageSettings,
  identity: () => TokenCredential,
  answerWithin = ANSWER_WITHIN,
): Storage {
  const options = limitRequests(answerWithin);
  const { tableService, tableClient, queues } =
    settings.kind === 'connection-string'
      ? openByConnectionString(settings.connectionString, options)
      : openByIdentity(settings.accountName, identity(), options);
  const tables = new Map(TABLES.map((name) => [name, tableClient(name)]));
  return {
    table: (name) => tables.get(name) ?? tableClient(name),
    queues,
    async prepare() {
      await Promise.all([
        ...TABLES.map((name) => tableService.createTable(name)),
        ...QUEUES.flatMap((name) => [name, poisonOf(name)]).map((name) =>
          queues.getQueueClient(name).createIfNotExists(),
        ),
      ]);
    },
  };
}

interface RequestOptions {
  readonly tables: TableServiceClientOptions;
  readonly queues: StoragePipelineOptions;
}

function limitRequests(answerWithin: number): RequestOptions {
  const policy: PipelinePolicy = {
    name: 'answerWithin',
    async sendRequest(request, next) {
      request.timeout = answerWithin;
      try {
        return await next(request);
      } catch (error) {
        // The library says of its own time-out only that something was aborted.
        const late = error instanceof Error && error.name === 'AbortError' && request.abortSignal?.aborted !== true;
        throw late ? new Error(`no answer came within ${answerWithin / 1000} s`) : error;
      }
    },
  };
  return {
    tables: { additionalPolicies: [{ policy, position: 'perCall' }] },
    queues: { retryOptions: { tryTimeoutInMs: answerWithin } },
  };
}

function openByConnectionString(connectionString: string, { tables, queues }: RequestOptions) {
  const options = { ...tables, allowInsecureConnection: isLocal(connectionString) };
  try {
    return {
      tableService: TableServiceClient.fromConnectionString(connectionString, options),
      tableClient: (name: string) => TableClient.fromConnectionString(connectionString, name, options),
      queues: QueueServiceClient.fromConnectionString(connectionString, queues),
    };
  } catch (error) {
    throw new ConfigurationError(
      `AzureWebJobsStorage is not a connection string that can be used (${clean((error as Error).message)}). Copy it again from the storage account's access keys`,
    );
  }
}

function openByIdentity(account: string, identity: TokenCredential, options: RequestOptions) {
  const tables = `https://${account}.table.core.windows.net`;
  return {
    tableService: new TableServiceClient(tables, identity, options.tables),
    tableClient: (name: string) => new TableClient(tables, name, identity, options.tables),
    queues: new QueueServiceClient(`https://${account}.queue.core.windows.net`, identity, options.queues),
  };
}

/** Plain http is for the emulator on this machine only. */
function isLocal(connectionString: string): boolean {
  return /UseDevelopmentStorage=true|TableEndpoint=http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/i.test(
    connectionString,
  );
}
