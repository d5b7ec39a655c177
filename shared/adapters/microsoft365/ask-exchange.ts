import { decideRedirect } from '../../core/setting/decide-redirect.ts';
import { type Answer, type Interpretation, interpretAnswer } from '../../core/setting/interpret-answer.ts';
import { parseRetryAfter } from '../../core/setting/parse-retry-after.ts';
import { unknown } from '../../core/setting/reading.ts';
import type { Instant } from '../../core/time.ts';
import type { HttpRequest, SendRequest } from '../http/send-request.ts';

/** What asking needs of the world. */
export interface AskingTools {
  readonly send: SendRequest;
  readonly now: () => Date;
  /** Resolves after so many milliseconds, or rejects when the signal fires. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The time that one tenant may take in all, retries included. */
export interface TimeBudget {
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch at which it ends. */
  readonly endsAt: number;
}

/** What one way said in the end, and when the deciding request was sent and answered. */
export interface Asked {
  readonly interpretation: Exclude<Interpretation, { next: 'retry' | 'redirect' }>;
  readonly askedAt: Instant;
  readonly observedAt: Instant;
}

const ANSWER_WITHIN = 20_000;
const LARGEST_ANSWER = 1024 * 1024;
/** Tries in all when the service answers 429 or 5xx. */
const MOST_TRIES = 4;
const FIRST_BACKOFF = 1000;

/** Asks one way until its answer is final: follows redirects, retries 429 and 5xx within the budget, and nothing else. */
export async function askExchange(
  request: HttpRequest,
  token: string,
  configuredUrl: string,
  budget: TimeBudget,
  tools: AskingTools,
): Promise<Asked> {
  for (let attempt = 1; ; attempt += 1) {
    const { interpretation, retryAfter, askedAt } = await askOnce(request, token, configuredUrl, budget, tools);
    const observedAt = tools.now().toISOString();
    if (interpretation.next !== 'retry') return { interpretation, askedAt, observedAt };
    const pause = retryAfter ?? FIRST_BACKOFF * 2 ** (attempt - 1);
    const final = { interpretation: { next: 'done', finding: interpretation.finding } as const, askedAt, observedAt };
    if (attempt >= MOST_TRIES || tools.now().getTime() + pause >= budget.endsAt) return final;
    try {
      await tools.wait(pause, budget.signal);
    } catch {
      return final;
    }
  }
}

type Once = {
  interpretation: Exclude<Interpretation, { next: 'redirect' }>;
  retryAfter: number | null;
  askedAt: Instant;
};

async function askOnce(
  first: HttpRequest,
  token: string,
  configuredUrl: string,
  budget: TimeBudget,
  tools: AskingTools,
): Promise<Once> {
  const cookies = new Map<string, string>();
  const visited = [new URL(first.url).href];
  for (;;) {
    const askedAt = tools.now().toISOString();
    const url = visited.at(-1) ?? first.url;
    const outcome = await tools.send(
      { ...first, url, headers: { ...first.headers, ...cookieHeader(cookies), authorization: `Bearer ${token}` } },
      { answerWithin: ANSWER_WITHIN, largestBody: LARGEST_ANSWER, signal: budget.signal },
    );
    if (outcome.kind === 'failed') {
      const reason = outcome.cause === 'too-large' ? 'unexpected-response' : 'network';
      return { interpretation: { next: 'done', finding: unknown(reason, outcome.fault) }, retryAfter: null, askedAt };
    }
    const answer: Answer = { status: outcome.status, body: outcome.body };
    const interpretation = interpretAnswer(answer);
    if (interpretation.next !== 'redirect') {
      const retryAfter = parseRetryAfter(outcome.headers['retry-after'], tools.now().getTime());
      return { interpretation, retryAfter, askedAt };
    }
    keepCookies(cookies, outcome.headers['set-cookie']);
    const decision = decideRedirect(url, outcome.headers.location ?? null, configuredUrl, visited);
    if (!decision.follow) {
      const finding = unknown('redirect-refused', decision.why);
      return { interpretation: { next: 'done', finding }, retryAfter: null, askedAt };
    }
    visited.push(decision.url);
  }
}

function keepCookies(cookies: Map<string, string>, header: string | undefined): void {
  for (const line of header?.split('\n') ?? []) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
}

function cookieHeader(cookies: ReadonlyMap<string, string>): Record<string, string> {
  if (cookies.size === 0) return {};
  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}
