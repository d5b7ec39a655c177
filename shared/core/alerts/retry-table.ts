import { DAY, HOUR, MINUTE, SECOND } from '../time.ts';

/** Waits after the 1st, 2nd … failed attempt (Standard Webhooks 1.0.0); the last one repeats for ever, because nothing is given up. */
export const RETRY_TABLE = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

const LONGEST_RETRY_AFTER = DAY;
const HOURLY_PROBES = 24;

/**
 * Milliseconds until the next attempt. `asked` is a Retry-After in milliseconds, obeyed up to a day; else the table with up to
 * 20 % jitter, so that many channels of one outage do not return together. `random` is from [0, 1).
 */
export function retryWait(attempts: number, asked: number | null, random: number): number {
  if (asked !== null) return Math.min(Math.max(asked, SECOND), LONGEST_RETRY_AFTER);
  const wait = RETRY_TABLE[Math.min(Math.max(attempts, 1), RETRY_TABLE.length) - 1] ?? LONGEST_RETRY_AFTER;
  return Math.round(wait * (1 + 0.2 * random));
}

/** Milliseconds until a broken channel is tried again: hourly for a day, then daily. */
export function probeWait(probes: number): number {
  return probes < HOURLY_PROBES ? HOUR : DAY;
}

/** A moment that is farther away than any rule allows was written by a wrong clock; it is due now. */
export const LONGEST_WAIT = DAY * 1.25;
