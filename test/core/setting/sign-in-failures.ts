import { classifySignInFailure, type SignInFailure } from '../../../shared/core/setting/classify-sign-in-failure.ts';
import type { Reason } from '../../../shared/core/setting/reading.ts';

/** The message that the identity library makes of an answer of the token endpoint. */
export function tell(error: string, listed: string, description: string): string {
  const ids = 'Correlation ID: 0f1e - Trace ID: 9a8b';
  return `${error}: Error(s): ${listed} - Timestamp: 2026-11-02 09:00:00Z - Description: ${description} - ${ids}`;
}

/** The message of an answer with one code. */
export const coded = (error: string, code: number, text = 'Some text.') =>
  tell(error, `${code}`, `AADSTS${code}: ${text}`);

/** The reason that a failure stands for. */
export function reasonOf(failure: SignInFailure): Reason {
  const finding = classifySignInFailure(failure);
  if (finding.verdict !== 'unknown') throw new Error('a failed sign-in is never a verdict');
  return finding.reason;
}

/** The detail that people are shown of a failure. */
export const detailOf = (failure: SignInFailure) => {
  const finding = classifySignInFailure(failure);
  return finding.verdict === 'unknown' ? finding.detail : '';
};
