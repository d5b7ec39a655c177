import { DAY, dayOf, type Instant } from '../time.ts';
import type { Anchor } from './find-anchors.ts';
import type { Standing } from './judge-standing.ts';
import type { SourceNetwork } from './network-context.ts';
import type { ReasonCode } from './reason-words.ts';
import { atLeast, type SourceEvidence } from './source-evidence.ts';

/** Everything that the rules look at to judge one source. */
export interface SourceCase {
  readonly evidence: SourceEvidence;
  readonly known: SourceNetwork;
  readonly standing: Standing;
  readonly anchors: readonly Anchor[];
  /** SPF passes by an include of a service or by a wide block. */
  readonly sharedSpf: boolean;
  /** Somebody else is the tenant's mail exchanger, and this is certainly not it; null: cannot be told. */
  readonly bypassesGateway: boolean | null;
  /** Whether any source of the tenant has a confirmed name: then having none says something. */
  readonly namesAreKnown: boolean;
  /** Links lead where those of another source lead that was condemned for its content. */
  readonly linksWithAbuse: boolean;
  /** The beginning of the period that was read: what was seen in its first hours may be older. */
  readonly from: Instant;
}

/** One thing that a rule found. Points above zero accuse, below zero speak for the source; zero is said and not counted. */
export interface Signal {
  readonly code: ReasonCode;
  readonly points: number;
}

/** A rule: pure, one question, no knowledge of other rules. */
export type Rule = (subject: SourceCase) => readonly Signal[];

/** All mail within one week, from a source that did not begin before the period was read. */
export function isShortLived({ evidence, standing, from }: SourceCase): boolean {
  const [first, last] = [evidence.days[0], evidence.days.at(-1)];
  if (first === undefined || last === undefined || first.day <= dayOf(from)) return false;
  if (standing.established !== null || standing.roaming || standing.lasting) return false;
  return Date.parse(last.day) - Date.parse(first.day) < 7 * DAY;
}

/** Messages with a link to the outside; where link domains are unknown, every link counts as one. */
export function outsideLinks({ payload, content }: SourceEvidence): { part: number | null; outOf: number | null } {
  if (payload !== null) return { part: payload.outsideLinks, outOf: payload.outOf };
  return { part: content?.withLinks ?? null, outOf: content?.outOf ?? null };
}

/** Whether at least this share of the messages carries something dangerous to open: outside link, QR code, risky file. */
export function carriesPayload(evidence: SourceEvidence, least: number): boolean {
  const { payload, content } = evidence;
  return payload === null
    ? atLeast(content?.withLinks, content?.outOf, least)
    : atLeast(payload.carrying, payload.outOf, least);
}

/** Whether mail from people to themselves carries something to open: at least three in ten of such messages. */
export function carriesToSelf(evidence: SourceEvidence): boolean {
  const { payload, senders } = evidence;
  // One office address carries many devices: the links of its monitoring say nothing of its scans.
  return payload === null ? carriesPayload(evidence, 0.5) : atLeast(payload.toSelf, senders.toSelf, 0.3);
}

/** Whether the same people get mail again and again: at least three messages for every two of them. */
export function comesBack({ recipients }: SourceEvidence): boolean {
  return recipients !== null && recipients.prints.length > 0 && recipients.outOf >= 1.5 * recipients.prints.length;
}

/** Whether the messages mostly come from people's own mailboxes, or to themselves. */
export function posesAsPeople({ senders, messages, peopleKnownOf }: SourceEvidence): boolean {
  return atLeast(senders.toSelf, messages, 0.5) || atLeast(senders.fromPerson, peopleKnownOf, 0.5);
}
