import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A table request as it went over the wire: an entity group transaction is one. */
export interface TableRequest {
  readonly method: string;
  /** The table, or `$batch`. */
  readonly table: string;
}

/** A stop on the way to the tables that counts what passes. */
export interface RequestCounter {
  /** The given connection string with its tables behind the counter. */
  readonly connectionString: string;
  readonly requests: TableRequest[];
  close(): Promise<void>;
}

/** Puts a counter in front of the tables of a connection string to the emulator. */
export async function countTableRequests(connectionString: string): Promise<RequestCounter> {
  const endpoint = /TableEndpoint=(http:\/\/[^;/]+)/.exec(connectionString)?.[1] ?? '';
  const target = new URL(endpoint);
  const requests: TableRequest[] = [];
  const server = createServer((incoming, response) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    requests.push({ method, table: /^\/[^/]+\/(\$?\w+)/.exec(path)?.[1] ?? '' });
    const onward = forward({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    connectionString: connectionString.replace(endpoint, `http://127.0.0.1:${port}`),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
