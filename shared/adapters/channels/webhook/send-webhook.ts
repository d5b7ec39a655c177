import { renderEvent } from '../../../core/alerts/render-event.ts';
import type { NamedChannel } from '../../../core/registry/tenant.ts';
import type { ResolveReference } from '../../config/resolve-reference.ts';
import type { SendRequest } from '../../http/send-request.ts';
import { isAllowedHost } from '../allowed-hosts.ts';
import { ANSWER_WITHIN, type ChannelSender, LARGEST_ANSWER } from '../channel-sender.ts';
import { readAnswer } from '../read-answer.ts';
import { checkWebhookUrl } from './guard-address.ts';
import { readSecret, signWebhook } from './sign-webhook.ts';

/** The pools that a webhook may be sent through: `guarded` connects to public addresses only. */
export interface WebhookPools {
  readonly guarded: SendRequest;
  readonly open: SendRequest;
}

const SOURCE = 'urn:direct-send-watch';

type WebhookChannel = NamedChannel & { type: 'webhook' };
type Prepared = { readonly url: string; readonly secrets: readonly Buffer[] } | { readonly problem: string };

/** Sends alerts as signed CloudEvents, one event per alert. */
export function webhookSender(
  pools: WebhookPools,
  resolve: ResolveReference,
  allowedHosts: readonly string[],
  now: () => Date,
): ChannelSender<'webhook'> {
  async function prepare(channel: WebhookChannel): Promise<Prepared> {
    const url = await resolve(channel.url);
    if (!url.ok) return { problem: `the URL ${url.problem}` };
    const wrong = checkWebhookUrl(url.value, (parsed) => isAllowedHost(parsed, allowedHosts));
    if (wrong !== null) return { problem: `the URL ${wrong}` };
    const secrets: Buffer[] = [];
    const references = { secret: channel.secret, 'previous secret': channel.previousSecret };
    for (const [name, reference] of Object.entries(references)) {
      if (reference === undefined) continue;
      const secret = await resolve(reference);
      if (!secret.ok) return { problem: `the ${name} ${secret.problem}` };
      const bytes = readSecret(secret.value);
      if (bytes === null) return { problem: `the ${name} is not "whsec_" followed by base64 of 24 to 64 bytes` };
      secrets.push(bytes);
    }
    return { url: url.value, secrets };
  }

  return {
    type: 'webhook',
    groups: false,
    async send(channel, { alert, context }) {
      const prepared = await prepare(channel);
      if ('problem' in prepared) return { kind: 'refused', cause: 'misconfigured', error: prepared.problem };
      const body = JSON.stringify(renderEvent(alert, context, SOURCE));
      const isListed = isAllowedHost(new URL(prepared.url), allowedHosts);
      const outcome = await (isListed ? pools.open : pools.guarded)(
        {
          method: 'POST',
          url: prepared.url,
          headers: {
            'content-type': 'application/cloudevents+json; charset=utf-8',
            'user-agent': 'direct-send-watch',
            ...signWebhook(alert.id, body, now(), prepared.secrets),
          },
          body,
        },
        { answerWithin: ANSWER_WITHIN, wholeWithin: ANSWER_WITHIN, largestBody: LARGEST_ANSWER },
      );
      return readAnswer(outcome, now().getTime(), () => null);
    },
    async check(channel) {
      const prepared = await prepare(channel);
      return 'problem' in prepared ? prepared.problem : null;
    },
  };
}
