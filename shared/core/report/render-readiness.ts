import { findClosing } from '../posture/find-closing.ts';
import { findGoneSilent } from '../posture/find-gone-silent.ts';
import type { BreakingSource } from '../posture/judge-readiness.ts';
import type { Instant } from '../time.ts';
import { ASSESSMENT_WORDS } from '../traffic/assessed-source.ts';
import type { ReportedTenant } from './report.ts';
import { showCount, showText } from './show-text.ts';
import { showTime } from './show-verdict.ts';

const MOST_NAMED = 25;

/** Whether a tenant can be closed and what would break, with the command that keeps each source; once closed, what went silent. */
export function renderReadiness(tenant: ReportedTenant, now: Instant): string {
  const { traffic, state } = tenant;
  return state === 'enforced' ? renderSilent(tenant, now) : renderVerdict(traffic);
}

function renderVerdict({ readiness, coverage }: ReportedTenant['traffic']): string {
  if (readiness === null || coverage === 'none')
    return `<p><strong>${WORDS.unknown}</strong> Direct Send traffic is not known.</p>`;
  const { verdict, why, wouldBreak } = readiness;
  const shown = wouldBreak.slice(0, MOST_NAMED);
  const rest = wouldBreak.length - shown.length;
  return [
    `<p><strong>${WORDS[verdict]}</strong> ${why.map((one) => showText(one, 300)).join(' ')}</p>`,
    ...(shown.length === 0 ? [] : ['<details><summary>What would keep them working</summary>']),
    ...shown.map(renderBreaking),
    rest > 0 ? `<p class="quiet">and ${rest} more</p>` : '',
    ...(shown.length === 0 ? [] : ['</details>']),
  ].join('\n');
}

const WORDS = {
  ready: 'Ready to be closed.',
  'not-ready': 'Not ready to be closed.',
  unknown: 'Whether it can be closed is unknown.',
} as const;

function renderBreaking({ source, assessment, messages, days, lastSeen, remedy }: BreakingSource): string {
  return [
    `<p><strong>${showText(source, 80)}</strong> ${showText(ASSESSMENT_WORDS[assessment], 120)}; `,
    `${showCount(messages, 'message')} on ${showCount(days, 'day')}, last ${showTime(lastSeen)}</p>`,
    remedy.command === null ? '' : `<pre>${showText(remedy.command, 600)}</pre>`,
    `<p class="quiet">${showText(remedy.advice, 400)}</p>`,
  ].join('');
}

function renderSilent({ traffic, history }: ReportedTenant, now: Instant): string {
  const closedAt = findClosing(history);
  const silent = closedAt === null ? [] : findGoneSilent(traffic.assessed, closedAt, now);
  if (closedAt === null || silent.length === 0) return '';
  const items = silent.slice(0, MOST_NAMED).map(({ source, assessment, days, lastSeen }) => {
    return `<li><strong>${showText(source, 80)}</strong> ${showText(ASSESSMENT_WORDS[assessment], 120)}; sent on ${showCount(days, 'day')}, last ${showTime(lastSeen)}</li>`;
  });
  const rest = silent.length - items.length;
  return [
    `<p>Silent since Direct Send was rejected (${showTime(closedAt)}):</p><ul class="plain">${items.join('\n')}</ul>`,
    rest > 0 ? `<p class="quiet">and ${rest} more</p>` : '',
  ].join('');
}
