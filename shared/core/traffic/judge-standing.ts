import { neighbourhoodOf } from './address-block.ts';
import { registeredPart } from './dns-names.ts';
import { type NetworkContext, UNKNOWN_NETWORK } from './network-context.ts';
import { atLeast, type SourceEvidence } from './source-evidence.ts';
import {
  comesBackTo,
  groupOf,
  isEstablished,
  isLasting,
  isRoaming,
  joinGroup,
  relaysForOthers,
  type SourceGroup,
} from './source-group.ts';

/** What time and company say of a source. */
export interface Standing {
  /** Mail on at least 8 days over at least two weeks, from here or from neighbouring addresses for the same sender. */
  readonly established: 'here' | 'with-neighbours' | null;
  /** The established mail comes back to the same people: at least three messages for every two of them. */
  readonly regular: boolean;
  /** The sender has no fixed address but has sent for weeks, from ever changing ones. */
  readonly roaming: boolean;
  /** The sender is established at another address, outside this one's networks. */
  readonly borrowed: boolean;
  /** Neighbouring addresses for the same sender, or the service that the envelope names, on several days over a week. */
  readonly lasting: boolean;
  /** The address, or the service as a whole, also delivers authenticated mail of several other domains. */
  readonly relays: boolean;
}

/** The standing of a source that nobody knows. */
export const NO_STANDING: Standing = {
  established: null,
  regular: false,
  roaming: false,
  borrowed: false,
  lasting: false,
  relays: false,
};

/** Judges the standing of every source among all sources of the tenant; the order of the sources does not matter. */
export function judgeStanding(
  sources: readonly SourceEvidence[],
  context: NetworkContext,
): Map<SourceEvidence, Standing> {
  const index = indexSources(sources, context);
  return new Map(sources.map((source) => [source, judge(source, index)]));
}

/** The groups that the sources of a tenant form. */
interface SourceIndex {
  readonly networks: ReadonlyMap<SourceEvidence, readonly string[]>;
  readonly alone: ReadonlyMap<SourceEvidence, SourceGroup>;
  /** By network and sender. */
  readonly services: ReadonlyMap<string, SourceGroup>;
  /** By class and sender. */
  readonly senders: ReadonlyMap<string, SourceGroup>;
  /** Established sources by class and sender. */
  readonly homes: ReadonlyMap<string, readonly SourceEvidence[]>;
  /** By the domain of the envelope. */
  readonly envelopes: ReadonlyMap<string, SourceGroup>;
}

function indexSources(sources: readonly SourceEvidence[], context: NetworkContext): SourceIndex {
  const networks = new Map(sources.map((source) => [source, networksOf(source, context)]));
  const alone = new Map<SourceEvidence, SourceGroup>();
  const services = new Map<string, SourceGroup>();
  const senders = new Map<string, SourceGroup>();
  const envelopes = new Map<string, SourceGroup>();
  const homes = new Map<string, SourceEvidence[]>();
  for (const source of sources) {
    const neighbours = context.sources.get(source.key)?.neighbours ?? null;
    const own = groupOf(source, neighbours);
    alone.set(source, own);
    const envelope = envelopeServiceOf(source);
    if (envelope !== null) joinGroup(envelopes, envelope, source, neighbours);
    for (const print of source.senders.prints) {
      const sender = `${source.class}|${print}`;
      joinGroup(senders, sender, source, neighbours);
      for (const network of networks.get(source) ?? []) joinGroup(services, `${network}|${print}`, source, neighbours);
      if (!isEstablished(own)) continue;
      const home = homes.get(sender);
      if (home === undefined) homes.set(sender, [source]);
      else home.push(source);
    }
  }
  return { networks, alone, services, senders, homes, envelopes };
}

function judge(source: SourceEvidence, index: SourceIndex): Standing {
  const { prints, personPrints } = source.senders;
  const own = index.alone.get(source) ?? groupOf(source, null);
  const near = index.networks.get(source) ?? [];
  const shared = near
    .flatMap((network) => prints.map((print) => index.services.get(`${network}|${print}`)))
    .filter((group): group is SourceGroup => group !== undefined && group.sources > 1);
  const service = shared.filter(isEstablished);
  const established = isEstablished(own) ? 'here' : service.length > 0 ? 'with-neighbours' : null;
  const whole = index.envelopes.get(envelopeServiceOf(source) ?? '') ?? own;
  const isFar = (home: SourceEvidence) => !index.networks.get(home)?.some((network) => near.includes(network));
  const roams = (print: string) => {
    const sender = index.senders.get(`${source.class}|${print}`);
    return sender !== undefined && !personPrints.includes(print) && isRoaming(sender);
  };
  return {
    established,
    regular: established !== null && (established === 'here' ? [own] : service).some(comesBackTo),
    roaming: established === null && prints.some(roams),
    borrowed: established === null && prints.some((print) => index.homes.get(`${source.class}|${print}`)?.some(isFar)),
    lasting: shared.some(isLasting) || (whole !== own && isLasting(whole)),
    relays: relaysForOthers(whole),
  };
}

/**
 * The networks that a source belongs to: its neighbourhood, the service that the tenant's SPF record includes for it, the
 * organisation of its confirmed name, the envelope domain that vouches for it.
 */
function networksOf(source: SourceEvidence, context: NetworkContext): string[] {
  const { spf, pointer } = context.sources.get(source.key) ?? UNKNOWN_NETWORK;
  const networks: string[] = [];
  const neighbourhood = neighbourhoodOf(source.addresses[0] ?? source.key);
  if (neighbourhood !== null) networks.push(`net ${neighbourhood}`);
  const [include] = spf?.result === 'pass' ? spf.includes : [];
  if (include !== undefined) networks.push(`spf ${include}`);
  if (pointer?.kind === 'confirmed') networks.push(`name ${registeredPart(pointer.name)}`);
  const envelope = envelopeServiceOf(source);
  if (envelope !== null) networks.push(`envelope ${envelope}`);
  return networks.map((network) => `${source.class} ${network}`);
}

/** The registered domain of the envelope senders, when there is one only and SPF vouches for it. */
function envelopeServiceOf({ class: kind, senders, authentication }: SourceEvidence): string | null {
  if (kind !== 'header-only' || !atLeast(authentication?.spfPass, authentication?.outOf, 0.5)) return null;
  const [domain, ...others] = new Set(senders.envelopeDomains.map(registeredPart));
  return others.length === 0 ? (domain ?? null) : null;
}
