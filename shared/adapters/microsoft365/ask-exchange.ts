import { type Interpretation, interpretAnswer } from '../../core/setting/interpret-answer.ts';
import { unknown } from '../../core/setting/reading.ts';
import type { Instant } from '../../core/time.ts';
import type { HttpRequest } from '../http/send-request.ts';
import { type AskingTools, type ExchangeOutcome, sendToExchange, type TimeBudget } from './send-to-exchange.ts';

/** What one way said in the end, and when the deciding request was sent and answered. */
export interface Asked {
  readonly interpretation: Exclude<Interpretation, { next: 'retry' | 'redirect' }>;
  readonly askedAt: Instant;
  readonly observedAt: Instant;
}

const LARGEST_ANSWER = 1024 * 1024;

/** Asks one way for the setting until its answer is final. */
export async function askExchange(
  request: HttpRequest,
  token: string,
  configuredUrl: string,
  budget: TimeBudget,
  tools: AskingTools,
): Promise<Asked> {
  const call = { request, token, configuredUrl, largestAnswer: LARGEST_ANSWER };
  const outcome = await sendToExchange(call, budget, tools);
  return { interpretation: interpret(outcome), askedAt: outcome.askedAt, observedAt: tools.now().toISOString() };
}

function interpret(outcome: ExchangeOutcome): Asked['interpretation'] {
  switch (outcome.kind) {
    case 'failed': {
      const reason = outcome.cause === 'too-large' ? 'unexpected-response' : 'network';
      return { next: 'done', finding: unknown(reason, outcome.fault) };
    }
    case 'redirect-refused':
      return { next: 'done', finding: unknown('redirect-refused', outcome.why) };
    case 'answer': {
      const interpretation = interpretAnswer(outcome);
      if (interpretation.next === 'redirect') throw new Error('redirects were followed already');
      // The retries are used up: what the last answer said stands.
      return interpretation.next === 'retry' ? { next: 'done', finding: interpretation.finding } : interpretation;
    }
  }
}
