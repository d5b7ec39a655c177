import { escapeHtml } from '../alerts/escape-text.ts';
import { wordsIn } from '../alerts/words/words.ts';
import { DAY, dayOf, type Instant, later } from '../time.ts';
import { ASSESSMENT_WORDS, type AssessedSource, type Assessment } from '../traffic/assessed-source.ts';
import { fixGap } from '../traffic/fix-gap.ts';
import { pickSources } from '../traffic/pick-sources.ts';
import { REASON_WORDS } from '../traffic/reason-words.ts';
import { renderReadiness } from './render-readiness.ts';
import type { ReportedTenant } from './report.ts';
import { showCount, showText } from './show-text.ts';
import { showTime } from './show-verdict.ts';

const MOST_SOURCES = 25;
const CHART = { days: 30, bar: 6, gap: 2, height: 28 } as const;

const TONE: Readonly<Record<Assessment, string>> = {
  'likely-spoof': 'bad',
  'needs-review': 'warn',
  'device-or-app': 'good',
  'authorised-by-dns': 'good',
  'forwarder-or-list': 'calm',
  approved: 'calm',
};

/** A tenant's Direct Send traffic: both exposures, readiness, and each source with a chart of its thirty days. */
export function renderTraffic(tenant: ReportedTenant, now: Instant): string {
  const { traffic, exposures } = tenant;
  const { assessed, more, from, to } = traffic;
  const shown = pickSources(assessed, MOST_SOURCES);
  const rest = assessed.length - shown.length + more;
  return [
    '<h3>Direct Send</h3>',
    `<p>A, Direct Send: ${exposureBadge(exposures.directSend)} &nbsp; B, delivery past a gateway: ${exposureBadge(exposures.gatewayBypass)}</p>`,
    ...exposures.notes.map((note) => `<p class="quiet">${showText(note, 300)}</p>`),
    renderCoverage(traffic),
    renderReadiness(tenant, now),
    from === null || to === null || shown.length === 0
      ? ''
      : `<p class="quiet">Sources from ${showTime(from)} to ${showTime(to)}</p>`,
    shown.length === 0 ? '' : renderSources(shown, to ?? '1970-01-01T00:00:00.000Z'),
    rest > 0 ? `<p class="quiet">and ${rest} more ${rest === 1 ? 'source' : 'sources'}</p>` : '',
  ].join('\n');
}

function exposureBadge(state: 'open' | 'closed' | 'unknown'): string {
  const tone = state === 'open' ? 'bad' : state === 'closed' ? 'good' : 'warn';
  return `<span class="badge ${tone}">${state}</span>`;
}

function renderCoverage({ coverage, origin, reason, detail }: ReportedTenant['traffic']): string {
  const read = origin === null || coverage === 'none' ? '' : `, from ${escapeHtml(origin)}`;
  if (reason === null) return `<p class="quiet">Coverage ${coverage}${read}</p>`;
  const said = detail === null ? '' : ` <span class="quiet">${showText(detail, 200)}</span>`;
  const cause = escapeHtml(wordsIn('en').trafficGap[reason]);
  return `<p>Coverage ${coverage}${read}: ${cause}. ${escapeHtml(fixGap(reason))}${said}</p>`;
}

function renderSources(sources: readonly AssessedSource[], to: Instant): string {
  const rows = sources.map((source) => {
    const reasons = source.reasons.map((reason) => `<li>${escapeHtml(REASON_WORDS[reason])}</li>`).join('');
    return [
      `<tr><th scope="row">${showText(source.source, 80)}<br><span class="quiet">${source.class}</span></th>`,
      `<td><span class="badge ${TONE[source.assessment]}">${escapeHtml(ASSESSMENT_WORDS[source.assessment])}</span>`,
      `<details><summary>why (${showCount(source.score, 'point')})</summary><ul class="plain">${reasons}</ul></details></td>`,
      `<td data-label="Messages">${source.messages}</td><td class="${TONE[source.assessment]}">${drawDays(source, to)}</td></tr>`,
    ].join('');
  });
  return [
    '<div class="scroll"><table class="stack"><thead><tr><th>Source</th><th>Taken for</th><th>Messages</th><th>30 days</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table></div>`,
  ].join('');
}

/** Thirty days as bars, the last one on the right; said in words for those who cannot see it. */
function drawDays({ days, messages }: AssessedSource, to: Instant): string {
  const counts = new Map(days.map((day) => [day.day, day.messages]));
  const most = Math.max(1, ...counts.values());
  const step = CHART.bar + CHART.gap;
  const bars = Array.from({ length: CHART.days }, (_, at) => {
    const count = counts.get(dayOf(later(to, (at - CHART.days + 1) * DAY))) ?? 0;
    const height = count === 0 ? 1 : Math.max(3, Math.round((count / most) * CHART.height));
    const faint = count === 0 ? ' opacity=".25"' : '';
    return `<rect x="${at * step}" y="${CHART.height - height}" width="${CHART.bar}" height="${height}"${faint}/>`;
  });
  const label = `${showCount(messages, 'message')} on ${showCount(days.length, 'day')}, at most ${most} a day`;
  const width = CHART.days * step;
  return `<svg role="img" aria-label="${label}" width="${width}" height="${CHART.height}" viewBox="0 0 ${width} ${CHART.height}">${bars.join('')}</svg>`;
}
