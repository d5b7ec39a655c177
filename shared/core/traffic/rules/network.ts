import { carriesPayload, comesBack, outsideLinks, posesAsPeople, type Rule, type Signal } from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';

/** What the address and the envelope say against a source. Unknown says nothing. */
export const network: Rule = ({ evidence, known, bypassesGateway, namesAreKnown }) => {
  const signals: Signal[] = [];
  const { senders, messages } = evidence;
  // Without a single name among a tenant's sources, the resolver is the likelier reason.
  if (namesAreKnown && known.pointer?.kind === 'none') signals.push({ code: 'no-reverse-name', points: 0.5 });
  // The contact form of a web site does this too, always to the same people.
  if (atLeast(senders.foreignHeader, messages, 0.5) && !comesBack(evidence)) {
    signals.push({ code: 'foreign-header', points: 1 });
  }
  if (bypassesGateway) {
    // Devices are set up with Exchange Online's own name and bypass the gateway too; services and people go by the MX record.
    const links = outsideLinks(evidence);
    const isDeviceLike = !atLeast(links.part, links.outOf, 0.5) && !posesAsPeople(evidence);
    if (evidence.class === 'header-only') signals.push({ code: 'bypasses-gateway', points: 2 });
    else if (!isDeviceLike) signals.push({ code: 'bypasses-gateway', points: 0.5 });
  }
  // Automatic replies have an empty envelope too; they carry nothing to open.
  const isEmpty = atLeast(senders.nullEnvelope, messages, 0.5);
  if (evidence.class === 'header-only' && isEmpty && posesAsPeople(evidence) && carriesPayload(evidence, 0.3)) {
    signals.push({ code: 'null-sender', points: 1 });
  }
  return signals;
};
