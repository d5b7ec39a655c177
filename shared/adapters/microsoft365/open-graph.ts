import {
  Client,
  type Context,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
  type ShouldRetry,
} from '@microsoft/microsoft-graph-client';
import { parseRetryAfter } from '../../core/setting/parse-retry-after.ts';
import type { Finding } from '../../core/setting/reading.ts';
import type { Endpoints } from '../config/settings.ts';
import type { SendRequest } from '../http/send-request.ts';
import { addressesOf } from './clouds.ts';
import type { SignIn, SignInTarget } from './sign-in.ts';

/** Thrown when no token for Graph was given. */
export class GraphSignInError extends Error {
  override readonly name = 'GraphSignInError';
  readonly finding: Finding & { verdict: 'unknown' };
  constructor(finding: Finding & { verdict: 'unknown' }) {
    super(finding.detail);
    this.finding = finding;
  }
}

/** Thrown when Graph could not be reached or its answer was too large. */
export class GraphNetworkError extends Error {
  override readonly name = 'GraphNetworkError';
  readonly mayHaveArrived: boolean;
  constructor(fault: string, mayHaveArrived: boolean) {
    super(fault);
    this.mayHaveArrived = mayHaveArrived;
  }
}

/** How patient a Graph client is; the SDK's own limits can outlast a function (sheet exchange-and-graph, 5.3). */
export interface GraphLimits {
  /** Milliseconds for one answer. */
  readonly answerWithin: number;
  /** Bytes of one answer. */
  readonly largestAnswer: number;
  readonly retries: number;
  readonly signal: AbortSignal;
}

/** Opens Graph for one tenant: the SDK's client on our pool, with our own retry limits. */
export function openGraph(
  tenant: SignInTarget,
  endpoints: Endpoints,
  signIn: SignIn,
  send: SendRequest,
  limits: GraphLimits,
): Client {
  const { graph } = addressesOf(tenant.cloud, endpoints);
  const retry = new RetryHandler(new RetryHandlerOptions(FIRST_PAUSE, limits.retries, isWorthWaiting));
  retry.setNext(transport(tenant, new URL(graph).origin, signIn, send, limits));
  return Client.initWithMiddleware({ middleware: retry, baseUrl: `${graph}/`, defaultVersion: 'v1.0' });
}

/** Seconds. */
const FIRST_PAUSE = 2;
const LONGEST_RETRY_AFTER = 20;

/** Whether a pause that Graph asks for is short enough to sit out; a longer one is left to a later run. */
function isWorthWaiting(...[, , , , response]: Parameters<ShouldRetry>): boolean {
  const asked = parseRetryAfter(response?.headers.get('retry-after'), Date.now());
  return asked === null || asked <= LONGEST_RETRY_AFTER * 1000;
}

/** The end of the SDK's chain: our sign-in and pool. The bearer goes to the configured origin only, also on a next page. */
function transport(
  tenant: SignInTarget,
  origin: string,
  signIn: SignIn,
  send: SendRequest,
  limits: GraphLimits,
): Middleware {
  return {
    async execute(context: Context) {
      const url = typeof context.request === 'string' ? context.request : context.request.url;
      if (new URL(url).origin !== origin) throw new GraphNetworkError('Graph named a page on another host', false);
      const signedIn = await signIn.token(tenant, 'graph', limits.signal);
      if (!signedIn.ok) throw new GraphSignInError(signedIn.finding);
      const headers = Object.fromEntries(new Headers(context.options?.headers as Record<string, string> | undefined));
      const body = context.options?.body;
      const outcome = await send(
        {
          method: context.options?.method?.toUpperCase() === 'POST' ? 'POST' : 'GET',
          url,
          headers: { ...headers, authorization: `Bearer ${signedIn.token}`, 'user-agent': 'direct-send-watch' },
          ...(typeof body === 'string' ? { body } : {}),
        },
        { answerWithin: limits.answerWithin, largestBody: limits.largestAnswer, signal: limits.signal },
      );
      if (outcome.kind === 'failed') throw new GraphNetworkError(outcome.fault, outcome.mayHaveArrived);
      const empty = [204, 205, 304].includes(outcome.status);
      context.response = new Response(empty ? null : outcome.body, {
        status: outcome.status,
        headers: outcome.headers,
      });
    },
    setNext() {},
  };
}

/** Opens Graph for a tenant with limits that were chosen before. */
export type OpenGraph = (tenant: SignInTarget) => Client;
