import type { InboundConnector } from '../posture/inbound-connector.ts';
import { dayOf, type Instant } from '../time.ts';
import { contains, isPublic, sourceOf } from './address-block.ts';
import { printOf } from './approval.ts';
import { mergeDays } from './merge-days.ts';
import { isOwnDomain, type OwnDomains } from './own-domains.ts';
import { moment, type Row, text } from './read-row.ts';
import type { DeliveryCounts, TrafficDay } from './traffic-day.ts';

/** What is needed to tell candidates for Direct Send from other mail in a message trace. */
export interface TraceFilter {
  readonly own: OwnDomains;
  readonly connectors: readonly InboundConnector[] | null;
  /** Whether up to 5 sender addresses are kept per row. */
  readonly keepSamples: boolean;
}

/** One message of a trace: the trace has a row per recipient. */
interface TracedMessage {
  readonly at: Instant;
  readonly source: string;
  readonly address: string;
  readonly sender: string;
  readonly recipients: Set<string>;
  fate: keyof DeliveryCounts;
}

const FATES: readonly (keyof DeliveryCounts)[] = ['delivered', 'junked', 'quarantined', 'blocked'];

/**
 * Rows of Graph's message trace as traffic: own sender, own recipient, a public address that no connector names. The trace
 * shows neither authentication nor connectors nor which of the two senders it means, so that this is a guess at Direct
 * Send; assessments from it say so (`trace-only`) and accuse nobody.
 */
export function foldMessageTrace(rows: readonly Row[], filter: TraceFilter): TrafficDay[] {
  const messages = new Map<string, TracedMessage>();
  for (const row of rows) {
    const message = readMessage(row, filter);
    if (message === null) continue;
    const key = JSON.stringify([text(row, 'id') || text(row, 'messageId'), message.source, message.sender]);
    const before = messages.get(key);
    if (before === undefined) messages.set(key, message);
    else {
      for (const recipient of message.recipients) before.recipients.add(recipient);
      if (FATES.indexOf(message.fate) < FATES.indexOf(before.fate)) before.fate = message.fate;
    }
  }
  return mergeDays([...messages.values()].map((message) => toDay(message, filter.keepSamples)));
}

/** The name of the inbound connector that the details of a traced message show; null when none shows. */
export function findTracedConnector(details: readonly Row[]): string | null {
  for (const detail of details) {
    const name = /S:InboundConnectorData=Name=([^;"<]+)/.exec(text(detail, 'data'))?.[1];
    if (name !== undefined) return name.trim();
  }
  return null;
}

function readMessage(row: Row, { own, connectors }: TraceFilter): TracedMessage | null {
  const [sender, recipient] = [text(row, 'senderAddress').toLowerCase(), text(row, 'recipientAddress').toLowerCase()];
  const [address, at] = [text(row, 'fromIP').trim(), moment(row, 'receivedDateTime')];
  const source = sourceOf(address);
  if (at === null || source === null || !isPublic(address)) return null;
  if (!isOwnDomain(own, domainOf(sender)) || !isOwnDomain(own, domainOf(recipient))) return null;
  const named = connectors?.some(
    ({ enabled, senderAddresses }) => enabled && senderAddresses.some((block) => contains(block, address)),
  );
  if (named) return null;
  return { at, source, address, sender, recipients: new Set([recipient]), fate: fateOf(text(row, 'status')) };
}

function toDay({ at, source, address, sender, recipients, fate }: TracedMessage, keepSamples: boolean): TrafficDay {
  const isToSelf = recipients.size === 1 && recipients.has(sender);
  const delivery = { delivered: 0, junked: 0, quarantined: 0, blocked: 0, [fate]: 1 };
  return {
    day: dayOf(at),
    class: 'direct-send',
    source,
    origin: 'message-trace',
    addresses: [address.toLowerCase()],
    messages: 1,
    firstSeen: at,
    lastSeen: at,
    hours: [new Date(at).getUTCHours()],
    senders: {
      toSelf: isToSelf ? 1 : 0,
      fromPerson: null,
      nullEnvelope: 0,
      foreignHeader: 0,
      srsOfOwn: 0,
      listShaped: 0,
      prints: [printOf(sender)],
      personPrints: [],
      samples: keepSamples ? [sender] : [],
      envelopes: [],
      envelopeDomains: [],
    },
    recipientPrints: [...recipients].map(printOf).sort(),
    delivery,
    authentication: null,
    verdicts: null,
    content: null,
    payload: null,
    afterDelivery: null,
    returned: null,
    internalSpoof: null,
  };
}

function fateOf(status: string): keyof DeliveryCounts {
  switch (status) {
    case 'delivered':
    case 'expanded':
      return 'delivered';
    case 'filteredAsSpam':
      return 'junked';
    case 'quarantined':
      return 'quarantined';
    default:
      return 'blocked';
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
