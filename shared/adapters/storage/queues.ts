import type { CheckMessage, DeliveryMessage } from '../../core/schemas.ts';
import type { Queues } from '../../jobs/services.ts';
import { poisonOf, QUEUES, type Storage } from './open-storage.ts';
import { orNull } from './table-errors.ts';

/** Messages sent at once; a queue takes about 2,000 a second. */
const ABREAST = 32;

/** The two queues. Messages are hints: whatever they ask for is derived again from stored state. */
export function openQueues(storage: Storage): Queues {
  const checks = storage.queues.getQueueClient('tenant-checks');
  const deliveries = storage.queues.getQueueClient('alert-deliveries');
  return {
    async sendChecks(messages) {
      const rest = messages[Symbol.iterator]();
      const sender = async () => {
        for (const message of rest) await checks.sendMessage(encode(message));
      };
      await Promise.all(Array.from({ length: ABREAST }, sender));
    },
    async sendDelivery(channel, delay) {
      await deliveries.sendMessage(encode({ schema: 1, channel }), { visibilityTimeout: Math.ceil(delay / 1000) });
    },
    async poison() {
      const counts: Record<string, number> = {};
      for (const queue of QUEUES) {
        const properties = await orNull(storage.queues.getQueueClient(poisonOf(queue)).getProperties());
        counts[queue] = properties?.approximateMessagesCount ?? 0;
      }
      return counts;
    },
  };
}

/** The host expects base64, which this client does not do by itself (sheet, section 1.3). */
function encode(message: CheckMessage | DeliveryMessage): string {
  return Buffer.from(JSON.stringify(message)).toString('base64');
}
