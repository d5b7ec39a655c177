import { cleanText } from '../alerts/clean-text.ts';
import { escapeHtml } from '../alerts/escape-text.ts';
import { compareForReading } from './compare-for-reading.ts';
import { renderTenant } from './render-tenant.ts';
import type { Report, ReportedTenant } from './report.ts';
import { REPORT_STYLE } from './report-style.ts';
import { showCount } from './show-text.ts';
import { showTime, showVerdict, showWhy } from './show-verdict.ts';

/** Renders the report: one self-contained HTML document without script, which loads nothing from anywhere. */
export function renderReport(report: Report): string {
  const tenants = [...report.tenants].sort(compareForReading);
  const title = 'Direct Send report';
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<title>${title}</title><style>${REPORT_STYLE}</style></head><body><main>`,
    `<header><h1>${title}</h1><p>${showCount(report.figures.tenants, 'tenant')}, as known at ${showTime(report.generatedAt)}</p></header>`,
    renderFigures(report),
    renderOverview(tenants),
    ...tenants.map((tenant) => renderTenant(tenant, report.generatedAt)),
    renderFooter(report),
    '</main></body></html>\n',
  ].join('\n');
}

function renderFigures({ figures }: Report): string {
  const tile = (tone: string, count: number, label: string) => {
    return `<li class="${count > 0 ? tone : 'calm'}"><strong>${count}</strong> ${label}</li>`;
  };
  return `<ul class="figures">${[
    tile('bad', figures.permissive, 'permissive'),
    tile('warn', figures.unknown, 'unknown'),
    tile('good', figures.enforced, 'enforced'),
    tile('calm', figures.excepted, 'excepted'),
  ].join('')}</ul>`;
}

function renderOverview(tenants: readonly ReportedTenant[]): string {
  const rows = tenants.map((tenant) => {
    const link = `<a href="#t-${escapeHtml(tenant.tenantId)}"><bdi>${escapeHtml(cleanText(tenant.name, 80))}</bdi></a>`;
    return `<tr><th scope="row">${link}</th><td>${showVerdict(tenant)}</td><td>${showWhy(tenant)}</td><td data-label="Last verified">${showTime(tenant.verifiedAt)}</td></tr>`;
  });
  return [
    '<section><h2>All tenants</h2><div class="scroll"><table class="stack">',
    '<thead><tr><th>Tenant</th><th>Verdict</th><th>Since / why</th><th>Last verified</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table></div></section>`,
  ].join('');
}

function renderFooter({ ledgerDigest }: Report): string {
  return [
    '<footer><p>“Enforced” says that Exchange Online rejects unauthenticated mail whose envelope sender is one of the ',
    'tenant’s own domains. It does not cover mail that only shows such an address in its From header, nor mail that ',
    'goes past a third-party gateway.</p>',
    `<p>Digest of all ledgers: <code>${escapeHtml(ledgerDigest)}</code></p></footer>`,
  ].join('');
}
