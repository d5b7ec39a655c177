import { judgeExposures } from '../../../shared/core/posture/judge-exposures.ts';
import { judgeReadiness } from '../../../shared/core/posture/judge-readiness.ts';
import type { Report, ReportedTenant } from '../../../shared/core/report/report.ts';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import type { MailExchangers } from '../../../shared/core/traffic/network-context.ts';
import { NO_TRAFFIC, type TrafficState } from '../../../shared/core/traffic/traffic-state.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { sampleChain } from '../../support/sample-rows.ts';
import { sourceOf } from '../traffic/build-state.ts';

export const NOW = '2026-10-31T12:00:00.000Z';
const { entries, head } = sampleChain(3);

/** Mail exchangers of somebody else: a gateway that can be gone around. */
export const GATEWAY: readonly MailExchangers[] = [
  { domain: 'fabrikam.example', hosts: ['mx.gateway.example'], addresses: [] },
];
const MICROSOFT: readonly MailExchangers[] = [
  { domain: 'fabrikam.example', hosts: ['fabrikam-example.mail.protection.outlook.com'], addresses: [] },
];

/** Traffic that was read whole. */
export function trafficOf(assessed: readonly AssessedSource[], change: Partial<TrafficState> = {}): TrafficState {
  const { coverage = 'full', reason = null } = change;
  return {
    ...NO_TRAFFIC,
    coverage,
    reason,
    origin: 'hunting',
    from: '2026-10-01T00:00:00.000Z',
    to: NOW,
    assessed,
    readiness: judgeReadiness(assessed, { coverage, reason, days: 30 }),
    ...change,
  };
}

/** A tenant of the report, permissive since this morning unless said otherwise. */
export function tenantOf(
  change: Partial<ReportedTenant> & { readonly mx?: readonly MailExchangers[] } = {},
): ReportedTenant {
  const { mx = MICROSOFT, ...rest } = change;
  const verdict = rest.verdict ?? 'permissive';
  return {
    tenantId: '3d1c0000-0000-4000-8000-000000000001',
    name: 'Fabrikam GmbH',
    domains: ['fabrikam.example'],
    verdict,
    state: verdict === 'unknown' ? 'never-verified' : verdict,
    reason: null,
    detail: null,
    verifiedAt: NOW,
    checkedAt: NOW,
    excepted: false,
    window:
      verdict === 'permissive' ? { notBefore: '2026-10-31T08:00:00.000Z', notAfter: '2026-10-31T08:15:00.000Z' } : null,
    chain: 'intact',
    history: [...entries].reverse(),
    traffic: NO_TRAFFIC,
    exposures: judgeExposures(verdict, { mailExchangers: mx, connectors: [] }),
    ...rest,
  };
}

export function reportOf(tenants: readonly ReportedTenant[]): Report {
  const count = (verdict: ReportedTenant['verdict']) => tenants.filter((tenant) => tenant.verdict === verdict).length;
  return {
    generatedAt: NOW,
    figures: {
      tenants: tenants.length,
      enforced: count('enforced'),
      permissive: count('permissive'),
      unknown: count('unknown'),
      excepted: 0,
      oldestVerifiedAt: NOW,
    },
    ledgerDigest: head.hash,
    tenants,
  };
}

const day = (at: number, messages: number) => ({ day: `2026-10-${String(at).padStart(2, '0')}`, messages });

/** A scanner on working days, undecided, and a forger of last night. */
export const SCANNER = sourceOf(1, {
  key: '203.0.113.9',
  source: '203.0.113.9',
  assessment: 'device-or-app',
  score: -3,
  reasons: ['regular-for-weeks', 'connector-address'],
  days: [5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20].map((at) => day(at, at)),
  messages: 144,
  firstSeen: '2026-10-05T08:00:00.000Z',
  lastSeen: '2026-10-20T16:00:00.000Z',
  senders: ['scanner@fabrikam.example'],
});
export const FORGER = sourceOf(2, {
  key: '198.51.100.77',
  source: '198.51.100.77',
  assessment: 'likely-spoof',
  score: 9,
  reasons: ['self-to-self', 'qr-codes', 'many-impersonated-senders'],
  days: [day(31, 12)],
  messages: 12,
  firstSeen: '2026-10-31T08:20:00.000Z',
  lastSeen: '2026-10-31T11:00:00.000Z',
  senders: [],
});

/** A tenant for each hostile text, with the text in every field that comes from outside. */
export function hostileTenants(): ReportedTenant[] {
  return HOSTILE_TEXTS.map(({ text }, at) => {
    const source = sourceOf(at, { source: text, key: text, senders: [text] });
    const remedy = { command: text, advice: text };
    const breaking = { source: text, assessment: 'needs-review', messages: 1, days: 1, lastSeen: NOW, remedy } as const;
    const readiness = { verdict: 'not-ready', why: [text], wouldBreak: [breaking] } as const;
    const entry = { ...entries[0]!, reason: text, by: text, kind: 'source-approved' } as const;
    return tenantOf({
      tenantId: `3d1c0000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      name: text,
      domains: [text],
      detail: text,
      history: [entry],
      verdict: at % 2 === 0 ? 'unknown' : 'permissive',
      reason: at % 2 === 0 ? 'network' : null,
      traffic: trafficOf([source], { coverage: 'partial', reason: 'quota', detail: text, readiness }),
      exposures: { directSend: 'open', gatewayBypass: 'open', bypassedDomains: [text], notes: [text] },
    });
  });
}
