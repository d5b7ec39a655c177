import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { clean } from '../../core/setting/interpret-answer.ts';
import { limitTime } from './limit-time.ts';
import { raceAgainst } from './race-against.ts';

/** One request, whole in memory. `url` is https. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. Redirects are answers, never followed. `fault` is for people and names the host, not the path. */
export type HttpOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: HttpHeaders; readonly body: string }
  | {
      readonly kind: 'failed';
      readonly cause: 'network' | 'too-large' | 'forbidden-address';
      /** False when the request cannot have reached the other side. */
      readonly mayHaveArrived: boolean;
      /** The status, when it came and only the body was at fault. */
      readonly status?: number;
      readonly fault: string;
    };

/** Lower-case header names; of repeated headers the first counts, but `set-cookie` has one line for each. */
export type HttpHeaders = Readonly<Record<string, string>>;

export interface HttpLimits {
  /** Milliseconds until the answer's headers must have come; the body may take as long again. */
  readonly answerWithin: number;
  /** Milliseconds for everything together; twice `answerWithin` when left out. */
  readonly wholeWithin?: number;
  /** Largest body that is read, in bytes; more is a failure, never a cut text. */
  readonly largestBody: number;
  readonly signal?: AbortSignal | undefined;
}

export type SendRequest = (request: HttpRequest, limits: HttpLimits) => Promise<HttpOutcome>;

const CONNECT_WITHIN = 10_000;

/** A pool of connections. `close` ends them at once, also those that hang. */
export interface HttpPool {
  readonly send: SendRequest;
  close(): Promise<void>;
}

/** Opens a pool of https connections with time-outs for connecting, headers and body, and a limit on the answer's size. `lookup` replaces name resolution. */
export function openHttpPool(lookup?: LookupFunction): HttpPool {
  const connect = { timeout: CONNECT_WITHIN, ...(lookup === undefined ? {} : { lookup }) };
  const agent = new Agent({ connect, pipelining: 1, keepAliveTimeout: 10_000 });
  return {
    send: (message, limits) => send(agent, message, limits),
    close: () => agent.destroy(),
  };
}

async function send(agent: Agent, message: HttpRequest, limits: HttpLimits): Promise<HttpOutcome> {
  const { method, url, headers, body } = message;
  const { answerWithin, largestBody } = limits;
  const whole = limitTime(limits.wholeWithin ?? answerWithin * 2, limits.signal);
  const { signal } = whole;
  let status: number | undefined;
  try {
    const { origin, pathname, search } = new URL(url);
    const request = agent.request({
      origin,
      path: `${pathname}${search}`,
      method,
      headers,
      body: body ?? null,
      headersTimeout: answerWithin,
      bodyTimeout: answerWithin,
      signal,
    });
    // While a connection is made, the agent does not listen to the signal.
    const answer = await raceAgainst(signal, request);
    status = answer.statusCode;
    const text = await readBody(answer.body, largestBody);
    if (text === null) {
      const fault = `the answer of ${hostOf(url)} is larger than ${largestBody} bytes`;
      return { kind: 'failed', cause: 'too-large', mayHaveArrived: true, status, fault };
    }
    return { kind: 'answer', status, headers: flatten(answer.headers), body: text };
  } catch (error) {
    const { code, text } = describeFault(error);
    const cause = code === 'DSW_FORBIDDEN_ADDRESS' ? 'forbidden-address' : 'network';
    const failed = { kind: 'failed', cause, fault: `${hostOf(url)}: ${text}` } as const;
    if (status !== undefined) return { ...failed, mayHaveArrived: true, status };
    return { ...failed, mayHaveArrived: !NEVER_SENT.has(code) };
  } finally {
    whole.end();
  }
}

async function readBody(body: AsyncIterable<Buffer>, largest: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream, so an endless answer costs no more than this.
    if (size > largest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: Record<string, string | string[] | undefined>): HttpHeaders {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    const said = Array.isArray(value) ? (key === 'set-cookie' ? value.join('\n') : value[0]) : value;
    if (said !== undefined) flat[key] = said;
  }
  return flat;
}

function hostOf(url: string): string {
  return new URL(url).host;
}

const FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'name resolution does not work here',
  ETIMEDOUT: 'connecting took too long',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the answer did not end in time',
  UND_ERR_ABORTED: 'the time for this request was used up',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut short',
  DSW_FORBIDDEN_ADDRESS: 'the name leads to an address that is not public',
};

/** Faults of connecting: no byte of the request has left. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'DSW_FORBIDDEN_ADDRESS',
  'TLS',
]);

/** What went wrong on the wire, for people; never a URL or a header. */
function describeFault(error: unknown): { readonly code: string; readonly text: string } {
  const outer = readFault(error);
  const inner = [outer.cause, ...outer.errors].map(readFault);
  for (const { name, code } of [outer, ...inner]) {
    if (name === 'AbortError' || name === 'TimeoutError') return { code: '', text: FAULTS.UND_ERR_ABORTED ?? '' };
    const known = FAULTS[code];
    if (known !== undefined) return { code, text: known };
    if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY/.test(code)) {
      return { code: 'TLS', text: `the TLS certificate or handshake was not accepted (${code})` };
    }
  }
  const { name, message } = outer;
  return { code: '', text: clean(name === 'Error' ? message : name) || 'the request failed' };
}

/** Errors of the network are not all of one class, nor of one realm: only what they carry is looked at. */
function readFault(error: unknown) {
  const { name, code, message, cause, errors } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    name: text(name),
    code: text(code),
    message: text(message),
    cause,
    errors: Array.isArray(errors) ? errors : [],
  };
}
