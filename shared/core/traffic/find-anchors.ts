import type { InboundConnector } from '../posture/inbound-connector.ts';
import { contains, widthOf } from './address-block.ts';
import { gatewaysOf, isGenericName, isOwnName, registeredPart } from './dns-names.ts';
import type { NetworkContext, SourceNetwork, SpfMatch } from './network-context.ts';
import type { ReasonCode } from './reason-words.ts';

/** The widest block that still names somebody in particular: 32 addresses of IPv4, one site of IPv6. */
const NARROW = { 4: 27, 6: 56 } as const;
/** A named location is written down by an administrator for this purpose: a whole office network counts. */
const NARROW_LOCATION = { 4: 24, 6: 48 } as const;

/** A reason of the network to believe that a source is the tenant's own. An attacker cannot give himself one of these. */
export type Anchor = Extract<
  ReasonCode,
  'spf-own-entry' | 'connector-address' | 'named-location' | 'users-sign-in-here' | 'own-host-name' | 'mail-gateway'
>;

/** The anchors of a source. What is unknown anchors nothing. `blocks` are the source's addresses, or the source itself. */
export function findAnchors(blocks: readonly string[], known: SourceNetwork, context: NetworkContext): Anchor[] {
  const anchors: Anchor[] = [];
  const has = (outer: string) => blocks.every((block) => contains(outer, block));
  if (isOwnSpfEntry(known.spf, context)) anchors.push('spf-own-entry');
  if (context.connectors?.some((connector) => namesNarrowly(connector, has))) anchors.push('connector-address');
  if (context.namedLocations?.some((location) => isNarrow(location, NARROW_LOCATION) && has(location))) {
    anchors.push('named-location');
  }
  const { signIns, pointer } = known;
  // One user's sign-ins may be those of a thief; several users on several days are an office.
  if (signIns && ((signIns.users >= 3 && signIns.days >= 3) || (signIns.users >= 2 && signIns.days >= 5))) {
    anchors.push('users-sign-in-here');
  }
  if (pointer?.kind === 'confirmed' && isOwnName(context.own, pointer.name)) anchors.push('own-host-name');
  if (isGateway(blocks, known, context)) anchors.push('mail-gateway');
  return anchors;
}

/** Whether SPF passes by an entry that many may share: a service's include or a wide block. Only a pass counts. */
export function isSharedSpfEntry(spf: SpfMatch | null, context: NetworkContext): boolean {
  return spf?.result === 'pass' && !isOwnSpfEntry(spf, context);
}

/**
 * Whether the source is the mail gateway of the tenant's MX records: next to their addresses, or with a
 * confirmed name of the same organisation that is not the name any of its customers' machines would have.
 */
export function isGateway(blocks: readonly string[], { pointer }: SourceNetwork, context: NetworkContext): boolean {
  const gateways = gatewaysOf(context.mailExchangers ?? []);
  const exchangers = gateways.flatMap(({ addresses }) => addresses);
  const isNear = (block: string) => exchangers.some((address) => contains(nextTo(address), block));
  if (blocks.length > 0 && blocks.every(isNear)) return true;
  if (pointer?.kind !== 'confirmed' || blocks.some((block) => isGenericName(pointer.name, block))) return false;
  const organisation = registeredPart(pointer.name);
  return gateways.some(({ hosts }) => hosts.some((host) => registeredPart(host) === organisation));
}

/** The 16 addresses of IPv4 that one machine room has in a row, the /64 of IPv6. */
function nextTo(address: string): string {
  return `${address}/${address.includes(':') ? 64 : 28}`;
}

function isOwnSpfEntry(spf: SpfMatch | null, context: NetworkContext): boolean {
  if (spf?.result !== 'pass' || spf.mechanism === null || spf.prefix === null) return false;
  if (spf.includes.some((include) => !isOwnName(context.own, include))) return false;
  // `mx` names the gateway, which many customers share, when the MX record does.
  if (/^\+?mx\b/i.test(spf.mechanism) && gatewaysOf(context.mailExchangers ?? []).length > 0) return false;
  if (/^\+?(?:all|exists|ptr)\b/i.test(spf.mechanism)) return false;
  return spf.prefix >= (spf.prefix > 32 || spf.mechanism.toLowerCase().includes('ip6') ? NARROW[6] : NARROW[4]);
}

function namesNarrowly(connector: InboundConnector, has: (outer: string) => boolean): boolean {
  return connector.enabled && connector.senderAddresses.some((entry) => isNarrow(entry, NARROW) && has(entry));
}

function isNarrow(block: string, least: { readonly 4: number; readonly 6: number }): boolean {
  const width = widthOf(block);
  return width !== null && width.prefix >= least[width.family];
}
