import { between, type Instant, later, SECOND } from '../core/time.ts';
import type { ChannelPace, Services, Versioned } from './services.ts';

/** A request may take 20 s; the rest is for writing down its outcome. */
export const LEASE = 30 * SECOND;
const BETWEEN_POSTS = SECOND;

const NO_PACE: ChannelPace = {
  leaseOwner: null,
  leaseUntil: null,
  lastPostAt: null,
  holdUntil: null,
  lastAcceptedAt: null,
  broken: null,
};

/** The right to send to one channel, for a short while. */
export interface ChannelLease {
  readonly pace: ChannelPace;
  /** Waits until the channel may be sent to again (one request a second) and extends the lease; false when it was lost. */
  beforePost(): Promise<boolean>;
  /** Writes down what a request did to the channel; false when the lease was lost. */
  note(change: Partial<ChannelPace>): Promise<boolean>;
  release(): Promise<void>;
}

export type Claim = { readonly lease: ChannelLease } | { readonly heldUntil: Instant };

/** Claims a channel, so that of two delivering instances one sends. A lease whose owner is known to be dead is free. */
export async function claimChannel(services: Services, channel: string): Promise<Claim> {
  const { mailbox, owner } = services;
  for (;;) {
    const now = services.now().toISOString();
    const found = await mailbox.pace(channel);
    const holder = found?.value.leaseOwner ?? null;
    const until = found?.value.leaseUntil ?? null;
    // A lease that ends later than any lease can was written by a wrong clock.
    const runs = until !== null && until > now && between(now, until) <= LEASE;
    // Our own name counts too: an app gets several messages about one channel at once.
    if (holder !== null && until !== null && runs && !owner.isGone(holder)) return { heldUntil: until };
    const pace = { ...(found?.value ?? NO_PACE), leaseOwner: owner.name, leaseUntil: later(now, LEASE) };
    const saved = await mailbox.savePace(channel, pace, found?.version ?? null);
    if (saved !== 'conflict') return { lease: holdLease(services, channel, saved) };
  }
}

function holdLease(services: Services, channel: string, first: Versioned<ChannelPace>): ChannelLease {
  let held = first;
  const save = async (change: Partial<ChannelPace>): Promise<boolean> => {
    const saved = await services.mailbox.savePace(channel, { ...held.value, ...change }, held.version);
    if (saved === 'conflict') return false;
    held = saved;
    return true;
  };
  return {
    get pace() {
      return held.value;
    },
    async beforePost() {
      const { lastPostAt } = held.value;
      const elapsed = lastPostAt === null ? BETWEEN_POSTS : between(lastPostAt, services.now().toISOString());
      if (elapsed >= 0 && elapsed < BETWEEN_POSTS) await services.wait(BETWEEN_POSTS - elapsed);
      const now = services.now().toISOString();
      return save({ lastPostAt: now, leaseUntil: later(now, LEASE) });
    },
    note: save,
    async release() {
      await save({ leaseOwner: null, leaseUntil: null });
    },
  };
}
