import { renderReport } from '../../../shared/core/report/render-report.ts';
import type { ReportedTenant } from '../../../shared/core/report/report.ts';
import { sampleChain } from '../../support/sample-rows.ts';
import { sourceOf } from '../traffic/build-state.ts';
import { FORGER, GATEWAY, hostileTenants, reportOf, SCANNER, tenantOf, trafficOf } from './sample-report.ts';

const render = (...tenants: ReportedTenant[]) => renderReport(reportOf(tenants));
/** What a reader sees, tags taken away. */
const read = (...tenants: ReportedTenant[]) =>
  render(...tenants)
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

const OPEN = tenantOf({ traffic: trafficOf([FORGER, SCANNER]) });
const CLOSED = { verdict: 'enforced', state: 'enforced', window: null } as const;

/** Anything that a browser would fetch or run. */
const ACTIVE =
  /<script|<[^>]*\son\w+=|<(?:link|img|iframe|object|embed|form|base)\b|(?:src|href)="(?!#)|@import|url\(|https?:/i;

test('one page that needs nothing else and may run nothing', () => {
  const page = render(OPEN, tenantOf({ ...CLOSED, mx: GATEWAY }), tenantOf({ verdict: 'unknown', reason: 'network' }));
  expect(page).not.toMatch(ACTIVE);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).toContain('name="viewport"');
});

test('a source has its assessment and reasons in words, and its thirty days', () => {
  const text = read(OPEN);
  expect(text).toContain('198.51.100.77 direct-send likely a forgery why (9 points)');
  expect(text).toContain('messages carry QR codes');
  expect(text).not.toContain('qr-codes');
  const [chart] = render(OPEN).match(/<svg role="img" aria-label="144 messages on 12 days[^>]*>.*?<\/svg>/) ?? [];
  const heights = [...(chart ?? '').matchAll(/<rect [^>]*?height="(\d+)"/g)].map(([, height]) => Number(height));
  expect(heights).toHaveLength(30);
  // The last bar is the day of the reading: the scanner was silent then, and largest on the 20th.
  expect(heights.at(-1)).toBe(1);
  expect(heights.indexOf(Math.max(...heights))).toBe(29 - 11);
  expect(heights.filter((height) => height > 1)).toHaveLength(12);
});

test('what would break is named with the command that keeps it working', () => {
  const text = read(OPEN);
  expect(text).toContain('Not ready to be closed. 1 source would be rejected.');
  expect(text).toMatch(/203\.0\.113\.9 consistent with a device or program of the tenant; 144 messages on 12 days/);
  expect(text).toContain("-ConnectorType Partner -SenderDomains '*' -SenderIPAddresses 203.0.113.9");
  expect(read(tenantOf({ traffic: trafficOf([FORGER]) }))).toContain('Ready to be closed.');
});

test('a campaign of forgers leaves places for the devices', () => {
  const campaign = Array.from({ length: 100 }, (_, at) => sourceOf(at, { ...FORGER, source: `192.0.2.${at}` }));
  const text = read(tenantOf({ traffic: trafficOf([...campaign, SCANNER], { more: 900 }) }));
  expect(text).toMatch(/203\.0\.113\.9 direct-send consistent with a device/);
  expect(text).toContain('and 976 more sources');
});

test.each([
  ['licence-missing', 'partial', 'needs Defender for Office 365 Plan 2'],
  ['permission-missing', 'none', 'consent to ThreatHunting.Read.All'],
  ['provisioning', 'none', 'New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373'],
  ['quota', 'none', 'tried again'],
] as const)('%s: coverage %s, the reason in words and what mends it', (reason, coverage, expected) => {
  const traffic = trafficOf([], { coverage, reason });
  const text = read(tenantOf({ traffic }));
  expect(text).toContain(`Coverage ${coverage}`);
  expect(text).toContain(expected);
  expect(text).not.toContain('Ready to be closed');
});

test('traffic that was never read is not known; nothing is called ready', () => {
  expect(read(tenantOf())).toContain('Whether it can be closed is unknown.');
});

test('both ways in; with the gateway open, enforced is neither green nor called safe', () => {
  const bypassed = tenantOf({ ...CLOSED, mx: GATEWAY });
  const page = render(bypassed);
  expect(page).toContain('<span class="badge warn">enforced, gateway bypass open</span>');
  expect(page).not.toContain('<span class="badge good">enforced</span>');
  expect(read(bypassed)).toMatch(/A, Direct Send: closed .*B, delivery past a gateway: open/);
  expect(read(bypassed)).toContain('this tenant is still exposed');
  expect(render(tenantOf(CLOSED))).toContain('<span class="badge good">enforced</span>');
  for (const tenant of [bypassed, tenantOf(CLOSED), OPEN]) expect(read(tenant)).not.toMatch(/\b(?:safe|secure)\b/i);
});

test('once closed: what used to send and has gone silent, not the forgers', () => {
  const closing = { ...sampleChain(1).entries[0]!, kind: 'recovered', closedAt: '2026-10-21T09:00:00.000Z' } as const;
  const history = [...OPEN.history, closing];
  const text = read(tenantOf({ ...CLOSED, history, traffic: trafficOf([FORGER, SCANNER]) }));
  expect(text).toContain('Silent since Direct Send was rejected ( 2026-10-21 09:00 UTC )');
  expect(text).toMatch(/203\.0\.113\.9 consistent with a device or program of the tenant; sent on 12 days/);
  expect(text).not.toMatch(/Silent since.*198\.51\.100\.77 likely a forgery; sent/);
  expect(text).not.toContain('would be rejected.');
  const watched = read(tenantOf({ ...CLOSED, traffic: trafficOf([SCANNER]) }));
  expect(watched).not.toContain('Silent since');
});

test('tenants in the order of need: open, unknown, closed but bypassed, closed', () => {
  const named = (name: string, change: Parameters<typeof tenantOf>[0]) => tenantOf({ name, ...change });
  const text = read(
    named('Delta', CLOSED),
    named('Charlie', { ...CLOSED, mx: GATEWAY }),
    named('Bravo', { verdict: 'unknown', reason: 'network' }),
    named('Alpha', {}),
  );
  const at = ['Alpha', 'Bravo', 'Charlie', 'Delta'].map((name) => text.indexOf(name));
  expect(at).toEqual([...at].sort((a, b) => a - b));
});

test('hostile texts in every field are text', () => {
  const page = render(...hostileTenants());
  const OWN_TAGS =
    /<(?:!doctype html|\/?(?:html|head|body|title|main|header|footer|section|details|summary|h[1-3]|p|ul|li|strong|a|bdi|br|pre|code|span|time|table|thead|tbody|tr|th|td|div|svg|rect|style)|meta)(?: (?:lang|charset|name|content|http-equiv|class|id|href|scope|datetime|role|aria-label|data-label|width|height|viewBox|x|y|opacity)="[^"<>]*")*\/?>/g;
  const rest = page.replace(/<style>[^<]*<\/style>/, '').replace(OWN_TAGS, '');
  expect(rest.match(/[<>].{0,60}/g) ?? []).toEqual([]);
  expect(rest.match(/(?:[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]).{0,20}/gu) ?? []).toEqual([]);
  expect(page.match(/<[^>]*\son\w+=|<script|(?:src|href)="(?!#)/gi) ?? []).toEqual([]);
});
