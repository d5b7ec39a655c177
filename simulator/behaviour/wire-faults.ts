import { empty, html, type Reply, raw } from '../wire/reply.ts';
import type { Behaviour } from './behaviour.ts';

/** Faults that any HTTP service in front of or behind a gateway can have, whatever it serves. */
export const wireFaults = {
  hangBeforeHeaders: { kind: 'hang', when: 'before-headers' },
  hangInBody: { kind: 'hang', when: 'in-body' },
  cutBeforeHeaders: { kind: 'cut', when: 'before-headers' },
  cutAfterHeaders: { kind: 'cut', when: 'after-headers' },
  cutInBody: { kind: 'cut', when: 'in-body' },
  endlessBody: { kind: 'endless' },
  htmlBadGateway: html(502, 'Bad Gateway'),
  htmlGatewayTimeout: html(504, 'Gateway Timeout'),
  htmlSuccess: html(200, 'Please wait'),
  emptySuccess: empty(200),
  noContent: empty(204),
  brokenJson: raw(200, '{"value":[{"RejectDirectSend":tru'),
} as const satisfies Record<string, Reply>;

/** A 302 to an absolute address; none at all without `location`. */
export function redirectTo(location?: string): Reply {
  return empty(302, location === undefined ? {} : { location });
}

/** Retry-After as an HTTP date, `seconds` after the simulator's clock. */
export function retryAfterDate(seconds: number, reply: (headers: { 'retry-after': string }) => Reply): Behaviour {
  return ({ now }) => reply({ 'retry-after': new Date(now.getTime() + seconds * 1000).toUTCString() });
}
