import { escapeHtml } from '../../../shared/core/alerts/escape-text.ts';
import { renderReport } from '../../../shared/core/report/render-report.ts';
import type { ReportedTenant } from '../../../shared/core/report/report.ts';
import { ASSESSMENT_WORDS, type AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import { sourceOf } from '../traffic/build-state.ts';
import { NOW, reportOf, SCANNER, tenantOf, trafficOf } from './sample-report.ts';

const render = (...tenants: ReportedTenant[]) => renderReport(reportOf(tenants));

describe('colours repeat the words', () => {
  test.each([
    ['open', 'bad'],
    ['closed', 'good'],
    ['unknown', 'warn'],
  ] as const)('a way in that is %s: %s', (state, tone) => {
    const page = render(tenantOf({ exposures: { ...tenantOf().exposures, directSend: state, gatewayBypass: state } }));
    const badge = `<span class="badge ${tone}">${state}</span>`;
    expect(page).toContain(`A, Direct Send: ${badge} &nbsp; B, delivery past a gateway: ${badge}`);
  });

  test.each([
    ['likely-spoof', 'bad'],
    ['needs-review', 'warn'],
    ['device-or-app', 'good'],
    ['authorised-by-dns', 'good'],
    ['forwarder-or-list', 'calm'],
    ['approved', 'calm'],
  ] as const)('a source that is %s: %s', (assessment, tone) => {
    const page = render(tenantOf({ traffic: trafficOf([{ ...SCANNER, assessment }]) }));
    expect(page).toContain(`<span class="badge ${tone}">${escapeHtml(ASSESSMENT_WORDS[assessment])}</span>`);
    expect(page).toContain(`<td class="${tone}"><svg`);
  });
});

describe('traffic', () => {
  const pageOf = (sources: readonly AssessedSource[], change = {}) =>
    render(tenantOf({ traffic: trafficOf(sources, change) }));

  test('names the span of what was read, and only when something was seen', () => {
    const span = 'Sources from <time datetime="2026-10-01T00:00:00.000Z">';
    expect(pageOf([SCANNER])).toContain(span);
    expect(pageOf([])).not.toContain('Sources from');
    expect(pageOf([SCANNER], { from: null })).not.toContain('Sources from');
    expect(pageOf([])).not.toContain('<th>Taken for</th>');
  });

  test('says where it was read from, unless nothing could be read', () => {
    expect(pageOf([])).toContain('Coverage full, from hunting');
    expect(pageOf([], { coverage: 'none', reason: 'quota' })).toContain('Coverage none:');
    const detail = { coverage: 'partial', reason: 'licence-missing', detail: '403 from Graph' };
    expect(pageOf([], detail)).toContain('<span class="quiet">403 from Graph</span>');
    expect(pageOf([], { ...detail, detail: null })).not.toMatch(/<span class="quiet"><\/span>/);
  });

  test('says how many sources are left out', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => sourceOf(at, { source: `192.0.2.${at}` }));
    expect(pageOf(many(25))).not.toMatch(/and \d+ more sources?</);
    expect(pageOf(many(26))).toContain('and 1 more source<');
    expect(pageOf(many(25), { more: 3 })).toContain('and 3 more sources<');
  });

  test('draws thirty days, each as high as its share of the largest, the last on the right', () => {
    const days = [
      { day: '2026-10-01', messages: 500 },
      { day: '2026-10-02', messages: 10 },
      { day: '2026-10-30', messages: 5 },
      { day: NOW.slice(0, 10), messages: 1 },
    ];
    const page = pageOf([{ ...SCANNER, days: days.slice(1), messages: 16 }]);
    const bars = [...page.matchAll(/<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"( opacity=".25")?\/>/g)];
    const drawn = bars.map(([, x, y, width, height, faint]) => [
      ...[x, y, width, height].map(Number),
      faint !== undefined,
    ]);
    expect(drawn).toHaveLength(30);
    expect([drawn[0], drawn[1], drawn[28], drawn[29]]).toEqual([
      [0, 0, 6, 28, false],
      [8, 27, 6, 1, true],
      [224, 14, 6, 14, false],
      [232, 25, 6, 3, false],
    ]);
    expect(page).toContain(
      'aria-label="16 messages on 3 days, at most 10 a day" width="240" height="28" viewBox="0 0 240 28"',
    );
  });
});
