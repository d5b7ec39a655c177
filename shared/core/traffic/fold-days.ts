import { addCounts, unite } from './merge-days.ts';
import type { Known, SourceEvidence } from './source-evidence.ts';
import { type PayloadCounts, type SenderCounts, TRAFFIC_ORIGINS, type TrafficDay } from './traffic-day.ts';

/** Folds stored rows into one evidence per source and class. The order of the rows does not matter. */
export function foldDays(rows: readonly TrafficDay[]): SourceEvidence[] {
  const groups = new Map<string, TrafficDay[]>();
  for (const row of rows) {
    const key = `${row.class}|${row.source}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map(foldSource);
}

function foldSource(rows: readonly TrafficDay[]): SourceEvidence {
  const [first] = rows as [TrafficDay, ...TrafficDay[]];
  const addresses = rows.reduce<string[]>((all, row) => unite(all, row.addresses, 3), []);
  const recipientRows = rows.filter((row) => row.recipientPrints !== null);
  return {
    key: first.source,
    source: addresses.length === 1 ? (addresses[0] ?? first.source) : first.source,
    class: first.class,
    origins: TRAFFIC_ORIGINS.filter((origin) => rows.some((row) => row.origin === origin)),
    addresses,
    messages: total(rows, (row) => row.messages),
    days: daysOf(rows),
    firstSeen: rows.reduce((least, row) => (row.firstSeen < least ? row.firstSeen : least), first.firstSeen),
    lastSeen: rows.reduce((most, row) => (row.lastSeen > most ? row.lastSeen : most), first.lastSeen),
    senders: foldSenders(rows),
    peopleKnownOf: total(rows, (row) => (row.senders.fromPerson === null ? 0 : row.messages)),
    recipients:
      recipientRows.length === 0
        ? null
        : {
            prints: [...new Set(recipientRows.flatMap((row) => row.recipientPrints ?? []))].sort(),
            outOf: total(recipientRows, (row) => row.messages),
          },
    delivery: foldCounts(rows, (row) => row.delivery),
    authentication: foldCounts(rows, (row) => row.authentication),
    verdicts: foldCounts(rows, (row) => row.verdicts),
    content: foldCounts(rows, (row) => row.content),
    payload: foldPayload(rows),
    afterDelivery: foldCounts(rows, (row) => row.afterDelivery),
    returned: foldCounts(rows, (row) => (row.returned === null ? null : { messages: row.returned })),
    internalSpoof: foldCounts(rows, (row) => (row.internalSpoof === null ? null : { messages: row.internalSpoof })),
  };
}

function daysOf(rows: readonly TrafficDay[]): { day: string; messages: number }[] {
  const days = new Map<string, number>();
  for (const row of rows) days.set(row.day, (days.get(row.day) ?? 0) + row.messages);
  return [...days].map(([day, messages]) => ({ day, messages })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

function foldSenders(rows: readonly TrafficDay[]): SenderCounts {
  const all = (pick: (senders: SenderCounts) => readonly string[]) =>
    [...new Set(rows.flatMap((row) => pick(row.senders)))].sort();
  const sum = (pick: (senders: SenderCounts) => number | null) => total(rows, (row) => pick(row.senders) ?? 0);
  return {
    toSelf: sum((senders) => senders.toSelf),
    fromPerson: rows.every((row) => row.senders.fromPerson === null) ? null : sum((senders) => senders.fromPerson),
    nullEnvelope: sum((senders) => senders.nullEnvelope),
    foreignHeader: sum((senders) => senders.foreignHeader),
    srsOfOwn: sum((senders) => senders.srsOfOwn),
    listShaped: sum((senders) => senders.listShaped),
    prints: all((senders) => senders.prints),
    personPrints: all((senders) => senders.personPrints),
    samples: all((senders) => senders.samples).slice(0, 5),
    envelopes: all((senders) => senders.envelopes).slice(0, 5),
    envelopeDomains: all((senders) => senders.envelopeDomains).slice(0, 5),
  };
}

function foldCounts<T extends { readonly [K in keyof T]: number }>(
  rows: readonly TrafficDay[],
  pick: (row: TrafficDay) => T | null,
): Known<T> | null {
  let sum: T | null = null;
  let outOf = 0;
  for (const row of rows) {
    const counts = pick(row);
    if (counts === null) continue;
    sum = sum === null ? counts : addCounts(sum, counts);
    outOf += row.messages;
  }
  return sum === null ? null : { ...sum, outOf };
}

function foldPayload(rows: readonly TrafficDay[]): Known<PayloadCounts> | null {
  const counts = foldCounts(rows, ({ payload }) => {
    if (payload === null) return null;
    const { carrying, outsideLinks, qrCodes, riskyAttachments, toSelf } = payload;
    return { carrying, outsideLinks, qrCodes, riskyAttachments, toSelf };
  });
  if (counts === null) return null;
  return { ...counts, linkDomains: [...new Set(rows.flatMap((row) => row.payload?.linkDomains ?? []))].sort() };
}

function total(rows: readonly TrafficDay[], pick: (row: TrafficDay) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}
