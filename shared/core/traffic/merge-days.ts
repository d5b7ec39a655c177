import type { SenderCounts, TrafficDay } from './traffic-day.ts';

/** Joins rows of the same day, class and source (addresses of one /64, pieces of one reading). Order does not matter. */
export function mergeDays(days: readonly TrafficDay[]): TrafficDay[] {
  const merged = new Map<string, TrafficDay>();
  for (const day of days) {
    const key = rowKeyOf(day);
    const before = merged.get(key);
    merged.set(key, before === undefined ? day : mergeTwo(before, day));
  }
  return [...merged.values()];
}

/** The key under which a row is stored; reading a day again replaces its rows. */
export function rowKeyOf({ day, class: kind, source }: Pick<TrafficDay, 'day' | 'class' | 'source'>): string {
  return `${day}!${kind}!${source}`;
}

function mergeTwo(a: TrafficDay, b: TrafficDay): TrafficDay {
  return {
    day: a.day,
    class: a.class,
    source: a.source,
    origin: a.origin,
    addresses: unite(a.addresses, b.addresses, 3),
    messages: a.messages + b.messages,
    firstSeen: a.firstSeen < b.firstSeen ? a.firstSeen : b.firstSeen,
    lastSeen: a.lastSeen > b.lastSeen ? a.lastSeen : b.lastSeen,
    hours: [...new Set([...a.hours, ...b.hours])].sort((x, y) => x - y),
    senders: mergeSenders(a.senders, b.senders),
    recipientPrints: a.recipientPrints && b.recipientPrints && unite(a.recipientPrints, b.recipientPrints, 1000),
    delivery: a.delivery && b.delivery && addCounts(a.delivery, b.delivery),
    authentication: a.authentication && b.authentication && addCounts(a.authentication, b.authentication),
    verdicts: a.verdicts && b.verdicts && addCounts(a.verdicts, b.verdicts),
    content: a.content && b.content && addCounts(a.content, b.content),
    payload: a.payload &&
      b.payload && {
        carrying: a.payload.carrying + b.payload.carrying,
        outsideLinks: a.payload.outsideLinks + b.payload.outsideLinks,
        qrCodes: a.payload.qrCodes + b.payload.qrCodes,
        riskyAttachments: a.payload.riskyAttachments + b.payload.riskyAttachments,
        toSelf: a.payload.toSelf + b.payload.toSelf,
        linkDomains: unite(a.payload.linkDomains, b.payload.linkDomains, 8),
      },
    afterDelivery: a.afterDelivery && b.afterDelivery && addCounts(a.afterDelivery, b.afterDelivery),
    returned: addKnown(a.returned, b.returned),
    internalSpoof: addKnown(a.internalSpoof, b.internalSpoof),
  };
}

function mergeSenders(a: SenderCounts, b: SenderCounts): SenderCounts {
  return {
    toSelf: a.toSelf + b.toSelf,
    fromPerson: addKnown(a.fromPerson, b.fromPerson),
    nullEnvelope: a.nullEnvelope + b.nullEnvelope,
    foreignHeader: a.foreignHeader + b.foreignHeader,
    srsOfOwn: a.srsOfOwn + b.srsOfOwn,
    listShaped: a.listShaped + b.listShaped,
    prints: unite(a.prints, b.prints, 200),
    personPrints: unite(a.personPrints, b.personPrints, 200),
    samples: unite(a.samples, b.samples, 5),
    envelopes: unite(a.envelopes, b.envelopes, 5),
    envelopeDomains: unite(a.envelopeDomains, b.envelopeDomains, 5),
  };
}

/** The union of two lists, sorted and cut after `most`. */
export function unite(a: readonly string[], b: readonly string[], most: number): string[] {
  return [...new Set([...a, ...b])].sort().slice(0, most);
}

/** Adds records of counts field by field. */
export function addCounts<T extends { readonly [K in keyof T]: number }>(a: T, b: T): T {
  return Object.fromEntries(Object.entries<number>(a).map(([key, value]) => [key, value + b[key as keyof T]])) as T;
}

/** The sum, or null (unknown) when either part is. */
export function addKnown(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
