import { DAY } from '../time.ts';
import { neighbourhoodOf } from './address-block.ts';
import { registeredPart } from './dns-names.ts';
import { type NetworkContext, UNKNOWN_NETWORK } from './network-context.ts';
import { atLeast, type SourceEvidence } from './source-evidence.ts';

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

/** What a group of sources did together. */
interface Group {
  readonly days: Set<string>;
  readonly recipients: Set<string>;
  readonly sources: Set<SourceEvidence>;
  messages: number;
}

const LEAST_DAYS = 8;
const LEAST_SPAN = 14;

/** Judges the standing of every source among all sources of the tenant; the order of the sources does not matter. */
export function judgeStanding(
  sources: readonly SourceEvidence[],
  context: NetworkContext,
): Map<SourceEvidence, Standing> {
  const networks = new Map(sources.map((source) => [source, networksOf(source, context)]));
  const services = new Map<string, Group>();
  const senders = new Map<string, Group>();
  const homes = new Map<string, SourceEvidence[]>();
  const envelopes = new Map<string, Group>();
  for (const source of sources) {
    const envelope = envelopeServiceOf(source);
    if (envelope !== null) join(envelopes, envelope, source);
    for (const print of source.senders.prints) {
      const sender = `${source.class}|${print}`;
      join(senders, sender, source);
      for (const network of networks.get(source) ?? []) join(services, `${network}|${print}`, source);
      if (isEstablished(groupOf(source))) homes.set(sender, [...(homes.get(sender) ?? []), source]);
    }
  }
  const judge = (source: SourceEvidence): Standing => {
    const { prints, personPrints } = source.senders;
    const own = groupOf(source);
    const near = networks.get(source) ?? [];
    const shared = near
      .flatMap((network) => prints.map((print) => services.get(`${network}|${print}`)))
      .filter((group): group is Group => group !== undefined && group.sources.size > 1);
    const service = shared.filter(isEstablished);
    const established = isEstablished(own) ? 'here' : service.length > 0 ? 'with-neighbours' : null;
    const isFar = (home: SourceEvidence) => !(networks.get(home) ?? []).some((network) => near.includes(network));
    const roams = (print: string) => isRoaming(senders.get(`${source.class}|${print}`));
    const whole = envelopes.get(envelopeServiceOf(source) ?? '') ?? own;
    return {
      established,
      regular: established !== null && (established === 'here' ? [own] : service).some(comesBack),
      roaming: established === null && prints.some((print) => !personPrints.includes(print) && roams(print)),
      borrowed: established === null && prints.some((print) => homes.get(`${source.class}|${print}`)?.some(isFar)),
      lasting: shared.some(isLasting) || (whole !== own && isLasting(whole)),
      relays: relaysForOthers(whole, context),
    };
  };
  return new Map(sources.map((source) => [source, judge(source)]));
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

function join(groups: Map<string, Group>, key: string, source: SourceEvidence): void {
  const group = groups.get(key) ?? { days: new Set(), recipients: new Set(), sources: new Set(), messages: 0 };
  groups.set(key, group);
  if (group.sources.has(source)) return;
  for (const { day } of source.days) group.days.add(day);
  for (const print of source.recipients?.prints ?? []) group.recipients.add(print);
  group.sources.add(source);
  group.messages += source.messages;
}

function groupOf(source: SourceEvidence): Group {
  const alone = new Map<string, Group>();
  join(alone, '', source);
  return alone.get('') as Group;
}

function isEstablished({ days }: Group): boolean {
  return days.size >= LEAST_DAYS && spanOf(days) >= LEAST_SPAN;
}

/** Days from the first to the last, both counted. */
function spanOf(days: ReadonlySet<string>): number {
  const sorted = [...days].sort();
  return (Date.parse(sorted.at(-1) ?? '') - Date.parse(sorted[0] ?? '')) / DAY + 1;
}

function isLasting({ days }: Group): boolean {
  return days.size >= 3 && spanOf(days) >= 7;
}

function relaysForOthers({ sources }: Group, context: NetworkContext): boolean {
  const known = [...sources].map(({ key }) => context.sources.get(key)?.neighbours).filter((one) => one != null);
  const messages = known.reduce((sum, one) => sum + one.messages, 0);
  return messages >= 5 && known.some(({ domains }) => domains >= 3) && known.some(({ days }) => days >= 3);
}

function comesBack({ messages, recipients }: Group): boolean {
  return recipients.size > 0 && messages >= 1.5 * recipients.size;
}

/** No single address is its home: four or more, none with more than a third of the mail. */
function isRoaming(group: Group | undefined): boolean {
  if (group === undefined || group.sources.size < 4 || !isEstablished(group)) return false;
  return [...group.sources].every((source) => source.messages <= group.messages / 3);
}
