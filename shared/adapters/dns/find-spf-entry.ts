import ipaddr from 'ipaddr.js';
import type { Resolver } from './open-resolver.ts';

/** The entry of an SPF record that matches an address. */
export interface SpfEntry {
  /** As written, with its qualifier. */
  readonly mechanism: string;
  /** Domains of the includes and redirects on the way, outermost first. */
  readonly includes: readonly string[];
  /** Prefix length, in the family of the address, of what the entry covers; null when it cannot be told. */
  readonly prefix: number | null;
}

/** An attacker's record may include others for ever; RFC 7208 allows ten look-ups in all. */
const DEEPEST = 10;

/**
 * Finds the entry that matches, which a verifier does not tell: it walks the record in order as RFC 7208 says. Entries that
 * depend on the sender (macros, `exists`, `ptr`) are passed over. Null: none matched, or the record could not be read.
 */
export async function findSpfEntry(domain: string, address: string, resolver: Resolver): Promise<SpfEntry | null> {
  return walk(domain, ipaddr.process(address), resolver, [], { left: DEEPEST });
}

type Address = ReturnType<typeof ipaddr.process>;

async function walk(
  domain: string,
  address: Address,
  resolver: Resolver,
  includes: readonly string[],
  lookups: { left: number },
): Promise<SpfEntry | null> {
  const record = (await resolver.txt(domain))?.find((text) => /^v=spf1(?: |$)/i.test(text));
  if (record === undefined) return null;
  const terms = record.trim().split(/\s+/).slice(1);
  for (const term of terms) {
    const match = /^([+?~-]?)(all|ip4|ip6|a|mx|include)(?::([^/\s]+))?(?:\/(\d{1,3}))?(?:\/\/(\d{1,3}))?$/i.exec(term);
    if (match === null || term.includes('%')) continue;
    const [, qualifier = '', kind = '', value, bits4, bits6] = match;
    const name = kind.toLowerCase();
    if (name === 'all') return { mechanism: term, includes, prefix: 0 };
    if (name === 'include') {
      if (value === undefined || lookups.left-- <= 0) continue;
      const inner = await walk(value, address, resolver, [...includes, value.toLowerCase()], lookups);
      // An include matches only when the included record passes.
      if (inner !== null && !/^[?~-]/.test(inner.mechanism) && !/^[?~-]/.test(qualifier)) return inner;
      continue;
    }
    const prefix = await matchAddresses(name, value ?? domain, term, address, { bits4, bits6 }, resolver, lookups);
    if (prefix !== null) return { mechanism: term, includes, prefix };
  }
  const redirect = terms.map((term) => /^redirect=([^%\s]+)$/i.exec(term)?.[1]).find((one) => one !== undefined);
  if (redirect === undefined || lookups.left-- <= 0) return null;
  return walk(redirect, address, resolver, [...includes, redirect.toLowerCase()], lookups);
}

async function matchAddresses(
  kind: string,
  value: string,
  term: string,
  address: Address,
  { bits4, bits6 }: { bits4: string | undefined; bits6: string | undefined },
  resolver: Resolver,
  lookups: { left: number },
): Promise<number | null> {
  const full = address.kind() === 'ipv4' ? 32 : 128;
  if (kind === 'ip4' || kind === 'ip6') {
    // The value of ip6 contains colons, which the form above does not cut: take it from the term.
    const [block = '', bits] = term.replace(/^[+?~-]?ip[46]:/i, '').split('/');
    return covers(block, bits === undefined ? null : Number(bits), address, full);
  }
  if (lookups.left-- <= 0) return null;
  const hosts = kind === 'mx' ? ((await resolver.mx(value)) ?? []).slice(0, 10) : [value];
  const bits = address.kind() === 'ipv4' ? bits4 : bits6;
  for (const host of hosts) {
    for (const one of (await resolver.addresses(host)) ?? []) {
      const prefix = covers(one, bits === undefined ? null : Number(bits), address, full);
      if (prefix !== null) return prefix;
    }
  }
  return null;
}

/** The prefix length when the block covers the address, else null. */
function covers(block: string, bits: number | null, address: Address, full: number): number | null {
  if (!ipaddr.isValid(block)) return null;
  const network = ipaddr.process(block);
  const prefix = bits ?? full;
  if (network.kind() !== address.kind() || prefix > full) return null;
  return address.match(network, prefix) ? prefix : null;
}
