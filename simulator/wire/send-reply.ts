import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer, Reply } from './reply.ts';

const compress = promisify(gzip);

/** What a broken answer had said before it broke: tempting, but not whole. */
const BEGINNING = '{"value":[{"RejectDirectSend":true';
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const PADDING = Buffer.alloc(64 * 1024, 'a');

/** Puts a reply on the wire. Faults act on this request's connection only. */
export function sendReply(reply: Reply, response: ServerResponse): void {
  switch (reply.kind) {
    case 'answer':
      void sendAnswer(reply, response);
      return;
    case 'hang':
      if (reply.when === 'in-body') response.writeHead(200, JSON_HEADERS).write(BEGINNING);
      return;
    case 'cut':
      cut(reply.when, response);
      return;
    case 'endless':
      response.writeHead(200, JSON_HEADERS).write('{"value":[{"padding":"');
      pour(response);
      return;
    case 'drip':
      drip(reply.answer, reply.everyMs, response);
      return;
    case 'late':
      setTimeout(() => void sendAnswer(reply.answer, response), reply.ms).unref();
      return;
  }
}

async function sendAnswer(answer: Answer, response: ServerResponse): Promise<void> {
  const plain = Buffer.from(answer.body);
  const body = answer.gzip ? await compress(plain) : plain;
  const encoding = answer.gzip ? { 'content-encoding': 'gzip' } : {};
  // A 204 has no body and must not announce the length of one.
  const length = answer.status === 204 ? {} : { 'content-length': body.length };
  response.writeHead(answer.status, { ...answer.headers, ...encoding, ...length });
  response.end(body);
}

function cut(when: 'before-headers' | 'after-headers' | 'in-body', response: ServerResponse): void {
  const socket = response.socket;
  if (when === 'before-headers') {
    socket?.destroy();
    return;
  }
  response.writeHead(200, JSON_HEADERS);
  response.flushHeaders();
  if (when === 'in-body') response.write(BEGINNING);
  socket?.destroySoon();
}

function pour(response: ServerResponse): void {
  while (!response.destroyed && response.write(PADDING));
  if (!response.destroyed) response.once('drain', () => pour(response));
}

function drip(answer: Answer, everyMs: number, response: ServerResponse): void {
  const body = Buffer.from(answer.body);
  let sent = 0;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  const timer = setInterval(() => {
    response.write(body.subarray(sent, ++sent));
    if (sent === body.length) response.end();
  }, everyMs);
  timer.unref();
  response.once('close', () => clearInterval(timer));
}
