import type { SourceCase } from '../source-case.ts';
import { atLeast } from '../source-evidence.ts';
import { isTainted } from './standing.ts';

/** How the tenant's own DNS authorises a source's mail; null when it does not, or what the mail carries cancels it. */
export function findAuthorisation(
  subject: SourceCase,
  score: number,
): 'signed-by-own-domain' | 'passes-for-weeks' | null {
  const { authentication: checks } = subject.evidence;
  if (checks === null || isTainted(subject)) return null;
  const { payload } = subject.evidence;
  if (atLeast(checks.signed, checks.outOf, 0.9)) return 'signed-by-own-domain';
  const passes = Math.max(checks.spfPass, checks.dmarcPass);
  const isLasting = subject.standing.regular || atLeast(checks.allPass, checks.outOf, 0.9);
  // A shared range or service authorises its other customers as well: only routine, or all three checks, tell them apart.
  const isPlain = payload === null || !atLeast(payload.qrCodes + payload.riskyAttachments, payload.outOf, 0.1);
  return atLeast(passes, checks.outOf, 0.9) && isLasting && isPlain && score < 3 ? 'passes-for-weeks' : null;
}
