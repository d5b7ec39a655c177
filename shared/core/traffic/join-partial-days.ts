import { contains } from './address-block.ts';
import { rowKeyOf } from './merge-days.ts';
import type { TrafficDay } from './traffic-day.ts';

/**
 * Joins what message trace counted with what spoof intelligence judged. The trace has the addresses and every message; the
 * report has authentication and the verdict, but may name a block or an organisation in place of the address. A reported
 * row belongs to the traced sources of the same day inside its block, or, where it names no address, to the one traced
 * source that used the same sender; else it stands for itself.
 */
export function joinPartialDays(traced: readonly TrafficDay[], reported: readonly TrafficDay[]): TrafficDay[] {
  const joined = new Map(traced.map((day) => [rowKeyOf(day), day]));
  const byDay = Map.groupBy(traced, ({ day }) => day);
  const alone: TrafficDay[] = [];
  for (const report of reported) {
    const partners = report.class === 'direct-send' ? findPartners(byDay.get(report.day) ?? [], report) : [];
    if (partners.length === 0) alone.push(report);
    for (const partner of partners) joined.set(rowKeyOf(partner), join(partner, report));
  }
  return [...joined.values(), ...alone];
}

function findPartners(sameDay: readonly TrafficDay[], report: TrafficDay): TrafficDay[] {
  const inside = sameDay.filter(({ source, addresses }) =>
    [source, ...addresses].some((one) => one === report.source || contains(report.source, one)),
  );
  if (inside.length > 0) return inside;
  const senders = new Set(report.senders.prints);
  const bySender = sameDay.filter(({ senders: { prints } }) => prints.some((print) => senders.has(print)));
  return bySender.length === 1 ? bySender : [];
}

function join(traced: TrafficDay, report: TrafficDay): TrafficDay {
  const share = Math.min(1, traced.messages / report.messages);
  const scaled =
    report.authentication &&
    Object.fromEntries(
      Object.entries(report.authentication).map(([check, messages]) => [check, Math.round(messages * share)]),
    );
  return {
    ...traced,
    origin: 'spoof-report',
    authentication: scaled as TrafficDay['authentication'],
    internalSpoof: Math.min(traced.messages, report.internalSpoof ?? 0),
  };
}
