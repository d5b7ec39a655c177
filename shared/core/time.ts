/** A moment in UTC as `Date.prototype.toISOString` writes it, so that text order is time order. */
export type Instant = string;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** The moment `milliseconds` after `instant` (before it, when negative). */
export function later(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function between(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}

/** The UTC calendar day of a moment, `yyyy-mm-dd`. */
export function dayOf(instant: Instant): string {
  return instant.slice(0, 10);
}
