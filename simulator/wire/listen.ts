import type { AddressInfo, Server, Socket } from 'node:net';

/** A server that listens on a free port of 127.0.0.1. */
export interface Listening {
  readonly port: number;
  /** Resolves when the server and every connection to it are closed, hanging ones too. */
  stop(): Promise<void>;
}

/** Opens a server on a free local port and keeps hold of its connections, so that stopping leaves none behind. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  // Raised for the plain connection also where TLS is spoken on it, before the handshake.
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}
