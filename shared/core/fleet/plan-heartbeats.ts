import { between, DAY, type Instant, WEEK } from '../time.ts';
import type { FleetState } from './fleet-state.ts';

export type HeartbeatEvery = 'daily' | 'weekly' | 'monthly' | 'off';

const PERIOD = { daily: DAY, weekly: WEEK, monthly: 30 * DAY } as const;

/** Alerts per commit: an entity group transaction takes 100 changes. */
export const MOST_HEARTBEATS = 40;

/** The channels whose heartbeat is due, and the state that remembers it. The first is due one period after a channel's first sweep. At most 40 at a time. */
export function planHeartbeats(
  before: FleetState,
  channels: readonly string[],
  every: HeartbeatEvery,
  now: Instant,
): { state: FleetState; due: readonly string[] } {
  if (every === 'off') return { state: before, due: [] };
  const heartbeats: Record<string, Instant> = {};
  const due: string[] = [];
  for (const channel of channels) {
    // A channel may be called "constructor", which every object has.
    const last = Object.hasOwn(before.heartbeats, channel) ? before.heartbeats[channel] : undefined;
    // A clock that was set back must not silence the heartbeat until it has caught up.
    const elapsed = last === undefined ? 0 : Math.abs(between(last, now));
    const isDue = elapsed >= PERIOD[every] && due.length < MOST_HEARTBEATS;
    if (isDue) due.push(channel);
    heartbeats[channel] = last === undefined || isDue ? now : last;
  }
  const same = JSON.stringify(heartbeats) === JSON.stringify(before.heartbeats);
  return { state: same ? before : { ...before, heartbeats }, due };
}
