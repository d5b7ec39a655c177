import {
  Client,
  type Context,
  GraphError,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
  type ShouldRetry,
} from '@microsoft/microsoft-graph-client';
import { clean } from '../../core/setting/interpret-answer.ts';
import { parseRetryAfter } from '../../core/setting/parse-retry-after.ts';
import type { Finding } from '../../core/setting/reading.ts';
import type { Endpoints } from '../config/settings.ts';
import type { HttpHeaders, SendRequest } from '../http/send-request.ts';
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
  return keepFaults(Client.initWithMiddleware({ middleware: retry, baseUrl: `${graph}/`, defaultVersion: 'v1.0' }));
}

/** The SDK replaces errors by its own and loses what they carry; what is no error it hands on inside. */
class Carrier {
  readonly fault: GraphSignInError | GraphNetworkError;
  constructor(fault: GraphSignInError | GraphNetworkError) {
    this.fault = fault;
  }
}

/** Lets requests throw our own errors as they were raised below the SDK. */
function keepFaults(client: Client): Client {
  const uncover = (error: unknown): never => {
    throw error instanceof GraphError && error.body instanceof Carrier ? error.body.fault : error;
  };
  const api = client.api.bind(client);
  client.api = (path) => {
    const request = api(path);
    const [get, post] = [request.get.bind(request), request.post.bind(request)];
    request.get = (callback) => get(callback).catch(uncover);
    request.post = (content, callback) => post(content, callback).catch(uncover);
    return request;
  };
  return client;
}

/** Seconds. */
const FIRST_PAUSE = 2;
const LONGEST_RETRY_AFTER = 20;

/** Whether a pause that Graph asks for is short enough to sit out; a longer one is left to a later run. */
function isWorthWaiting(...[, , , , response]: Parameters<ShouldRetry>): boolean {
  const asked = parseRetryAfter(response?.headers.get('retry-after'), Date.now());
  return asked === null || asked <= LONGEST_RETRY_AFTER * 1000;
}

function carry(fault: string, mayHaveArrived: boolean): Carrier {
  return new Carrier(new GraphNetworkError(fault, mayHaveArrived));
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
      if (new URL(url).origin !== origin) throw carry('Graph named a page on another host', false);
      const signedIn = await signIn.token(tenant, 'graph', limits.signal);
      if (!signedIn.ok) throw new Carrier(new GraphSignInError(signedIn.finding));
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
      if (outcome.kind === 'failed') throw carry(outcome.fault, outcome.mayHaveArrived);
      context.response = toResponse(outcome.status, outcome.headers, outcome.body);
    },
    setNext() {},
  };
}

/** The SDK drops the headers of an error that is not JSON, and with them Retry-After; such an error gets a body that it reads. */
function toResponse(status: number, headers: HttpHeaders, body: string): Response {
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers });
  const isReadable = status < 400 || /json/i.test(headers['content-type'] ?? '');
  if (isReadable) return new Response(body, { status, headers });
  const error = JSON.stringify({ error: { code: 'NotJson', message: '', text: clean(body) } });
  return new Response(error, { status, headers: { ...headers, 'content-type': 'application/json' } });
}

/** Opens Graph for a tenant with limits that were chosen before. */
export type OpenGraph = (tenant: SignInTarget) => Client;
