import { decideRedirect } from '../../core/setting/decide-redirect.ts';
import { parseRetryAfter } from '../../core/setting/parse-retry-after.ts';
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

/** One request to Exchange and where it may be redirected to. */
export interface ExchangeCall {
  readonly request: HttpRequest;
  readonly token: string;
  /** The configured origin; redirects may lead to its exact host and port. */
  readonly configuredUrl: string;
  /** Bytes. */
  readonly largestAnswer: number;
}

/** What came of a request after its redirects. */
export type ExchangeOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly askedAt: Instant }
  | {
      readonly kind: 'failed';
      readonly cause: 'network' | 'too-large';
      readonly fault: string;
      readonly askedAt: Instant;
    }
  | { readonly kind: 'redirect-refused'; readonly why: string; readonly askedAt: Instant };

/** Milliseconds for one whole answer, so that one that only drips leaves the sweep its minute. */
const ANSWER_WITHIN = 20_000;
/** Tries in all when the service answers 429 or 5xx. */
const MOST_TRIES = 4;
const FIRST_BACKOFF = 1000;

/** Sends a request until its answer is final: follows redirects, retries 429 and 5xx within the budget, and nothing else. */
export async function sendToExchange(
  call: ExchangeCall,
  budget: TimeBudget,
  tools: AskingTools,
): Promise<ExchangeOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const { outcome, retryAfter } = await followRedirects(call, budget, tools);
    const passing = outcome.kind === 'answer' && (outcome.status === 429 || outcome.status >= 500);
    if (!passing) return outcome;
    const pause = retryAfter ?? FIRST_BACKOFF * 2 ** (attempt - 1);
    if (attempt >= MOST_TRIES || tools.now().getTime() + pause >= budget.endsAt) return outcome;
    try {
      await tools.wait(pause, budget.signal);
    } catch {
      return outcome;
    }
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

async function followRedirects(
  { request, token, configuredUrl, largestAnswer }: ExchangeCall,
  budget: TimeBudget,
  tools: AskingTools,
): Promise<{ outcome: ExchangeOutcome; retryAfter: number | null }> {
  const cookies = new Map<string, string>();
  const visited = [new URL(request.url).href];
  for (;;) {
    const askedAt = tools.now().toISOString();
    const url = visited.at(-1) ?? request.url;
    const outcome = await tools.send(
      { ...request, url, headers: { ...request.headers, ...cookieHeader(cookies), authorization: `Bearer ${token}` } },
      { answerWithin: ANSWER_WITHIN, wholeWithin: ANSWER_WITHIN, largestBody: largestAnswer, signal: budget.signal },
    );
    if (outcome.kind === 'failed') {
      const cause = outcome.cause === 'too-large' ? 'too-large' : 'network';
      return { outcome: { kind: 'failed', cause, fault: outcome.fault, askedAt }, retryAfter: null };
    }
    const { status, headers, body } = outcome;
    if (!REDIRECTS.has(status)) {
      const retryAfter = parseRetryAfter(headers['retry-after'], tools.now().getTime());
      // A service may repeat in its error what it was sent, and that text is shown to people.
      const shown = body.replaceAll(token, '[secret]');
      return { outcome: { kind: 'answer', status, body: shown, askedAt }, retryAfter };
    }
    keepCookies(cookies, headers['set-cookie']);
    const decision = decideRedirect(url, headers.location ?? null, configuredUrl, visited);
    if (!decision.follow)
      return { outcome: { kind: 'redirect-refused', why: decision.why, askedAt }, retryAfter: null };
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
