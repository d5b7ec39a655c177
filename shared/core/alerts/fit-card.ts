import type { Limits } from './story.ts';

/** Teams refuses messages of about 28 KB after having accepted them, so ours stay well below; the whole JSON counts. */
export const MAX_CARD_BYTES = 24_576;

/** From generous to bare. */
const LADDER: readonly Limits[] = [
  { text: 300, rows: 100, optional: true },
  { text: 120, rows: 75, optional: true },
  { text: 80, rows: 50, optional: true },
  { text: 60, rows: 35, optional: true },
  { text: 60, rows: 20, optional: false },
  { text: 40, rows: 8, optional: false },
];

/** Only what is never dropped: alert id, tenant, verdict and window. */
const SMALLEST: Limits = { text: 40, rows: 0, optional: false };

/**
 * Builds a message with ever smaller limits until its JSON fits into `maxBytes` UTF-8 bytes; the first that fits is returned,
 * and the smallest when none does: a message is never dropped for its size.
 */
export function fitIntoBytes<Message>(build: (limits: Limits) => Message, maxBytes: number): Message {
  const fits = LADDER.find((limits) => Buffer.byteLength(JSON.stringify(build(limits))) <= maxBytes);
  return build(fits ?? SMALLEST);
}
