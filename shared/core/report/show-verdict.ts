import { escapeHtml } from '../alerts/escape-text.ts';
import { wordsIn } from '../alerts/words/words.ts';
import type { ReportedTenant } from './report.ts';

/** The verdict in words, with a colour that only repeats them. */
export function showVerdict({ verdict, excepted, exposures }: ReportedTenant): string {
  switch (verdict) {
    case 'enforced':
      // The setting is on, and mail still gets in: green alone would be read as safe.
      return exposures.gatewayBypass === 'open'
        ? '<span class="badge warn">enforced, gateway bypass open</span>'
        : '<span class="badge good">enforced</span>';
    case 'permissive':
      return excepted
        ? '<span class="badge calm">permissive, excepted</span>'
        : '<span class="badge bad">PERMISSIVE</span>';
    case 'unknown':
      return '<span class="badge warn">unknown</span>';
  }
}

/** One sentence about the window or the reason. */
export function showWhy(tenant: ReportedTenant): string {
  const { verdict, reason, window, state } = tenant;
  if (verdict === 'unknown') return reason === null ? 'not checked yet' : escapeHtml(wordsIn('en').cause[reason]);
  if (window === null) return '';
  const since =
    window.notBefore === null
      ? `seen since ${showTime(window.notAfter)}`
      : `opened between ${showTime(window.notBefore)} and ${showTime(window.notAfter)}`;
  return verdict === 'enforced' && state === 'permissive' ? `${since}; one more good reading closes it` : since;
}

/** A moment in UTC to the minute; `never` for none. */
export function showTime(instant: string | null): string {
  return instant === null
    ? 'never'
    : `<time datetime="${escapeHtml(instant)}">${escapeHtml(instant.slice(0, 16).replace('T', ' '))} UTC</time>`;
}
