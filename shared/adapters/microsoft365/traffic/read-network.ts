import type { MailExchangers, SourceNetwork } from '../../../core/traffic/network-context.ts';
import type { OwnDomains } from '../../../core/traffic/own-domains.ts';
import { parseNeighbours, parseSignIns } from '../../../core/traffic/parse-neighbours.ts';
import type { SourceEvidence } from '../../../core/traffic/source-evidence.ts';
import { runAbreast } from '../../../jobs/run-abreast.ts';
import type { QueryPeriod } from '../../../queries/build-query.ts';
import { lookUpPointer, lookUpSpf } from '../../dns/look-up-source.ts';
import type { Resolver } from '../../dns/open-resolver.ts';
import type { OpenGraph } from '../open-graph.ts';
import { runHunting } from '../run-hunting.ts';
import type { SignInTarget } from '../sign-in.ts';

const MOST_DOMAINS = 50;
const MOST_SPF_DOMAINS = 20;
/** Sources that are looked up, those with most messages first; the others stay unknown. */
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
  openGraph: OpenGraph,
  tenant: SignInTarget,
  own: OwnDomains,
  period: QueryPeriod,
): Promise<HuntedNetwork> {
  const neighbours = await runHunting(openGraph, tenant, 'neighbours', own, period);
  const signIns = await runHunting(openGraph, tenant, 'sign-ins', own, period);
  return {
    neighbours: neighbours.ok ? parseNeighbours(neighbours.rows) : null,
    signIns: signIns.ok ? parseSignIns(signIns.rows) : null,
  };
}

/** The mail exchangers of the own domains; null when none could be asked. */
export async function readMailExchangers(own: OwnDomains, resolver: Resolver): Promise<MailExchangers[] | null> {
  const domains = asciiDomains(own).slice(0, MOST_DOMAINS);
  const found = await runAbreast(domains, { abreast: ABREAST }, async (domain): Promise<MailExchangers | null> => {
    const hosts = await resolver.mx(domain);
    if (hosts === null) return null;
    const addresses = await Promise.all(hosts.slice(0, MOST_HOSTS).map((host) => resolver.addresses(host)));
    return { domain, hosts, addresses: addresses.flatMap((list) => list ?? []) };
  });
  const known = found.filter((one) => one !== null);
  return known.length === 0 && domains.length > 0 ? null : known;
}

/** What DNS and hunting say of each source. DNS only: no other service is told which addresses a tenant hears from. */
export async function readSources(
  sources: readonly SourceEvidence[],
  own: OwnDomains,
  hunted: HuntedNetwork,
  resolver: Resolver,
): Promise<Map<string, SourceNetwork>> {
  const domains = asciiDomains(own).slice(0, MOST_SPF_DOMAINS);
  const addresses = new Map<string, string>();
  for (const {
    key,
    addresses: [first],
  } of [...sources].sort((one, other) => other.messages - one.messages)) {
    if (first !== undefined && addresses.size < MOST_SOURCES) addresses.set(key, first);
  }
  const looked = await runAbreast([...addresses], { abreast: ABREAST }, async ([key, address]) => {
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

function asciiDomains(own: OwnDomains): string[] {
  return own.exact.filter((domain) => /^[\x21-\x7e]+$/.test(domain));
}
