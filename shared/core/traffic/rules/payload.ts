import { carriesPayload, outsideLinks, type Rule, type Signal } from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';

/** What the messages carry. It can only raise suspicion: having nothing of it is the sender's own choice. */
export const payload: Rule = ({ evidence, linksWithAbuse, standing }) => {
  const { payload: found, content } = evidence;
  const signals: Signal[] = [];
  if (found !== null && found.qrCodes > 0) {
    // A scanned page shows a code with a link now and then; lures carry one each.
    signals.push({ code: 'qr-codes', points: atLeast(found.qrCodes, found.outOf, 0.3) ? 4 : 1 });
  }
  if (atLeast(found?.riskyAttachments, found?.outOf, 0.1)) {
    signals.push({ code: 'risky-attachments', points: atLeast(found?.riskyAttachments, found?.outOf, 0.3) ? 2 : 1 });
  }
  const links = outsideLinks(evidence);
  if (atLeast(links.part, links.outOf, 0.5)) signals.push({ code: 'outside-links', points: 1 });
  const isToOpen = carriesPayload(evidence, 0.3) || atLeast(evidence.senders.toSelf, evidence.messages, 0.5);
  // What has come regularly for weeks is called what it is called.
  if (isToOpen && !standing.regular && atLeast(content?.withLure, content?.outOf, 0.5))
    signals.push({ code: 'lure-subject', points: 1 });
  // Whoever sends links for a living signs, if only with his own name; rented servers and homes do not.
  const isUnsigned = atLeast(evidence.authentication?.unsigned, evidence.authentication?.outOf, 0.9);
  if (isUnsigned && carriesPayload(evidence, 0.5)) signals.push({ code: 'unsigned-payload', points: 1 });
  if (linksWithAbuse) signals.push({ code: 'shares-links-with-abuse', points: 3 });
  return signals;
};
