import { spf } from 'mailauth/lib/spf/index.js';
import type { PointerName, SpfMatch } from '../../core/traffic/network-context.ts';
import { findSpfEntry } from './find-spf-entry.ts';
import type { Resolver } from './open-resolver.ts';

const MOST_POINTERS = 3;
const RESULTS = ['pass', 'fail', 'softfail', 'neutral', 'none', 'permerror'] as const;

/** The name of an address, confirmed forward; null when the name service did not answer. */
export async function lookUpPointer(address: string, resolver: Resolver): Promise<PointerName | null> {
  const names = await resolver.pointers(address);
  if (names === null) return null;
  if (names.length === 0) return { kind: 'none' };
  let answered = false;
  for (const name of names.slice(0, MOST_POINTERS)) {
    const addresses = await resolver.addresses(name);
    answered ||= addresses !== null;
    if (addresses?.some((one) => sameAddress(one, address))) return { kind: 'confirmed', name: name.toLowerCase() };
  }
  return answered ? { kind: 'unconfirmed' } : null;
}

/**
 * What the tenant's SPF records say of an address: of the first domain that passes, else of the first. Null: could not be
 * told, which is so as well when no record that could be read passes and another could not be read.
 */
export async function lookUpSpf(
  address: string,
  domains: readonly string[],
  resolver: Resolver,
): Promise<SpfMatch | null> {
  const matches: (SpfMatch | null)[] = [];
  for (const domain of domains) {
    const match = await evaluate(address, domain, resolver);
    if (match?.result === 'pass') return match;
    matches.push(match);
  }
  return matches.includes(null) ? null : (matches[0] ?? null);
}

async function evaluate(address: string, domain: string, resolver: Resolver): Promise<SpfMatch | null> {
  const evaluated = await spf({
    sender: `postmaster@${domain}`,
    ip: address,
    helo: domain,
    mta: 'direct-send-watch',
    resolver: (name: string, type: string) => resolver.raw(name, type),
    maxResolveCount: 10,
    maxVoidCount: 2,
  } as Parameters<typeof spf>[0]);
  const result = RESULTS.find((one) => one === evaluated.status.result);
  // temperror: the name service did not answer.
  if (result === undefined) return null;
  const entry = await findSpfEntry(domain, address, resolver);
  return {
    result,
    domain,
    mechanism: entry?.mechanism ?? null,
    includes: entry?.includes ?? [],
    prefix: entry?.prefix ?? null,
  };
}

function sameAddress(one: string, other: string): boolean {
  return (
    one === other ||
    (one.includes(':') && other.includes(':') && new URL(`http://[${one}]`).host === new URL(`http://[${other}]`).host)
  );
}
