import { TableClient, TableServiceClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';

/** Everything that lies in a storage account, as text: each table's rows, and the messages of each queue. */
export async function readStorage(connectionString: string): Promise<string[]> {
  const options = { allowInsecureConnection: true };
  const found: string[] = [];
  for await (const { name = '' } of TableServiceClient.fromConnectionString(connectionString, options).listTables()) {
    const table = TableClient.fromConnectionString(connectionString, name, options);
    for await (const row of table.listEntities()) found.push(`table ${name}: ${JSON.stringify(row)}`);
  }
  const queues = QueueServiceClient.fromConnectionString(connectionString);
  for await (const { name } of queues.listQueues()) {
    const { peekedMessageItems } = await queues.getQueueClient(name).peekMessages({ numberOfMessages: 32 });
    for (const { messageText } of peekedMessageItems) {
      found.push(`queue ${name}: ${Buffer.from(messageText, 'base64').toString('utf8')}`);
    }
  }
  return found;
}
