import { createHmac } from 'node:crypto';
import type { Behaviour, Decision, Occasion } from '../behaviour/behaviour.ts';
import { createSwitchboard } from '../behaviour/create-switchboard.ts';
import type { RoutedRequest } from '../behaviour/handle-requests.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import { empty, json } from '../wire/reply.ts';

/** A generic receiver of signed webhooks (Standard Webhooks), which also knows CloudEvents by its body. */
export interface Webhook {
  readonly name: string;
  readonly url: string;
  /** Secrets of which one must have signed, `whsec_…`; an empty list lets everything pass. */
  secrets: string[];
  /** What was accepted. */
  readonly deliveries: readonly WebhookDelivery[];
  /** Sets the behaviours of the next deliveries, one each; the last one stays. None at all: healthy. */
  behave(...sequence: Behaviour[]): void;
}

export interface WebhookDelivery {
  readonly at: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The webhooks of one receiver. */
export interface WebhookDesk {
  /** The webhook of that name; made when it is first asked for. */
  webhook(name: string): Webhook;
  /** The request as a delivery; null when its path is not that of a webhook. */
  route(request: HttpRequest): RoutedRequest | null;
}

interface RunningWebhook extends Webhook {
  readonly deliveries: WebhookDelivery[];
  decide(occasion: Occasion): Decision | undefined;
}

const PATH = /^\/webhooks\/([\w-]+)$/;

/** Serves `/webhooks/<name>`; a secret begins with `marker` once it is decoded. */
export function createWebhookDesk(origin: () => string, marker: string, clock: () => Date): WebhookDesk {
  const webhooks = new Map<string, RunningWebhook>();
  const open = (name: string) => {
    const webhook = webhooks.get(name) ?? createWebhook(name, `${origin()}/webhooks/${name}`, marker);
    webhooks.set(name, webhook);
    return webhook;
  };
  return {
    webhook: open,
    route(request) {
      const webhook = webhooks.get(PATH.exec(request.path)?.[1] ?? '');
      if (webhook === undefined) return null;
      const why = findFault(request, webhook.secrets);
      return {
        surface: `webhook/${webhook.name}`,
        tenantId: null,
        wrong: why === null ? null : { why, reply: json(why === UNSIGNED ? 401 : 400, { error: why }) },
        decide: webhook.decide,
        serve() {
          const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
          const at = clock().toISOString();
          webhook.deliveries.push({ at, headers: Object.fromEntries(headers), body: request.body });
          return empty(204);
        },
      };
    },
  };
}

function createWebhook(name: string, url: string, marker: string): RunningWebhook {
  const { behave, take } = createSwitchboard<'webhook'>();
  return {
    name,
    url,
    secrets: [`whsec_${Buffer.from(marker.padEnd(32, 'x')).toString('base64')}`],
    deliveries: [],
    behave: (...sequence) => behave('webhook', ...sequence),
    decide: (occasion) => take(['webhook'], occasion),
  };
}

const UNSIGNED = 'no signature by a known secret';

function findFault({ method, headers, body }: HttpRequest, secrets: readonly string[]): string | null {
  if (method !== 'POST') return `${method} in place of POST`;
  if (secrets.length === 0) return null;
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (id === undefined || !/^\d+$/.test(String(timestamp))) return 'no webhook-id or webhook-timestamp';
  const given = String(headers['webhook-signature']).split(' ');
  const isSigned = secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return given.includes(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  });
  return isSigned ? null : UNSIGNED;
}
