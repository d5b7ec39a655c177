import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One HTTP request that was read whole. */
export interface HttpRequest {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query as it came, with its question mark; empty when there is none. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `https://host:port` of the server that got it. */
  readonly origin: string;
}

/** Reads a request to its end; rejects when the client goes away before. */
export async function readRequest(incoming: IncomingMessage, origin: string): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = new URL(`${origin}${incoming.url ?? '/'}`);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    search: url.search,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    origin,
  };
}

/** The body as JSON; undefined when it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** True for an object that is neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
