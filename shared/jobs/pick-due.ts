import { LONGEST_WAIT } from '../core/alerts/retry-table.ts';
import { between, type Instant } from '../core/time.ts';
import type { Waiting } from './send-group.ts';
import type { ChannelPace } from './services.ts';

/** Whether a moment has come; one that lies farther ahead than any rule allows was written by a wrong clock and has. */
function hasCome(at: Instant, now: Instant): boolean {
  return at <= now || between(now, at) > LONGEST_WAIT;
}

/** What may be sent to a channel now, in order. A broken channel gets one message at a time: something new, or a probe when it is due. */
export function pickDue(waiting: readonly Waiting[], pace: ChannelPace, now: Instant): readonly Waiting[] {
  const { holdUntil, broken } = pace;
  if (holdUntil !== null && !hasCome(holdUntil, now)) return [];
  // What failed before goes last, so that one bad message cannot stand in the way of the good ones.
  const inOrder = waiting.toSorted((one, other) => one.item.attempts - other.item.attempts);
  const parked = inOrder.filter(({ item }) => item.status === 'parked');
  const pending = inOrder.filter(({ item }) => item.status === 'pending' && hasCome(item.nextAt, now));
  if (broken === null) return [...pending, ...parked];
  if (pending.length > 0) return pending.slice(0, 1);
  // Each probe tries another one: the oldest may be the very message that is refused.
  const probe = hasCome(broken.nextProbeAt, now) ? parked[broken.probes % Math.max(parked.length, 1)] : undefined;
  return probe === undefined ? [] : [probe];
}

/** When something comes due again by itself; null when only a probe or a new alert can move the channel. */
export function nextDue(waiting: readonly Waiting[], { holdUntil, broken }: ChannelPace): Instant | null {
  if (broken !== null) return null;
  const first = waiting
    .filter(({ item }) => item.status === 'pending')
    .map(({ item }) => item.nextAt)
    .sort()[0];
  if (first === undefined) return null;
  return holdUntil !== null && holdUntil > first ? holdUntil : first;
}
