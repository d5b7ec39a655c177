import { app, type InvocationContext } from '@azure/functions';
import { deliveryMessage } from '../shared/core/schemas.ts';
import { deliverAll } from '../shared/jobs/deliver-all.ts';
import { listManaged } from '../shared/jobs/list-tenants.ts';
import { readMessage } from './read-message.ts';
import { serve } from './serve.ts';

/** Milliseconds that one invocation waits for short retries; what comes due later is tended to. */
const PATIENCE = 10_000;

app.storageQueue('deliverAlert', {
  queueName: 'alert-deliveries',
  connection: 'AzureWebJobsStorage',
  handler: deliver,
});

async function deliver(message: unknown, context: InvocationContext): Promise<void> {
  const { channel } = readMessage(deliveryMessage, message, 'alert-deliveries', context);
  const { services } = await serve(context);
  const managed = await listManaged(services);
  const named = managed.channels.filter(({ id }) => id === channel);
  await deliverAll(services, named, managed, { patience: PATIENCE, random: Math.random });
}
