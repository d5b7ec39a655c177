import type { Behaviour, Occasion } from '../behaviour/behaviour.ts';
import { redirectTo } from '../behaviour/wire-faults.ts';
import type { Reply } from '../wire/reply.ts';

/** How Exchange may send a client elsewhere. Hops stay on its host and are told apart by a path that begins with `/hop/<n>`. */
export const redirectBehaviours = {
  /** To another path of the same host and port, once. */
  once: redirectTimes(1),
  /** As many as a client may follow. */
  eightHops: redirectTimes(8),
  /** One more than a client may follow. */
  nineHops: redirectTimes(9),
  /** To itself, for ever. */
  loop: (occasion) => redirectTo(addressOf(occasion, hopOf(occasion))),
  /** Back and forth between two paths, for ever. */
  circle: (occasion) => redirectTo(addressOf(occasion, hopOf(occasion) === 1 ? 2 : 1)),
  withoutLocation: redirectTo(),
  emptyLocation: redirectTo(''),
  unreadableLocation: redirectTo('https://'),
  /** To the same host without TLS. */
  toHttp: (occasion) => redirectTo(addressOf(occasion, 1).replace('https:', 'http:')),
  /** To the inner port that regional servers name; it is closed from outside. */
  toPort446: (occasion) => redirectTo(addressOf(occasion, 1).replace(/:\d+/, ':446')),
  /** A relative address, which means the same host. */
  relative: (occasion) =>
    hopOf(occasion) === 0 ? redirectTo(addressOf(occasion, 1).slice(occasion.request.origin.length)) : 'healthy',
} as const satisfies Record<string, Behaviour>;

/** To the same path and query of another origin, for every request. */
export function redirectToHost(origin: string): Behaviour {
  return (occasion) => redirectTo(addressOf(occasion, 0).replace(occasion.request.origin, origin));
}

/** `hops` redirects in a row on the same host, then the healthy answer. */
export function redirectTimes(hops: number): Behaviour {
  return (occasion): 'healthy' | Reply => {
    const hop = hopOf(occasion);
    return hop < hops ? redirectTo(addressOf(occasion, hop + 1)) : 'healthy';
  };
}

function hopOf({ request }: Occasion): number {
  return Number(/^\/hop\/(\d+)\//.exec(request.path)?.[1] ?? 0);
}

function addressOf({ request }: Occasion, hop: number): string {
  const path = request.path.replace(/^\/hop\/\d+/, '');
  return `${request.origin}${hop === 0 ? '' : `/hop/${hop}`}${path}${request.search}`;
}
