import type { Reason } from '../setting/reading.ts';
import type { Instant } from '../time.ts';

/** What is believed about our own ability to see, over all tenants. */
export interface FleetState {
  /** Most tenants cannot be read for one reason that is ours; null while that is not so. */
  readonly blind: {
    readonly number: number;
    readonly since: Instant;
    readonly reason: Reason;
    readonly toldChannels: readonly string[];
  } | null;
  readonly blindEpisodes: number;
  /** The newest sweep that was judged; a sweep is judged once. */
  readonly judgedRun: string | null;
  /** When each channel's last heartbeat was due; the first is due one period after the first sweep. */
  readonly heartbeats: Readonly<Record<string, Instant>>;
  /** The UTC day on which other channels were last told that a channel is broken. */
  readonly toldBroken: Readonly<Record<string, string>>;
}

export const NEW_FLEET: FleetState = {
  blind: null,
  blindEpisodes: 0,
  judgedRun: null,
  heartbeats: {},
  toldBroken: {},
};
