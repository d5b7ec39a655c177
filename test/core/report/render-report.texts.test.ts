import { renderReport } from '../../../shared/core/report/render-report.ts';
import type { ReportedTenant } from '../../../shared/core/report/report.ts';
import { readTexts } from '../alerts/read-texts.ts';
import { reportOf, SCANNER, tenantOf, trafficOf } from './sample-report.ts';

const render = (...tenants: ReportedTenant[]) => renderReport(reportOf(tenants));
/** The texts of the page between two of them. */
function textsBetween(page: string, from: string, to: string): string[] {
  const texts = readTexts(page);
  const start = texts.indexOf(from);
  return texts.slice(start, texts.indexOf(to, start));
}

test('the page begins with how many tenants there are and what they are', () => {
  const page = render(tenantOf(), tenantOf({ verdict: 'unknown', name: 'Contoso' }));
  expect(textsBetween(page, 'Direct Send report', 'All tenants')).toEqual([
    ...['Direct Send report', '2 tenants, as known at', '2026-10-31 12:00 UTC'],
    ...['1', 'permissive', '1', 'unknown', '0', 'enforced', '0', 'excepted'],
  ]);
  const tiles = [...page.matchAll(/<li class="(\w+)"><strong>/g)].map(([, tone]) => tone);
  expect(tiles).toEqual(['bad', 'warn', 'calm', 'calm']);
  expect(render(tenantOf({ verdict: 'enforced' }))).toContain('<li class="good"><strong>1</strong> enforced');
});

test('every tenant has a line in the overview that leads to its section', () => {
  const page = render(tenantOf(), tenantOf({ name: 'Contoso', tenantId: 'c0', verdict: 'enforced', verifiedAt: null }));
  expect(textsBetween(page, 'All tenants', 'A, Direct Send:').slice(0, 14)).toEqual([
    ...['All tenants', 'Tenant', 'Verdict', 'Since / why', 'Last verified'],
    ...['Fabrikam GmbH', 'PERMISSIVE', 'opened between', '2026-10-31 08:00 UTC', 'and', '2026-10-31 08:15 UTC'],
    ...['2026-10-31 12:00 UTC', 'Contoso', 'enforced'],
  ]);
  for (const id of ['3d1c0000-0000-4000-8000-000000000001', 'c0']) {
    expect(page).toContain(`href="#t-${id}"`);
    expect(page).toContain(`<section id="t-${id}">`);
  }
});

test('the page ends with what "enforced" does not cover and the digest of all ledgers', () => {
  const texts = readTexts(render(tenantOf()));
  expect(texts.slice(-2)).toEqual(['Digest of all ledgers:', reportOf([]).ledgerDigest]);
  const [caveat] = texts.slice(-3);
  expect(caveat).toMatch(/^“Enforced” says that Exchange Online rejects .* own domains\. .* third-party gateway\.$/s);
});

describe('a tenant', () => {
  const ledgerOf = (tenant: ReportedTenant) => textsBetween(render(tenant), 'Ledger:', '“').join(' ');
  const sectionOf = (tenant: ReportedTenant) => /<section id=[\s\S]*?<\/section>/.exec(render(tenant))?.[0] ?? '';

  test('has its id and its first five domains', () => {
    const domains = Array.from({ length: 6 }, (_, at) => `d${at}.example`);
    const section = sectionOf(tenantOf({ domains }));
    expect(section).toContain(`>${['3d1c0000-0000-4000-8000-000000000001', ...domains.slice(0, 5)].join(' · ')}<`);
  });

  test('has a reason with what to do and the detail only when there is one', () => {
    const unknown = tenantOf({ verdict: 'unknown', reason: 'network', detail: 'getaddrinfo ENOTFOUND' });
    expect(sectionOf(unknown)).toMatch(/<strong>What to do:<\/strong> \S/);
    expect(sectionOf(unknown)).toContain('<p class="quiet">getaddrinfo ENOTFOUND</p>');
    expect(sectionOf(tenantOf())).not.toMatch(/What to do|ENOTFOUND/);
  });

  test('has its ledger: whether the chain holds, and its entries with the beginning of their hashes', () => {
    const { history } = tenantOf();
    const section = sectionOf(tenantOf());
    expect(section).toContain(`Ledger: ${history.length} entries, chain <span class="badge good">intact</span>`);
    for (const { seq, kind, hash } of history) {
      expect(section).toMatch(new RegExp(`<td>${seq}</td>.*<td>${kind}</td>.*<code>${hash.slice(0, 12)}</code>`));
      expect(section).not.toContain(hash.slice(0, 13));
    }
    expect(sectionOf(tenantOf({ chain: 'broken at seq 2' }))).toContain(
      '<span class="badge bad">broken at seq 2</span>',
    );
    expect(section).not.toContain('older entries');
  });

  test('has the details of its entries, whatever they are', () => {
    const [entry] = tenantOf().history;
    const history = [{ ...entry!, channels: ['ops', 'siem'], reason: 'role-missing', episode: 2 }];
    const section = sectionOf(tenantOf({ history }));
    expect(section).toContain('<code>channels</code> [&#34;ops&#34;,&#34;siem&#34;]');
    expect(section).toContain('<code>reason</code> role-missing<br><code>episode</code> 2');
    expect(ledgerOf(tenantOf({ history }))).not.toMatch(/previousHash|\bseq\b/);
  });

  test('has its thirty newest entries, and says how many more there are', () => {
    const [entry] = tenantOf().history;
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ ...entry!, seq: count - at }));
    expect(sectionOf(tenantOf({ history: many(30) }))).not.toContain('older entries');
    const section = sectionOf(tenantOf({ history: many(32) }));
    expect(section).toContain('<p class="quiet">and 2 older entries</p>');
    expect(section.match(/<tr><td>/g)).toHaveLength(30);
  });
});

test('every element that is opened is closed, and the page is a whole document', () => {
  const page = render(tenantOf({ traffic: trafficOf([SCANNER]) }), tenantOf({ verdict: 'unknown', reason: 'network' }));
  expect(page).toMatch(/^<!doctype html><html lang="en"><head><meta charset="utf-8">/);
  expect(page).toMatch(/<\/main><\/body><\/html>\n$/);
  const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0;
  for (const name of [
    'html',
    'head',
    'body',
    'main',
    'section',
    'details',
    'table',
    'thead',
    'tbody',
    'tr',
    'td',
    'div',
    'p',
  ]) {
    expect({ name, closed: count(new RegExp(`</${name}>`, 'g')) }).toEqual({
      name,
      closed: count(new RegExp(`<${name}[ >]`, 'g')),
    });
  }
  const heads = [...page.matchAll(/<thead>(.*?)<\/thead>/g)].map(([, head]) => readTexts(`<body>${head}`));
  expect(heads).toContainEqual(['#', 'At', 'What', 'Details', 'Hash']);
  expect(heads).toContainEqual(['Source', 'Taken for', 'Messages', '30 days']);
});
