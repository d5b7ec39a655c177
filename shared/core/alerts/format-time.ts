import { DAY, HOUR, type Instant, MINUTE } from '../time.ts';

/** Times as one reader wants them. Every function takes any string: one that is no instant comes back as it is. */
export interface Times {
  /** `2026-11-20T09:14:05Z`: what scripts and logs of other systems can be searched for. */
  utc(instant: Instant): string;
  /** In the reader's language and time zone; null when the zone is UTC or not one that exists, because `utc` says it already. */
  local(instant: Instant): string | null;
  /** The largest unit and the next smaller one, in words, at least a minute: `3 days 2 hours`. */
  duration(milliseconds: number): string;
  /** The IANA name of the time zone, for those who read `local`. */
  readonly zone: string;
}

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** Builds the clockless formatting of times for a locale and an IANA time zone. */
export function formatTimesFor(locale: string, zone: string): Times {
  const formatter = zone === 'UTC' ? null : createFormatter(locale, zone);
  return {
    zone,
    utc: (instant) => (isInstant(instant) ? `${new Date(instant).toISOString().slice(0, 19)}Z` : instant),
    local: (instant) => (formatter && isInstant(instant) ? formatter.format(new Date(instant)) : null),
    duration: (milliseconds) => describeDuration(locale, milliseconds),
  };
}

function createFormatter(locale: string, timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  } catch {
    // A time zone that does not exist must not keep an alert from being sent; UTC is shown in any case.
    return null;
  }
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text));
}

function describeDuration(locale: string, milliseconds: number): string {
  const rest = Number.isFinite(milliseconds) ? Math.max(milliseconds, MINUTE) : MINUTE;
  const largest = UNITS.findIndex(([, length]) => rest >= length);
  const parts: string[] = [];
  let left = rest;
  for (const [unit, length] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) {
      parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count));
    }
  }
  return parts.join(' ');
}
