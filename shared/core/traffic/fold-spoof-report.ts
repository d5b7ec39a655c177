import { dayOf } from '../time.ts';
import { sourceOf, widthOf } from './address-block.ts';
import { printOf } from './approval.ts';
import { mergeDays } from './merge-days.ts';
import { isOwnDomain, type OwnDomains, toAsciiDomain } from './own-domains.ts';
import { count, moment, type Row, text } from './read-row.ts';
import type { AuthenticationCounts, DeliveryCounts, TrafficClass, TrafficDay } from './traffic-day.ts';

/**
 * Rows of `Get-SpoofMailReport` as traffic: inbound mail that spoof intelligence took for a forgery of an own domain. The
 * report sees the header From only; the class follows from SPF: where it passes, the envelope is somebody else's, because an
 * own one would have passed DMARC with it.
 */
export function foldSpoofReport(rows: readonly Row[], own: OwnDomains, keepSamples: boolean): TrafficDay[] {
  const days = rows.map((row) => {
    if (text(row, 'Direction').toLowerCase() !== 'inbound') return null;
    const [spf, dkim, dmarc] = ['SPF', 'DKIM', 'DMARC'].map((column) => text(row, column).toLowerCase());
    const messages = count(row, 'Count');
    const authentication: AuthenticationCounts = {
      spfPass: spf === 'pass' ? messages : 0,
      spfFail: spf === 'fail' || spf === 'softfail' ? messages : 0,
      dkimPass: dkim === 'pass' ? messages : 0,
      unsigned: dkim === 'none' ? messages : 0,
      signed: dkim === 'pass' && dmarc === 'pass' && spf !== 'pass' ? messages : 0,
      dmarcPass: dmarc === 'pass' ? messages : 0,
      dmarcFail: dmarc === 'fail' ? messages : 0,
      allPass: spf === 'pass' && dkim === 'pass' && dmarc === 'pass' ? messages : 0,
    };
    const isGood = text(row, 'Action').toLowerCase() === 'goodmail';
    const delivery = { delivered: isGood ? messages : 0, junked: isGood ? 0 : messages, quarantined: 0, blocked: 0 };
    const kind = spf === 'pass' ? 'header-only' : 'direct-send';
    return toDay(row, own, { at: 'Date', messages, kind, authentication, delivery, keepSamples });
  });
  return mergeDays(days.filter((day) => day !== null));
}

/**
 * Rows of `Get-SpoofIntelligenceInsight` as traffic, for where the report cannot be read. They have no days: everything
 * stands on the day when the pair was last seen.
 */
export function foldSpoofInsight(rows: readonly Row[], own: OwnDomains, keepSamples: boolean): TrafficDay[] {
  const days = rows.map((row) => {
    const messages = count(row, 'MessageCount');
    const isLetIn = text(row, 'Action').toLowerCase() === 'allow';
    const delivery = { delivered: isLetIn ? messages : 0, junked: isLetIn ? 0 : messages, quarantined: 0, blocked: 0 };
    return toDay(row, own, {
      at: 'LastSeen',
      messages,
      kind: 'direct-send',
      authentication: null,
      delivery,
      keepSamples,
    });
  });
  return mergeDays(days.filter((day) => day !== null));
}

interface ReportedMail {
  /** The column that holds the day. */
  readonly at: 'Date' | 'LastSeen';
  readonly messages: number;
  readonly kind: TrafficClass;
  readonly authentication: AuthenticationCounts | null;
  readonly delivery: DeliveryCounts;
  readonly keepSamples: boolean;
}

function toDay(row: Row, own: OwnDomains, mail: ReportedMail): TrafficDay | null {
  const at = moment(row, mail.at);
  const sender = text(row, 'SpoofedUser').toLowerCase();
  const source = placeOf(text(row, 'SenderIP')) ?? placeOf(text(row, 'SendingInfrastructure'));
  if (at === null || source === null || mail.messages === 0) return null;
  if (text(row, 'SpoofType').toLowerCase() !== 'internal') return null;
  if (!isOwnDomain(own, sender.slice(sender.lastIndexOf('@') + 1))) return null;
  return {
    day: dayOf(at),
    class: mail.kind,
    source,
    origin: 'spoof-report',
    addresses: widthOf(source)?.prefix === 32 ? [source] : [],
    messages: mail.messages,
    firstSeen: at,
    lastSeen: at,
    hours: [],
    senders: {
      toSelf: 0,
      fromPerson: null,
      nullEnvelope: 0,
      foreignHeader: 0,
      srsOfOwn: 0,
      listShaped: 0,
      prints: [printOf(sender)],
      personPrints: [],
      samples: mail.keepSamples ? [sender] : [],
      envelopes: [],
      envelopeDomains: [],
    },
    recipientPrints: null,
    delivery: mail.delivery,
    authentication: mail.authentication,
    verdicts: null,
    content: null,
    payload: null,
    afterDelivery: null,
    returned: null,
    internalSpoof: mail.messages,
  };
}

/** An address, a block, or the organisation of its name: reports write whichever they know. */
function placeOf(written: string): string | null {
  const place = written.trim().toLowerCase();
  return sourceOf(place) ?? (place.includes('/') && widthOf(place) !== null ? place : toAsciiDomain(place));
}
