import { carriesToSelf, comesBack, type Rule, type Signal } from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';

/**
 * Whom the mail pretends to come from. Mail "from yourself" is the commonest lure of Direct Send abuse, and also how
 * scan-to-me works; what separates the two is what the message carries. Attackers choose whom they pretend to be, so no
 * choice of theirs lowers the score here.
 */
export const impersonation: Rule = ({ evidence }) => {
  const { senders, messages, peopleKnownOf } = evidence;
  const signals: Signal[] = [];
  const isToSelf = atLeast(senders.toSelf, messages, 0.5);
  const carries = carriesToSelf(evidence);
  if (isToSelf) {
    signals.push({ code: 'self-to-self', points: 2 });
    if (carries) signals.push({ code: 'self-to-self-with-payload', points: 1 });
  } else if (atLeast(senders.fromPerson, peopleKnownOf, 0.5)) {
    signals.push({ code: 'impersonates-person', points: 2 });
  }
  // Where mailboxes are unknown, every sender may be one.
  const people = senders.fromPerson === null ? senders.prints.length : senders.personPrints.length;
  // People scan again and again, and services act for whole offices; lures go to each person once.
  const isRoutine = isToSelf
    ? !carries && (people < 10 || comesBack(evidence))
    : evidence.class === 'header-only' && people < 10;
  if (people >= 3 && !isRoutine) signals.push({ code: 'many-impersonated-senders', points: people >= 10 ? 2 : 1 });
  return signals;
};
