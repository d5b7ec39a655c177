import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The id of an alert: base32 (RFC 4648, no padding) of the first 16 bytes of a SHA-256, 26 characters.
 * Derived from what the alert is about, so that a repeated or crashed run names it alike; it does not depend on the channel.
 */
export function nameAlert(scope: string, kind: string, occasion: string): string {
  const digest = createHash('sha256').update(`${scope}|${kind}|${occasion}`).digest().subarray(0, 16);
  let bits = '';
  for (const byte of digest) bits += byte.toString(2).padStart(8, '0');
  let id = '';
  for (let at = 0; at < bits.length; at += 5) id += ALPHABET[Number.parseInt(bits.slice(at, at + 5).padEnd(5, '0'), 2)];
  return id;
}
