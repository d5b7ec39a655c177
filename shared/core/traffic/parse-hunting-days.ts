import { dayOf } from '../time.ts';
import { NO_ADDRESS, sourceOf } from './address-block.ts';
import { mergeDays } from './merge-days.ts';
import { count, list, moment, type Row, text } from './read-row.ts';
import type { AfterDeliveryCounts, PayloadCounts, TrafficDay } from './traffic-day.ts';

/** The rows of the queries by day, for the same period; null for a query that could not be answered. */
export interface HuntingAnswers {
  readonly traffic: readonly Row[];
  readonly payload: readonly Row[] | null;
  readonly afterDelivery: readonly Row[] | null;
  readonly returned: readonly Row[] | null;
}

const MOST_TEXT = 320;

/**
 * Turns the answers of the queries by day into rows to store. Rows that name no day or class are skipped. Without
 * `keepSamples` no address of a person is kept.
 */
export function parseHuntingDays(answers: HuntingAnswers, keepSamples: boolean): TrafficDay[] {
  const payload = index(answers.payload);
  const afterDelivery = index(answers.afterDelivery);
  const returned = index(answers.returned);
  const days: TrafficDay[] = [];
  for (const row of answers.traffic) {
    const day = parseDay(row, keepSamples);
    if (day === null) continue;
    const key = keyOf(row);
    days.push({
      ...day,
      payload: payload && payloadOf(payload.get(key) ?? {}),
      afterDelivery: afterDelivery && afterDeliveryOf(afterDelivery.get(key) ?? {}),
      returned: returned && count(returned.get(key) ?? {}, 'Returned'),
    });
  }
  return mergeDays(days);
}

function parseDay(row: Row, keepSamples: boolean): TrafficDay | null {
  const [day, firstSeen, lastSeen] = [moment(row, 'Day'), moment(row, 'FirstSeen'), moment(row, 'LastSeen')];
  const kind = text(row, 'Class');
  const messages = count(row, 'Messages');
  if (day === null || firstSeen === null || lastSeen === null || messages === 0) return null;
  if (kind !== 'direct-send' && kind !== 'header-only') return null;
  const address = text(row, 'Source').trim();
  const source = sourceOf(address);
  const n = (column: string) => Math.min(count(row, column), messages);
  const texts = (column: string) => list(row, column, 5).map((sample) => sample.slice(0, MOST_TEXT));
  const samples = (column: string) => (keepSamples ? texts(column) : []);
  const [delivered, junked, quarantined] = [n('Delivered'), n('Junked'), n('Quarantined')];
  return {
    day: dayOf(day),
    class: kind,
    source: source ?? NO_ADDRESS,
    origin: 'hunting',
    addresses: source === null ? [] : [address.toLowerCase()],
    messages,
    firstSeen,
    lastSeen,
    hours: list(row, 'Hours', 24)
      .map(Number)
      .sort((a, b) => a - b),
    senders: {
      toSelf: n('ToSelf'),
      fromPerson: n('FromPerson'),
      nullEnvelope: n('NullEnvelope'),
      foreignHeader: n('ForeignHeader'),
      srsOfOwn: n('SrsOfOwn'),
      listShaped: n('ListShaped'),
      prints: list(row, 'SenderPrints', 200),
      personPrints: list(row, 'PersonPrints', 200),
      samples: samples('Senders'),
      envelopes: samples('Envelopes'),
      envelopeDomains: texts('EnvelopeDomains').filter((domain) => domain !== ''),
    },
    recipientPrints: list(row, 'RecipientPrints', 1000),
    delivery: { delivered, junked, quarantined, blocked: Math.max(0, messages - delivered - junked - quarantined) },
    authentication: {
      spfPass: n('SpfPass'),
      spfFail: n('SpfFail'),
      dkimPass: n('DkimPass'),
      unsigned: n('Unsigned'),
      signed: n('Signed'),
      dmarcPass: n('DmarcPass'),
      dmarcFail: n('DmarcFail'),
      allPass: n('AllPass'),
    },
    verdicts: { content: n('Hard'), doubtful: n('Soft'), spoofOnly: n('SpoofOnly'), simulated: n('Simulated') },
    content: { withLinks: n('WithLinks'), withAttachments: n('WithAttachments'), withLure: n('WithLure') },
    payload: null,
    afterDelivery: null,
    returned: null,
    internalSpoof: null,
  };
}

function payloadOf(row: Row): PayloadCounts {
  return {
    carrying: count(row, 'Carrying'),
    outsideLinks: count(row, 'OutsideLinks'),
    qrCodes: count(row, 'QrCodes'),
    riskyAttachments: count(row, 'RiskyAttachments'),
    toSelf: count(row, 'ToSelf'),
    linkDomains: list(row, 'LinkDomains', 8).map((domain) => domain.slice(0, 253)),
  };
}

function afterDeliveryOf(row: Row): AfterDeliveryCounts {
  return { condemned: count(row, 'Condemned'), reported: count(row, 'Reported') };
}

function index(rows: readonly Row[] | null): ReadonlyMap<string, Row> | null {
  return rows && new Map(rows.map((row) => [keyOf(row), row]));
}

function keyOf(row: Row): string {
  return `${moment(row, 'Day')}|${text(row, 'Class')}|${text(row, 'Source')}`;
}
