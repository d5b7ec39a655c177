import type { Alert, AlertFacts } from './alert.ts';
import { cleanText } from './clean-text.ts';
import { fitIntoBytes } from './fit-card.ts';
import type { AlertContext, Limits } from './story.ts';
import { tellStory } from './tell-story.ts';

/** Standard Webhooks asks for payloads below 20 KB. */
export const MAX_EVENT_BYTES = 20_000;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A CloudEvents 1.0 event in JSON: `source` and `id` together name it, and stay the same through retries. */
export interface AlertEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: { readonly [key: string]: Json };
}

/**
 * Renders an alert as the event of a webhook, at most 20,000 bytes. `data` holds the facts as they are stored and one sentence for people;
 * texts from outside are cleaned of everything invisible, but not escaped: JSON has no markup. Lists are shortened before anything else.
 */
export function renderEvent(alert: Alert, context: AlertContext, source: string): AlertEvent {
  return fitIntoBytes((limits) => buildEvent(alert, context, source, limits), MAX_EVENT_BYTES);
}

function buildEvent(alert: Alert, context: AlertContext, source: string, limits: Limits): AlertEvent {
  const { id, tenant, ledger, facts, raisedAt } = alert;
  const shorten = (value: unknown) => shortenJson(value, limits);
  return {
    specversion: '1.0',
    id: cleanText(id, 64),
    source,
    type: `directsendwatch.${facts.kind}.v1`,
    subject: tenant === null ? 'fleet' : `tenant/${cleanText(tenant.id, 64)}`,
    time: raisedAt,
    datacontenttype: 'application/json',
    data: {
      summary: tellStory(alert, context, cleanText, limits).headline,
      verdict: verdictOf(facts),
      possibleRepeat: context.possibleRepeat,
      tenant: shorten(tenant),
      facts: shorten(facts),
      traffic: shorten(context.traffic),
      changedBy: shorten(context.changedBy),
      ledger: shorten(ledger),
      links: { ...context.links },
    },
  };
}

/** The verdict that the alert is about; null when it is about no single tenant's setting. */
function verdictOf(facts: AlertFacts): 'enforced' | 'permissive' | 'unknown' | null {
  switch (facts.kind) {
    case 'drifted':
    case 'found-permissive':
    case 'reminder':
    case 'exception-expiring':
    case 'spoofing-seen':
      return 'permissive';
    case 'recovered':
      return 'enforced';
    case 'sighted':
      return facts.verdict;
    case 'blinded':
    case 'fleet-blind':
      return 'unknown';
    case 'attributed':
    case 'fleet-sighted':
    case 'digest':
    case 'heartbeat':
    case 'channel-broken':
    case 'test':
      return null;
  }
}

function shortenJson(value: unknown, limits: Limits): Json {
  if (typeof value === 'string') return cleanText(value, Math.max(limits.text, 64));
  if (Array.isArray(value)) return value.slice(0, limits.rows).map((one) => shortenJson(one, limits));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortenJson(one, limits)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
