import { QueueServiceClient } from '@azure/storage-queue';
import { type FunctionsHost, InvocationError } from './functions-host.ts';

/** What a pump did with the messages it found. */
export interface Pumped {
  readonly handled: number;
  readonly poisoned: number;
  readonly errors: readonly InvocationError[];
}

export interface PumpedQueue {
  readonly queue: string;
  readonly handler: string;
}

const MOST_DEQUEUES = 4;

/**
 * Does what the host does with a queue until it is empty: receive, invoke, delete; after `maxDequeueCount` failures a copy
 * goes to the poison queue. Messages that are delayed or hidden after a failure are seen at once.
 */
export async function pumpQueue(
  host: FunctionsHost,
  connectionString: string,
  { queue, handler }: PumpedQueue,
): Promise<Pumped> {
  const service = QueueServiceClient.fromConnectionString(connectionString);
  const client = service.getQueueClient(queue);
  const errors: InvocationError[] = [];
  let handled = 0;
  let poisoned = 0;
  for (;;) {
    const { receivedMessageItems } = await client.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 60 });
    if (receivedMessageItems.length === 0) return { handled, poisoned, errors };
    for (const message of receivedMessageItems) {
      const text = Buffer.from(message.messageText, 'base64').toString('utf8');
      let done = false;
      for (let count = message.dequeueCount; count <= MOST_DEQUEUES && !done; count += 1) {
        try {
          await host.queue(handler, text, count);
          done = true;
          handled += 1;
        } catch (error) {
          if (!(error instanceof InvocationError)) throw error;
          errors.push(error);
        }
      }
      if (!done) {
        await service.getQueueClient(`${queue}-poison`).sendMessage(message.messageText);
        poisoned += 1;
      }
      await client.deleteMessage(message.messageId, message.popReceipt);
    }
  }
}
