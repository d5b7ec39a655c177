import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A moment of one storage request: before it reaches the account, or when its answer is there and not yet told. */
export interface Moment {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** An account behind proxies that see each request. */
export interface StorageProxy {
  readonly connectionString: string;
  /** Requests so far. */
  count(): number;
  /** What to do at each moment from now on; the requests are counted from 1 again. */
  watch(onMoment: (moment: Moment) => void): void;
  close(): Promise<void>;
}

/** Puts a proxy before each endpoint of an account of the emulator. */
export async function proxyStorage(connectionString: string): Promise<StorageProxy> {
  let nth = 0;
  let onMoment: (moment: Moment) => void = () => {};
  const servers: Server[] = [];
  let proxied = connectionString;
  for (const [, origin = ''] of connectionString.matchAll(/Endpoint=(http:\/\/[\d.]+:\d+)\//g)) {
    const server = createServer((incoming, outgoing) => {
      nth += 1;
      const mine = nth;
      onMoment({ nth: mine, when: 'before' });
      forward(incoming, origin, (answer) => {
        onMoment({ nth: mine, when: 'after' });
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    proxied = proxied.replace(origin, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  return {
    connectionString: proxied,
    count: () => nth,
    watch(given) {
      nth = 0;
      onMoment = given;
    },
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Sends a request on, also when whoever sent it is gone by now: what reached the account was done. */
function forward(incoming: IncomingMessage, origin: string, done: (answer: IncomingMessage) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', () => {
    const { method = 'GET', headers, url = '/' } = incoming;
    const sent = request(`${origin}${url}`, { method, headers }, done);
    sent.on('error', () => incoming.destroy());
    sent.end(Buffer.concat(chunks));
  });
}
