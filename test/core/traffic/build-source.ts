import type { Approval } from '../../../shared/core/traffic/approval.ts';
import { printOf } from '../../../shared/core/traffic/approval.ts';
import { assessSources } from '../../../shared/core/traffic/assess-sources.ts';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import { foldDays } from '../../../shared/core/traffic/fold-days.ts';
import type { NetworkContext, SourceNetwork } from '../../../shared/core/traffic/network-context.ts';
import { UNKNOWN_NETWORK } from '../../../shared/core/traffic/network-context.ts';
import { checkDomains } from '../../../shared/core/traffic/own-domains.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';

export const FROM = '2026-10-01T00:00:00.000Z';
export const NOW = '2026-10-31T00:00:00.000Z';

/** What a test says of a day of one source; the rest is a plain, unauthenticated device. */
export interface DayInput {
  readonly day?: number;
  readonly source?: string;
  readonly class?: TrafficDay['class'];
  readonly messages?: number;
  readonly senders?: Partial<TrafficDay['senders']>;
  /** Addresses of senders and recipients, in place of their prints. */
  readonly from?: readonly string[];
  readonly people?: readonly string[];
  readonly to?: readonly string[];
  readonly authentication?: Partial<NonNullable<TrafficDay['authentication']>>;
  readonly verdicts?: Partial<NonNullable<TrafficDay['verdicts']>>;
  readonly content?: Partial<NonNullable<TrafficDay['content']>>;
  readonly payload?: Partial<NonNullable<TrafficDay['payload']>>;
  readonly afterDelivery?: Partial<NonNullable<TrafficDay['afterDelivery']>>;
  readonly delivery?: Partial<NonNullable<TrafficDay['delivery']>>;
  readonly returned?: number;
}

/** A day of one source, as the hunting queries give it. `day` counts from 1 October 2026. */
export function buildDay(input: DayInput = {}): TrafficDay {
  const { day = 10, source = '203.0.113.9', messages = 4, from = ['scanner@contoso.example'], people = [] } = input;
  const { to = ['amy@contoso.example', 'ben@contoso.example'] } = input;
  const date = new Date(Date.UTC(2026, 9, day)).toISOString().slice(0, 10);
  return {
    day: date,
    class: input.class ?? 'direct-send',
    source,
    origin: 'hunting',
    addresses: source.includes('/') ? [] : [source],
    messages,
    firstSeen: `${date}T08:00:00.000Z`,
    lastSeen: `${date}T16:00:00.000Z`,
    hours: [8, 16],
    senders: {
      toSelf: 0,
      fromPerson: 0,
      nullEnvelope: 0,
      foreignHeader: 0,
      srsOfOwn: 0,
      listShaped: 0,
      prints: [...from, ...people].map(printOf).sort(),
      personPrints: people.map(printOf).sort(),
      samples: [...from, ...people].slice(0, 5),
      envelopes: [],
      envelopeDomains: ['contoso.example'],
      ...input.senders,
    },
    recipientPrints: to.map(printOf).sort(),
    delivery: { delivered: messages, junked: 0, quarantined: 0, blocked: 0, ...input.delivery },
    authentication: {
      spfPass: 0,
      spfFail: messages,
      dkimPass: 0,
      unsigned: 0,
      signed: 0,
      dmarcPass: 0,
      dmarcFail: messages,
      allPass: 0,
      ...input.authentication,
    },
    verdicts: { content: 0, doubtful: 0, spoofOnly: 0, simulated: 0, ...input.verdicts },
    content: { withLinks: 0, withAttachments: messages, withLure: 0, ...input.content },
    payload: {
      carrying: 0,
      outsideLinks: 0,
      qrCodes: 0,
      riskyAttachments: 0,
      toSelf: 0,
      linkDomains: [],
      ...input.payload,
    },
    afterDelivery: { condemned: 0, reported: 0, ...input.afterDelivery },
    returned: input.returned ?? 0,
    internalSpoof: null,
  };
}

/** The same on several days of October. */
export function buildDays(days: readonly number[], input: DayInput = {}): TrafficDay[] {
  return days.map((day) => buildDay({ ...input, day }));
}

/** Weekdays of October 2026 from the given day on, `count` of them. */
export function workdays(count: number, first = 2): number[] {
  const days: number[] = [];
  for (let day = first; days.length < count; day += 1)
    if (![0, 6].includes(new Date(Date.UTC(2026, 9, day)).getUTCDay())) days.push(day);
  return days;
}

/** A context in which nothing but the own domain is known, with what a test adds. */
export function buildContext(
  sources: Record<string, Partial<SourceNetwork>> = {},
  rest: Partial<NetworkContext> = {},
): NetworkContext {
  return {
    own: checkDomains([{ name: 'contoso.example', matchSubdomains: false }]),
    mailExchangers: [
      { domain: 'contoso.example', hosts: ['contoso-example.mail.protection.outlook.com'], addresses: [] },
    ],
    connectors: [],
    namedLocations: null,
    sources: new Map(Object.entries(sources).map(([source, known]) => [source, { ...UNKNOWN_NETWORK, ...known }])),
    ...rest,
  };
}

/** Assesses days as the product does. */
export function assess(
  days: readonly TrafficDay[],
  context: NetworkContext = buildContext(),
  approvals: readonly Approval[] = [],
): AssessedSource[] {
  return assessSources(foldDays(days), { context, approvals, from: FROM, now: NOW });
}

/** Assesses days of which there is one source only. */
export function assessOne(
  days: readonly TrafficDay[],
  context?: NetworkContext,
  approvals?: readonly Approval[],
): AssessedSource {
  const [only, ...others] = assess(days, context, approvals);
  if (only === undefined || others.length > 0)
    throw new Error(`Expected one source, found ${others.length + (only ? 1 : 0)}.`);
  return only;
}
