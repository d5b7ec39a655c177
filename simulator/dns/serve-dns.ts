import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { type Listening, listen } from '../wire/listen.ts';
import { answerQuestion } from './answer-question.ts';
import type { DnsZone } from './zone.ts';

/** A running name server. */
export interface DnsServer {
  /** `127.0.0.1:port`, for UDP and TCP alike. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Ports that are free for TCP are rarely taken for UDP; then the next one is tried. */
const ATTEMPTS = 5;

/** Serves a zone over UDP, and over TCP on the same port for answers that do not fit. */
export async function serveDns(zone: DnsZone): Promise<DnsServer> {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = await listen(createServer((socket) => answerStream(socket, zone)));
    try {
      const udp = await bind(tcp.port, zone);
      return { address: `127.0.0.1:${tcp.port}`, stop: () => stop(tcp, udp) };
    } catch (fault) {
      await tcp.stop();
      if (attempt === ATTEMPTS) throw fault;
    }
  }
}

async function bind(port: number, zone: DnsZone): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  socket.on('message', (message, { address, port: to }) => {
    const answer = answerQuestion(message, zone, 'udp');
    if (answer !== null) socket.send(answer, to, address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', resolve);
  });
  return socket;
}

/** Over TCP each message follows its length in two bytes. */
function answerStream(socket: Socket, zone: DnsZone): void {
  let waiting = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, Buffer.from(chunk)]);
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const end = 2 + waiting.readUInt16BE(0);
      const answer = answerQuestion(waiting.subarray(2, end), zone, 'tcp');
      waiting = waiting.subarray(end);
      if (answer === null) continue;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([length, answer]));
    }
  });
}

async function stop(tcp: Listening, udp: UdpSocket): Promise<void> {
  const closed = new Promise<void>((resolve) => udp.close(() => resolve()));
  await Promise.all([tcp.stop(), closed]);
}
