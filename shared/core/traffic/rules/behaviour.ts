import { carriesPayload, isShortLived, type Rule, type Signal, type SourceCase } from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';

/**
 * How the source behaves in time and towards recipients. Abuse wants many people once and moves on; devices and programs
 * come back to the same people. Each sign alone is common among honest sources too (a payroll run, a new device).
 */
export const behaviour: Rule = (subject) => {
  const { evidence, standing } = subject;
  const signals: Signal[] = [];
  const short = isShortLived(subject);
  if (short) signals.push({ code: 'short-lived', points: 1 });
  const isOnce = reachesOnce(subject);
  if (isOnce) signals.push({ code: 'one-time-recipients', points: 1 });
  const isLure = atLeast(evidence.content?.withLure, evidence.content?.outOf, 0.5);
  const isBroad = (evidence.recipients?.prints.length ?? 0) >= (isLure ? 5 : 10);
  if (short && isOnce && isBroad && !isNewsletter(subject) && carriesPayload(evidence, 0.5)) {
    signals.push({ code: 'payload-blast', points: 1 });
  }
  if (short && standing.borrowed) signals.push({ code: 'borrowed-sender', points: 0.5 });
  return signals;
};

/**
 * Every recipient got one mail. A colleague who asks three others the same thing is enough; a device needs five. One address
 * of a service's many says nothing of the service.
 */
function reachesOnce({ evidence, standing }: SourceCase): boolean {
  const { recipients, senders, messages, peopleKnownOf } = evidence;
  if (recipients === null || standing.lasting || standing.established === 'with-neighbours') return false;
  const isSelf = atLeast(senders.toSelf, messages, 0.5);
  const least = !isSelf && atLeast(senders.fromPerson, peopleKnownOf, 0.5) ? 3 : 5;
  return recipients.prints.length >= least && recipients.outOf <= 1.2 * recipients.prints.length;
}

/** Newsletters are sent so: signed by the service, returned to its bounce address, the own name in the header only. */
function isNewsletter({ evidence }: SourceCase): boolean {
  const { authentication, senders, messages } = evidence;
  const isSigned = atLeast(authentication?.dkimPass, authentication?.outOf, 0.5);
  return evidence.class === 'header-only' && isSigned && atLeast(senders.listShaped, messages, 0.5);
}
