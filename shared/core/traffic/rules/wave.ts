import { DAY } from '../../time.ts';
import { neighbourhoodOf } from '../address-block.ts';
import { isGenericName, registeredPart } from '../dns-names.ts';
import { carriesPayload, isShortLived, type Signal, type SourceCase } from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';
import { impersonation } from './impersonation.ts';
import { payload } from './payload.ts';

const WITHIN = 5 * DAY;
const MANY = 5;

/**
 * A campaign that is spread over many networks hides each of its sources; together they show. Members are short-lived,
 * unauthenticated, without an anchor, have something of their own against them (so that new devices form no wave), and
 * share a trait: people write to themselves, people are impersonated, one sender, or one link domain.
 */
export function findWaves(cases: readonly SourceCase[]): Map<SourceCase, readonly Signal[]> {
  const waves = new Map<string, Sighting[]>();
  const members = cases.filter(isMember);
  for (const subject of members) {
    const sighting = { at: Date.parse(subject.evidence.firstSeen), network: networkOf(subject) };
    for (const trait of traitsOf(subject)) {
      const wave = waves.get(trait);
      if (wave === undefined) waves.set(trait, [sighting]);
      else wave.push(sighting);
    }
  }
  const found = new Map<SourceCase, readonly Signal[]>();
  for (const subject of members) {
    const at = Date.parse(subject.evidence.firstSeen);
    const most = Math.max(0, ...traitsOf(subject).map((trait) => countNetworks(waves.get(trait) ?? [], at)));
    if (most >= 3) found.set(subject, [{ code: 'part-of-a-wave', points: most >= MANY ? 3 : 2 }]);
  }
  return found;
}

interface Sighting {
  readonly at: number;
  readonly network: string;
}

/** A service sends from many addresses of its own; what counts is how many networks take part. */
function networkOf({ evidence, known }: SourceCase): string {
  const [address = evidence.key] = evidence.addresses;
  const { pointer } = known;
  if (pointer?.kind === 'confirmed' && !isGenericName(pointer.name, address)) return registeredPart(pointer.name);
  return neighbourhoodOf(address) ?? address;
}

/** Networks that took part within the time around a moment; counting stops when there are many. */
function countNetworks(wave: readonly Sighting[], around: number): number {
  const networks = new Set<string>();
  for (const { at, network } of wave) {
    if (Math.abs(at - around) <= WITHIN) networks.add(network);
    if (networks.size >= MANY) break;
  }
  return networks.size;
}

function traitsOf({ evidence }: SourceCase): string[] {
  const { senders, messages, peopleKnownOf, payload: carried } = evidence;
  const traits = [...senders.prints.slice(0, 5).map((print) => `from ${print}`)];
  // A new scanner among lures "from yourself" carries no links: it is not one of them.
  const load = carriesPayload(evidence, 0.3) ? 'carrying' : 'plain';
  if (atLeast(senders.toSelf, messages, 0.5)) traits.push(`self ${load}`);
  else if (atLeast(senders.fromPerson, peopleKnownOf, 0.5)) traits.push(`person ${load}`);
  for (const domain of carried?.linkDomains ?? []) traits.push(`link ${domain}`);
  return traits.map((trait) => `${evidence.class} ${trait}`);
}

function isMember(subject: SourceCase): boolean {
  const { authentication } = subject.evidence;
  if (!isShortLived(subject) || subject.anchors.length > 0) return false;
  if (atLeast(authentication?.dmarcPass, authentication?.outOf, 0.5) && !subject.sharedSpf) return false;
  const own = [...impersonation(subject), ...payload(subject)];
  return own.reduce((sum, { points }) => sum + points, 0) >= 1;
}
