import type { Rule, Signal } from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';
import { isTainted } from './standing.ts';

/**
 * Signs of forwarding and mailing lists: the tenant's own mail comes back. An attacker can shape an envelope address, or
 * replay the Message-ID of one mail that he was sent; so everything here must have been seen on several days.
 */
export const forwarding: Rule = (subject) => {
  const { evidence } = subject;
  const { senders, messages, days, returned, authentication } = evidence;
  const signals: Signal[] = [];
  const points = isTainted(subject) ? 0 : -3;
  if ((returned?.messages ?? 0) >= 3 && atLeast(returned?.messages, returned?.outOf, 0.3) && days.length >= 3) {
    signals.push({ code: 'returned-own-mail', points });
  } else if (atLeast(returned?.messages, returned?.outOf, 0.5)) {
    signals.push({ code: 'some-mail-returned', points: Math.max(points, -1.5) });
  }
  if (days.length >= 4 && atLeast(senders.srsOfOwn, messages, 0.5)) signals.push({ code: 'srs-of-own-domain', points });
  const isVouched =
    atLeast(authentication?.dkimPass, authentication?.outOf, 0.5) ||
    atLeast(authentication?.spfPass, authentication?.outOf, 0.5);
  if (evidence.class === 'header-only' && days.length >= 4 && isVouched && atLeast(senders.listShaped, messages, 0.5)) {
    signals.push({ code: 'list-address', points: Math.max(points, -2) });
  }
  // The own domain's signature survives forwarding as long as nothing is changed on the way.
  if (days.length >= 3 && atLeast(authentication?.signed, authentication?.outOf, 0.3)) {
    signals.push({ code: 'signed-in-part', points });
  }
  return signals;
};
