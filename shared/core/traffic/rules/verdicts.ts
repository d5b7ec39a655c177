import type { Rule, Signal, SourceCase } from '../source-case.ts';
import { atLeast, type SourceEvidence } from '../source-evidence.ts';

type Judged = Pick<SourceCase, 'evidence' | 'standing' | 'anchors'>;

/** From this share of the messages on, content verdicts condemn a source whatever else is known of it. */
const CONDEMNING_SHARE = 0.2;

/** Messages that were found to be phishing or malware by their content, at delivery or after it. */
function foundAbusive({ verdicts, afterDelivery, messages }: SourceEvidence): number {
  return Math.min(messages, (verdicts?.content ?? 0) + (afterDelivery?.condemned ?? 0));
}

/**
 * Whether content verdicts condemn the source. One false verdict among hundreds of messages does not; and where much speaks
 * for the source (its network, weeks of mail, the own domain's signature), a single one is not enough.
 */
export function isCondemned(subject: Judged): boolean {
  const found = foundAbusive(subject.evidence);
  return hasAbuse(subject) && atLeast(found, subject.evidence.messages, CONDEMNING_SHARE);
}

/** Whether any message was found abusive by its content; from a known source one may be an error of the filter. */
export function hasAbuse({ evidence, standing, anchors }: Judged): boolean {
  const { authentication } = evidence;
  const isKnown =
    anchors.length > 0 || standing.established !== null || atLeast(authentication?.signed, authentication?.outOf, 0.9);
  return foundAbusive(evidence) >= (isKnown ? 2 : 1);
}

/**
 * What filters and people said. Verdicts about content weigh most. A verdict of spoofing says only that the sender was not
 * authenticated, which is as true of every unlisted printer: it counts little, however often it is repeated.
 */
export const verdicts: Rule = (subject) => {
  const { evidence } = subject;
  const { verdicts: said, afterDelivery, internalSpoof } = evidence;
  const signals: Signal[] = [];
  const condemned = isCondemned(subject);
  if (condemned) signals.push({ code: 'content-verdict', points: 6 });
  else if ((said?.content ?? 0) > 0)
    signals.push({ code: 'content-verdict-in-part', points: hasAbuse(subject) ? 2 : 1 });
  if ((afterDelivery?.condemned ?? 0) > 0) {
    signals.push({ code: 'removed-after-delivery', points: condemned ? 0 : 1 });
  }
  if (atLeast(said?.doubtful, said?.outOf, 0.1)) {
    signals.push({ code: 'doubtful-verdict', points: atLeast(said?.doubtful, said?.outOf, 0.5) ? 2 : 1 });
  }
  if (atLeast(said?.spoofOnly, said?.outOf, 0.5)) signals.push({ code: 'authentication-verdict', points: 0.5 });
  if (afterDelivery && afterDelivery.reported > 0) {
    signals.push({
      code: 'reported-by-users',
      points: atLeast(afterDelivery.reported, afterDelivery.outOf, 0.1) ? 2 : 1,
    });
  }
  if (atLeast(internalSpoof?.messages, internalSpoof?.outOf, 0.5)) signals.push({ code: 'internal-spoof', points: 1 });
  return signals;
};
