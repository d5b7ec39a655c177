import { nameAlert } from '../core/alerts/name-alert.ts';
import type { NamedChannel } from '../core/registry/tenant.ts';
import { claimChannel } from './lease-channel.ts';
import type { SendResult, Services } from './services.ts';

/** Sends a test alert at once. A channel that takes it works again: what waits for it goes out with the next delivery. */
export async function testChannel(services: Services, channel: NamedChannel): Promise<SendResult> {
  const claim = await claimChannel(services, channel.id);
  if ('heldUntil' in claim) {
    return {
      kind: 'retry',
      after: null,
      mayHaveArrived: false,
      error: 'another delivery is using the channel; try again in half a minute',
    };
  }
  try {
    await claim.lease.beforePost();
    const raisedAt = services.now().toISOString();
    const id = nameAlert(channel.id, 'test', raisedAt);
    const alert = { id, raisedAt, tenant: null, ledger: null, facts: { kind: 'test' } } as const;
    const result = await services.channels.send(channel, {
      alert,
      possibleRepeat: false,
      shrink: 0,
      traffic: null,
      changedBy: null,
    });
    if (result.kind === 'accepted') await claim.lease.note({ lastAcceptedAt: raisedAt, broken: null, holdUntil: null });
    return result;
  } finally {
    await claim.lease.release();
  }
}
