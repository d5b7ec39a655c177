import type { QueueClient } from '@azure/storage-queue';
import { poisonOf, QUEUES, type Storage } from '../../../shared/adapters/storage/open-storage.ts';
import { openQueues } from '../../../shared/adapters/storage/queues.ts';
import { type CheckMessage, checkMessage, deliveryMessage } from '../../../shared/core/schemas.ts';
import { openTables } from '../../support/open-tables.ts';
import { tenantId } from '../../support/open-world.ts';

let storage: Storage;

beforeEach(async () => {
  storage = await openTables();
});

/** Takes every message that can be seen. */
async function takeAll(queue: QueueClient): Promise<unknown[]> {
  const taken: unknown[] = [];
  for (;;) {
    const { receivedMessageItems: items } = await queue.receiveMessages({ numberOfMessages: 32 });
    if (items.length === 0) return taken;
    taken.push(...items.map(({ messageText }) => JSON.parse(Buffer.from(messageText, 'base64').toString('utf8'))));
  }
}

function message(nth: number): CheckMessage {
  const tenant = { id: tenantId(nth), name: `Kunde ${nth} 字`, domains: [], cloud: 'global', channels: [] } as const;
  const registered = {
    ...tenant,
    domains: [],
    channels: [],
    escalation: null,
    registeredAt: '2026-11-20T08:00:00.000Z',
  };
  return { schema: 1, runId: 'run', tenant: registered };
}

it('sends one message per tenant, in the form that the host and the trigger expect', async () => {
  const messages = Array.from({ length: 70 }, (_, nth) => message(nth));
  await openQueues(storage).sendChecks(messages);
  const taken = await takeAll(storage.queues.getQueueClient('tenant-checks'));
  const byTenant = (one: unknown) => (one as CheckMessage).tenant.id;
  expect(taken.sort((one, other) => (byTenant(one) < byTenant(other) ? -1 : 1))).toEqual(messages);
  for (const one of taken) expect(checkMessage.safeParse(one).success).toBe(true);
});

it('hints at a channel, now or later', async () => {
  const queues = openQueues(storage);
  await queues.sendDelivery('ops', 0);
  await queues.sendDelivery('siem', 60_000);
  const queue = storage.queues.getQueueClient('alert-deliveries');
  const taken = await takeAll(queue);
  expect(taken).toEqual([{ schema: 1, channel: 'ops' }]);
  expect(deliveryMessage.safeParse(taken[0]).success).toBe(true);
  expect((await queue.getProperties()).approximateMessagesCount).toBe(2);
});

it('counts what lies in the poison queues, also when they are not there', async () => {
  const queues = openQueues(storage);
  expect(await queues.poison()).toEqual({ 'tenant-checks': 0, 'alert-deliveries': 0 });
  await storage.queues.getQueueClient(poisonOf('tenant-checks')).sendMessage('x');
  await storage.queues.getQueueClient(poisonOf('alert-deliveries')).delete();
  expect(await queues.poison()).toEqual({ 'tenant-checks': 1, 'alert-deliveries': 0 });
});

it('preparing twice changes nothing', async () => {
  await openQueues(storage).sendDelivery('ops', 0);
  await storage.prepare();
  expect(await takeAll(storage.queues.getQueueClient(QUEUES[1]))).toHaveLength(1);
});
