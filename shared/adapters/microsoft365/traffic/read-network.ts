import { gatewaysOf } from '../../../core/traffic/dns-names.ts';
import type { MailExchangers, SourceNetwork } from '../../../core/traffic/network-context.ts';
import { isOwnDomain, type OwnDomains } from '../../../core/traffic/own-domains.ts';
import { parseNeighbours, parseSignIns } from '../../../core/traffic/parse-neighbours.ts';
import type { SourceEvidence } from '../../../core/traffic/source-evidence.ts';
import { runAbreast } from '../../../jobs/run-abreast.ts';
import type { QueryPeriod } from '../../../queries/build-query.ts';
import { lookUpPointer, lookUpSpf } from '../../dns/look-up-source.ts';
import type { Resolver } from '../../dns/open-resolver.ts';
import { type HuntingResult, type HuntingTools, runHunting } from '../run-hunting.ts';
import type { SignInTarget } from '../sign-in.ts';

const MOST_DOMAINS = 500;
/** Records that are evaluated for one source: first those of the domains that it sends as. */
const MOST_SPF_DOMAINS = 20;
/** Sources that are looked up, those seen on most days first, because a loud campaign must not push devices out; the others stay unknown. */
const MOST_SOURCES = 300;
const MOST_HOSTS = 5;
const ABREAST = 16;

/** What the tenant's other mail and sign-ins say of addresses; null where they could not be read. */
export interface HuntedNetwork {
  readonly neighbours: ReturnType<typeof parseNeighbours> | null;
  readonly signIns: ReturnType<typeof parseSignIns> | null;
}

/** Asks advanced hunting what the sources of the last 30 days do besides. */
export async function huntNetwork(
  tools: HuntingTools,
  tenant: SignInTarget,
  own: OwnDomains,
  period: QueryPeriod,
): Promise<HuntedNetwork> {
  const neighbours = await runHunting(tools, tenant, 'neighbours', own, period);
  const signIns = await runHunting(tools, tenant, 'sign-ins', own, period);
  return {
    neighbours: isWhole(neighbours) ? parseNeighbours(neighbours.rows) : null,
    signIns: isWhole(signIns) ? parseSignIns(signIns.rows) : null,
  };
}

/** Of half an answer, a source that is missing would count as one that does nothing else. */
function isWhole(result: HuntingResult): result is Extract<HuntingResult, { ok: true }> {
  return result.ok && !result.truncated;
}

/**
 * The mail exchangers of the own domains. Null: it could not be told of every domain, and none of the others has a gateway; the
 * missing one may. Domains below onmicrosoft.com are not asked for: their mail always comes to Exchange Online.
 */
export async function readMailExchangers(own: OwnDomains, resolver: Resolver): Promise<MailExchangers[] | null> {
  const domains = asciiDomains(own).filter((domain) => !domain.endsWith('.onmicrosoft.com'));
  const asked = domains.slice(0, MOST_DOMAINS);
  const found = await runAbreast(asked, { abreast: ABREAST }, async (domain): Promise<MailExchangers | null> => {
    const hosts = await resolver.mx(domain);
    if (hosts === null) return null;
    const addresses = await Promise.all(hosts.slice(0, MOST_HOSTS).map((host) => resolver.addresses(host)));
    return { domain, hosts, addresses: addresses.flatMap((list) => list ?? []) };
  });
  const known = found.filter((one) => one !== null);
  return known.length < domains.length && gatewaysOf(known).length === 0 ? null : known;
}

/** What DNS and hunting say of each source. DNS only: no other service is told which addresses a tenant hears from. */
export async function readSources(
  sources: readonly SourceEvidence[],
  own: OwnDomains,
  hunted: HuntedNetwork,
  resolver: Resolver,
): Promise<Map<string, SourceNetwork>> {
  const known = asciiDomains(own);
  const wanted = new Map<string, { address: string; sentAs: readonly string[] }>();
  for (const { key, addresses, senders } of [...sources].sort(byDays)) {
    const [address] = addresses;
    const sentAs = [...(wanted.get(key)?.sentAs ?? []), ...senders.envelopeDomains];
    if (address !== undefined && (wanted.has(key) || wanted.size < MOST_SOURCES)) wanted.set(key, { address, sentAs });
  }
  const looked = await runAbreast([...wanted], { abreast: ABREAST }, async ([key, { address, sentAs }]) => {
    const ordered = [...new Set([...sentAs.filter((domain) => isOwnDomain(own, domain)), ...known])];
    const domains = ordered.filter(isAscii).slice(0, MOST_SPF_DOMAINS);
    const [spf, pointer] = await Promise.all([lookUpSpf(address, domains, resolver), lookUpPointer(address, resolver)]);
    const nothing = { messages: 0, domains: 0, days: 0 };
    const network: SourceNetwork = {
      spf,
      pointer,
      neighbours: hunted.neighbours && (hunted.neighbours.get(key) ?? nothing),
      signIns: hunted.signIns && (hunted.signIns.get(key) ?? { users: 0, days: 0 }),
    };
    return [key, network] as const;
  });
  return new Map(looked);
}

function byDays(one: SourceEvidence, other: SourceEvidence): number {
  return other.days.length - one.days.length || other.messages - one.messages;
}

function asciiDomains(own: OwnDomains): string[] {
  return own.exact.filter(isAscii);
}

function isAscii(domain: string): boolean {
  return /^[\x21-\x7e]+$/.test(domain);
}
