import type { Alert } from '../../../core/alerts/alert.ts';
import { MAX_CARD_BYTES } from '../../../core/alerts/fit-card.ts';
import { renderCard } from '../../../core/alerts/render-card.ts';
import type { AlertContext } from '../../../core/alerts/story.ts';
import type { ResolveReference } from '../../config/resolve-reference.ts';
import type { SendRequest } from '../../http/send-request.ts';
import { ANSWER_WITHIN, type ChannelSender, LARGEST_ANSWER } from '../channel-sender.ts';
import { readAnswer } from '../read-answer.ts';
import { checkTeamsUrl } from './check-teams-url.ts';
import { decodeRefusal } from './decode-refusal.ts';

/** Sends Adaptive Cards to Teams workflows. The URL is a bearer secret: it is resolved for each request and never shown. */
export function teamsSender(
  send: SendRequest,
  resolve: ResolveReference,
  allowedHosts: readonly string[],
  now: () => Date,
): ChannelSender<'teams-workflow'> {
  return {
    type: 'teams-workflow',
    groups: true,
    async send(channel, { alert, context, shrink }) {
      const url = await resolve(channel.url);
      const problem = url.ok ? checkTeamsUrl(url.value, allowedHosts) : url.problem;
      if (!url.ok || problem !== null) return { kind: 'refused', cause: 'misconfigured', error: `the URL ${problem}` };
      const body = renderSmaller(alert, context, shrink);
      const outcome = await send(
        {
          method: 'POST',
          url: url.value,
          headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'direct-send-watch' },
          body,
        },
        { answerWithin: ANSWER_WITHIN, wholeWithin: ANSWER_WITHIN, largestBody: LARGEST_ANSWER },
      );
      return readAnswer(outcome, now().getTime(), decodeRefusal);
    },
    async check(channel) {
      const url = await resolve(channel.url);
      return url.ok ? checkTeamsUrl(url.value, allowedHosts) : url.problem;
    },
  };
}

/** The card as JSON; each step asks for half the size of the one that was found too large. */
function renderSmaller(alert: Alert, context: AlertContext, shrink: number): string {
  const whole = JSON.stringify(renderCard(alert, context, MAX_CARD_BYTES));
  if (shrink === 0) return whole;
  return JSON.stringify(renderCard(alert, context, Buffer.byteLength(whole) / 2 ** shrink));
}
