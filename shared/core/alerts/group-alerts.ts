import type { AlertKind } from './alert.ts';

/** Alerts about more tenants than this go out as one digest (design and sheet: over five tenants in one sweep). */
export const MOST_SINGLE_CARDS = 5;

/** What a reader takes in together: openings, endings, reminders … are each one story. */
const FAMILY: Readonly<Record<AlertKind, string | null>> = {
  drifted: 'opening',
  'found-permissive': 'opening',
  reminder: 'reminder',
  recovered: 'recovered',
  blinded: 'blinded',
  sighted: 'sighted',
  attributed: 'attributed',
  'exception-expiring': 'exception-expiring',
  'spoofing-seen': 'spoofing-seen',
  // About us or a channel, not about tenants: each is read by itself.
  'fleet-blind': null,
  'fleet-sighted': null,
  digest: null,
  heartbeat: null,
  'channel-broken': null,
  test: null,
};

/** Something that waits, reduced to what grouping looks at. */
export interface Groupable {
  readonly kind: AlertKind;
  readonly scope: string;
}

/**
 * The next message's worth of what waits, in the order given: one alert, or all alerts of the first one's family when they
 * are about more than five tenants. Returns an empty list only for an empty list.
 */
export function nextGroup<T extends Groupable>(waiting: readonly T[], mayGroup: boolean): readonly T[] {
  const first = waiting[0];
  if (first === undefined) return [];
  const family = FAMILY[first.kind];
  if (!mayGroup || family === null) return [first];
  const relatives = waiting.filter((one) => FAMILY[one.kind] === family);
  const tenants = new Set(relatives.map((one) => one.scope)).size;
  return tenants > MOST_SINGLE_CARDS ? relatives : [first];
}
