import type { Random } from './random.ts';

/*
 * Addresses are taken from 198.18.0.0/15 and 2001:db8::/32, which nobody routes. Their parts play the parts of the Internet:
 * office lines, services, hosting, homes.
 */

/** A static line of an office. */
export function officeAddress(random: Random): string {
  return `198.18.${random.int(0, 63)}.${random.int(2, 250)}`;
}

/** A pool of addresses of a mail service, all in one /24. */
export function servicePool(random: Random, size: number): string[] {
  const net = `198.18.${random.int(64, 127)}`;
  return random.some(range(2, 250), size).map((last) => `${net}.${last}`);
}

/** A single host of a provider of relays, forwarding or lists. */
export function relayAddress(random: Random): string {
  return `198.18.${random.int(128, 191)}.${random.int(2, 250)}`;
}

/** A rented server, where most abuse comes from. */
export function hostedAddress(random: Random): string {
  return `198.19.${random.int(0, 127)}.${random.int(2, 250)}`;
}

/** A home or mobile line, for hire to anybody by proxy services; one in three has IPv6 only. */
export function homeAddress(random: Random, family: 4 | 6 | 'any' = 'any'): string {
  if (family === 6 || (family === 'any' && random.chance(0.33))) {
    return `2001:db8:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}:${random.hex(4)}`;
  }
  return `198.19.${random.int(128, 255)}.${random.int(2, 250)}`;
}

/** Addresses of a hosting block that a customer's SPF record lists as a whole. */
export function cloudBlock(random: Random): { readonly block: string; readonly address: () => string } {
  const third = random.int(0, 7) * 16;
  return { block: `198.19.${third}.0/20`, address: () => `198.19.${third + random.int(0, 15)}.${random.int(2, 250)}` };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
