import { escapeHtml } from '../alerts/escape-text.ts';
import { wordsIn } from '../alerts/words/words.ts';
import type { HistoryEntry } from '../evidence/history.ts';
import type { Instant } from '../time.ts';
import { renderTraffic } from './render-traffic.ts';
import type { ReportedTenant } from './report.ts';
import { showText } from './show-text.ts';
import { showTime, showVerdict, showWhy } from './show-verdict.ts';

const MOST_ENTRIES = 30;

/** One tenant's section at the moment of the report: what is believed, and the ledger that proves it. */
export function renderTenant(tenant: ReportedTenant, now: Instant): string {
  const { name, tenantId, domains, chain, history, reason, detail } = tenant;
  const shown = history.slice(0, MOST_ENTRIES);
  const fix = reason === null ? '' : `<p><strong>What to do:</strong> ${escapeHtml(wordsIn('en').fix[reason])}</p>`;
  const detailed = detail === null ? '' : `<p class="quiet">${showText(detail, 300)}</p>`;
  return [
    `<section id="t-${escapeHtml(tenantId)}"><h2><bdi>${showText(name, 120)}</bdi> ${showVerdict(tenant)}</h2>`,
    `<p class="quiet">${[tenantId, ...domains.slice(0, 5)].map((text) => showText(text, 80)).join(' · ')}</p>`,
    `<p>${showWhy(tenant)}</p>${detailed}${fix}`,
    renderTraffic(tenant, now),
    `<details><summary>Ledger: ${history.length} entries, chain <span class="badge ${chain === 'intact' ? 'good' : 'bad'}">${escapeHtml(chain)}</span></summary>`,
    '<div class="scroll"><table><thead><tr><th>#</th><th>At</th><th>What</th><th>Details</th><th>Hash</th></tr></thead><tbody>',
    ...shown.map(renderEntry),
    '</tbody></table></div>',
    history.length > shown.length ? `<p class="quiet">and ${history.length - shown.length} older entries</p>` : '',
    '</details></section>',
  ].join('\n');
}

function renderEntry(entry: HistoryEntry): string {
  const { seq, at, kind, hash, previousHash: _, ...details } = entry;
  const said = Object.entries(details).map(([key, value]) => {
    return `<code>${escapeHtml(key)}</code> ${showText(typeof value === 'string' ? value : JSON.stringify(value), 160)}`;
  });
  return `<tr><td>${seq}</td><td>${showTime(at)}</td><td>${escapeHtml(kind)}</td><td>${said.join('<br>')}</td><td><code>${escapeHtml(hash.slice(0, 12))}</code></td></tr>`;
}
