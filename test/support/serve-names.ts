import { createSocket } from 'node:dgram';
import { type Answer, decode, encode } from 'dns-packet';

/** What a name server makes of a question: records, a response code (RFC 1035), or silence. */
export type NameAnswer = readonly unknown[] | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED' | 'silence';

const CODES = { SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

/** A name server with moods that the simulated one has not: it answers by the type of a question. `asked`: `A host.example` and so on. */
export interface NameServer {
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly asked: string[];
  close(): Promise<void>;
}

/** Serves names over UDP on a free port. */
export async function serveNames(answer: (name: string, type: string) => NameAnswer): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, { address, port }) => {
    const { id = 0, questions: [question] = [] } = decode(message);
    if (question === undefined) return;
    const { name, type } = question;
    asked.push(`${type} ${name}`);
    const given = answer(name, type);
    if (given === 'silence') return;
    const answers = Array.isArray(given)
      ? given.map((data) => ({ name, type, ttl: 1, class: 'IN', data }) as Answer)
      : [];
    const flags = typeof given === 'string' ? CODES[given] : 0;
    socket.send(encode({ type: 'response', id, flags, questions: [question], answers }), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
