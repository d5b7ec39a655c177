import {
  carriesPayload,
  carriesToSelf,
  posesAsPeople,
  type Rule,
  type Signal,
  type SourceCase,
} from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';
import { hasAbuse } from './verdicts.ts';

/**
 * What speaks for a source besides an anchor. Time vouches for routine, not for lures: none of it counts for a source that
 * sends QR codes or risky files, or "from yourself" with something to open, or anything that was found abusive.
 */
export const standing: Rule = (subject) => {
  const signals = findStanding(subject);
  return isTainted(subject) ? signals.map(({ code }) => ({ code, points: 0 })) : signals;
};

function findStanding({ evidence, standing: judged, sharedSpf }: SourceCase): Signal[] {
  const signals: Signal[] = [];
  if (judged.regular) {
    const code = judged.established === 'here' ? 'regular-for-weeks' : 'part-of-a-regular-service';
    // In a colleague's name and with something to open each time: weeks of that are a patient attack as well.
    const isPatient = posesAsPeople(evidence) && evidence.payload !== null && carriesPayload(evidence, 0.7);
    signals.push({ code, points: isPatient ? 0 : -3 });
  }
  if (judged.roaming) signals.push({ code: 'roaming-sender', points: 0 });
  if (sharedSpf && atLeast(evidence.authentication?.spfPass, evidence.authentication?.outOf, 0.5)) {
    signals.push({ code: 'spf-shared-entry', points: -1 });
  }
  if (judged.relays) signals.push({ code: 'relays-for-others', points: -2 });
  return signals;
}

/** Whether something was found that no amount of routine makes up for. */
export function isTainted(subject: SourceCase): boolean {
  const { payload, senders, messages } = subject.evidence;
  if (hasAbuse(subject)) return true;
  if (atLeast(payload?.qrCodes, payload?.outOf, 0.3)) return true;
  if (atLeast(payload?.riskyAttachments, payload?.outOf, 0.3)) return true;
  return atLeast(senders.toSelf, messages, 0.5) && carriesToSelf(subject.evidence);
}
