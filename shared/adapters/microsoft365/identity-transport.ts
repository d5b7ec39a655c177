import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import { parseRetryAfter } from '../../core/setting/parse-retry-after.ts';
import type { SendRequest } from '../http/send-request.ts';

/** What the last sign-in request met; the identity library hides it in its messages. */
export interface WireRecord {
  status: number | null;
  fault: string | null;
}

/** Milliseconds for one whole answer: the library tries three times, and a sweep with sign-ins that hang has a minute. */
const ANSWER_WITHIN = 8_000;
const LARGEST_TOKEN_ANSWER = 1024 * 1024;
/** Milliseconds of a Retry-After that may still fit into the time of one tenant. */
const LONGEST_PAUSE = 30_000;

/** Lets the identity library send through our pool, with its time-outs and size limit, and records what happened. */
export function carryIdentityRequests(send: SendRequest, record: WireRecord): HttpClient {
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      const known = describeEndpoints(request.url);
      if (known !== null) return { request, status: 200, headers: createHttpHeaders(JSON_TYPE), bodyAsText: known };
      const outcome = await send(
        {
          method: request.method === 'GET' ? 'GET' : 'POST',
          url: request.url,
          headers: request.headers.toJSON(),
          ...(typeof request.body === 'string' ? { body: request.body } : {}),
        },
        {
          answerWithin: ANSWER_WITHIN,
          wholeWithin: ANSWER_WITHIN,
          largestBody: LARGEST_TOKEN_ANSWER,
          signal: signalOf(request),
        },
      );
      if (outcome.kind === 'failed') {
        record.status = null;
        record.fault = outcome.fault;
        // The code lets the library's own retry policy see a network fault.
        throw new RestError(outcome.fault, { code: 'ECONNRESET', request });
      }
      record.status = outcome.status;
      record.fault = null;
      const { status } = outcome;
      // A token may happen to hold the same characters: only what says why there is none is shown to people.
      const body = status < 400 ? outcome.body : withoutSent(outcome.body, request.body);
      // The library would sit out any pause, long after the tenant's time is over.
      const pause = parseRetryAfter(outcome.headers['retry-after'], Date.now());
      if (pause !== null && pause > LONGEST_PAUSE) throw new RestError('sign-in asked for a long pause', { request });
      return { request, status, headers: createHttpHeaders(outcome.headers), bodyAsText: body };
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * The library asks hosts that are not Microsoft's for their endpoints, which for Entra are always the same. Asked, a tenant that
 * is gone would answer here, and the library would hide that answer; so the question is answered on the spot.
 */
function describeEndpoints(url: string): string | null {
  const base = /^(https:\/\/[^?]+)\/v2\.0\/\.well-known\/openid-configuration/.exec(url)?.[1];
  if (base === undefined) return null;
  return JSON.stringify({
    issuer: `${base}/v2.0`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
}

/** A service may repeat in its error what it was sent. */
function withoutSent(answer: string, sent: PipelineRequest['body']): string {
  if (typeof sent !== 'string') return answer;
  const form = new URLSearchParams(sent);
  return ['client_secret', 'client_assertion']
    .map((name) => form.get(name) ?? '')
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .reduce((text, secret) => text.replaceAll(secret, '[secret]'), answer);
}

/** The library's abort signal is only the shape of a real one. */
function signalOf(request: PipelineRequest): AbortSignal | undefined {
  const signal = request.abortSignal;
  if (signal === undefined) return undefined;
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}
