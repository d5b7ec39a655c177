import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { handleRequests, type Reception, type RoutedRequest } from '../behaviour/handle-requests.ts';
import { listen } from '../wire/listen.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import type { Certificate } from './make-certificate.ts';

/** A running HTTP service. */
export interface Service {
  /** `https://127.0.0.1:port`, without a final slash. */
  readonly origin: string;
  stop(): Promise<void>;
}

export type Route = (request: HttpRequest) => RoutedRequest | Promise<RoutedRequest>;

/** Longer than any client keeps a connection, so that none is closed under a request. */
const KEEP_ALIVE = { keepAliveTimeout: 10 * 60 * 1000, requestTimeout: 0 };

/** Serves over TLS on a free port. */
export async function serveHttps(certificate: Certificate, route: Route, reception: Reception): Promise<Service> {
  let origin = '';
  const { certificate: cert, key } = certificate;
  const listener = handleRequests(route, () => origin, reception);
  const { port, stop } = await listen(createServer({ cert, key, ...KEEP_ALIVE }, listener));
  origin = `https://127.0.0.1:${port}`;
  return { origin, stop };
}

/** Serves without TLS on a free port: the identity endpoint of a host, and the address that nobody should fall back to. */
export async function serveHttp(route: Route, reception: Reception): Promise<Service> {
  let origin = '';
  const listener = handleRequests(route, () => origin, reception);
  const { port, stop } = await listen(createHttpServer(KEEP_ALIVE, listener));
  origin = `http://127.0.0.1:${port}`;
  return { origin, stop };
}
