import { connect, createServer } from 'node:net';
import { listen } from './listen.ts';

/** Addresses whose fault lies below HTTP. */
export interface BrokenAddresses {
  /** Answers every TLS greeting with a `handshake_failure` alert. */
  readonly tlsFailureUrl: string;
  /** Accepts connections and never says a word. */
  readonly silentUrl: string;
  /** Nobody listens; connections are refused. */
  readonly refusedUrl: string;
  stop(): Promise<void>;
}

/** A fatal `handshake_failure`: record type 21, TLS 1.2 framing, two bytes, level 2, description 40. */
const HANDSHAKE_FAILURE = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);

/** Opens the addresses that do not work. */
export async function breakConnections(): Promise<BrokenAddresses> {
  const failing = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(HANDSHAKE_FAILURE));
  });
  const silent = createServer((socket) => socket.on('error', () => socket.destroy()));
  const [tlsFailure, silence] = await Promise.all([listen(failing), listen(silent)]);
  // The local end of an open connection holds its port, so nobody else can begin to listen on it meanwhile.
  const holder = connect(silence.port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    holder.once('error', reject);
    holder.once('connect', resolve);
  });
  const refused = holder.localPort;
  holder.on('error', () => holder.destroy());
  return {
    tlsFailureUrl: `https://127.0.0.1:${tlsFailure.port}`,
    silentUrl: `https://127.0.0.1:${silence.port}`,
    refusedUrl: `https://127.0.0.1:${refused}`,
    async stop() {
      holder.destroy();
      await Promise.all([tlsFailure.stop(), silence.stop()]);
    },
  };
}
