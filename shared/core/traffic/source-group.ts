import { DAY } from '../time.ts';
import type { Neighbours } from './network-context.ts';
import type { SourceEvidence } from './source-evidence.ts';

/** What sources did together that have something in common: a sender, a network, an envelope domain. */
export interface SourceGroup {
  readonly days: Set<string>;
  readonly recipients: Set<string>;
  sources: number;
  messages: number;
  /** The most messages of any one source. */
  largest: number;
  /** Authenticated mail of other domains: messages of all sources, the most domains and days of any one. */
  neighbours: Neighbours;
}

const LEAST_DAYS = 8;
const LEAST_SPAN = 14;

/** The group of one source alone. */
export function groupOf(source: SourceEvidence, neighbours: Neighbours | null): SourceGroup {
  const group: SourceGroup = {
    days: new Set(),
    recipients: new Set(),
    sources: 0,
    messages: 0,
    largest: 0,
    neighbours: { messages: 0, domains: 0, days: 0 },
  };
  addTo(group, source, neighbours);
  return group;
}

/** Puts a source into the group of that name; once only. */
export function joinGroup(
  groups: Map<string, SourceGroup>,
  name: string,
  source: SourceEvidence,
  neighbours: Neighbours | null,
): void {
  const group = groups.get(name);
  if (group === undefined) groups.set(name, groupOf(source, neighbours));
  else addTo(group, source, neighbours);
}

/** Mail on at least 8 days over at least two weeks. */
export function isEstablished({ days }: SourceGroup): boolean {
  return days.size >= LEAST_DAYS && spanOf(days) >= LEAST_SPAN;
}

/** Mail on at least 3 days over at least a week. */
export function isLasting({ days }: SourceGroup): boolean {
  return days.size >= 3 && spanOf(days) >= 7;
}

/** The same people get mail again and again: at least three messages for every two of them. */
export function comesBackTo({ messages, recipients }: SourceGroup): boolean {
  return recipients.size > 0 && messages >= 1.5 * recipients.size;
}

/** No single address is its home: four or more, none with more than a third of the mail. */
export function isRoaming(group: SourceGroup): boolean {
  return group.sources >= 4 && group.largest <= group.messages / 3 && isEstablished(group);
}

/** The sources also deliver authenticated mail of several other domains, on several days. */
export function relaysForOthers({ neighbours: { messages, domains, days } }: SourceGroup): boolean {
  return messages >= 5 && domains >= 3 && days >= 3;
}

function addTo(group: SourceGroup, source: SourceEvidence, neighbours: Neighbours | null): void {
  for (const { day } of source.days) group.days.add(day);
  for (const print of source.recipients?.prints ?? []) group.recipients.add(print);
  group.sources += 1;
  group.messages += source.messages;
  group.largest = Math.max(group.largest, source.messages);
  if (neighbours === null) return;
  const before = group.neighbours;
  group.neighbours = {
    messages: before.messages + neighbours.messages,
    domains: Math.max(before.domains, neighbours.domains),
    days: Math.max(before.days, neighbours.days),
  };
}

/** Days from the first to the last, both counted. */
function spanOf(days: ReadonlySet<string>): number {
  const sorted = [...days].sort();
  return (Date.parse(sorted.at(-1) ?? '') - Date.parse(sorted[0] ?? '')) / DAY + 1;
}
