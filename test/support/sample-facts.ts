import type { Actor, DigestRow, TrafficGlance } from '../../shared/core/alerts/alert.ts';
import { nameAlert } from '../../shared/core/alerts/name-alert.ts';

/** Every text of an alert that comes from outside; a hostile test replaces them all. */
export const REAL_TEXTS = {
  tenantName: 'Fabrikam GmbH',
  tenantId: '3d1c5a8e-6f0b-4b7a-9c2d-1e2f3a4b5c6d',
  domain: 'fabrikam.example',
  account: 'jana.novak_adm@fabrikam.example',
  clientIp: '198.51.100.24',
  application: 'Exchange Online PowerShell',
  detail: '403: the role assigned to the application is not supported in this scenario',
  exceptionReason: 'The scanner on the third floor cannot sign in; it is replaced in December.',
  approvedBy: 'CISO, ticket CHG-4711',
  exceptionId: 'x-2026-0007',
  source: '203.0.113.7',
  legitimateSender: '203.0.113.9',
  spoofReason: 'self-to-self',
  trafficReason: 'licence-missing',
  channel: 'ops',
  product: 'Direct Send Watch',
};

export type OutsideTexts = typeof REAL_TEXTS;

export const RAISED = '2026-11-20T09:14:05.000Z';
export const LEDGER = { seq: 1412, hash: '9f2c1a7b0d4e6f8890a1b2c3d4e5f60718293a4b5c6d7e8f9012a3b4c5d6e7f8' };
export const WINDOW = { notBefore: '2026-11-20T08:59:02.000Z', notAfter: '2026-11-20T09:14:03.000Z' };
export const WINDOW_OF_LAST_WEEK = { notBefore: '2026-11-12T05:59:00.000Z', notAfter: '2026-11-12T06:14:05.000Z' };
export const BLIND = { since: '2026-11-20T02:59:00.000Z', reason: 'role-missing' } as const;
export const FIGURES = {
  tenants: 412,
  enforced: 398,
  permissive: 3,
  unknown: 2,
  excepted: 9,
  oldestVerifiedAt: '2026-11-19T22:45:00.000Z',
};

const CUSTOMERS = ['Fabrikam GmbH', 'Contoso Oy', '株式会社ノースウィンド', 'Tailspin Toys Ltd', 'Adatum & Söhne KG'];

/** Traffic of the last day in full: somebody forges, and two devices would be cut off. */
export function trafficSeen(texts: OutsideTexts = REAL_TEXTS): TrafficGlance {
  return {
    coverage: 'full',
    reason: null,
    from: '2026-11-19T09:00:00.000Z',
    to: '2026-11-20T09:00:00.000Z',
    messages: 57,
    delivered: 41,
    spoofSources: [{ source: texts.source, messages: 12, delivered: 9 }],
    wouldBreak: [texts.legitimateSender, '203.0.113.10'],
  };
}

/** Traffic that nobody may read, with the reason given. */
export function trafficUnknown(texts: OutsideTexts = REAL_TEXTS): TrafficGlance {
  const figures = { from: null, to: null, messages: null, delivered: null };
  return { coverage: 'none', reason: texts.trafficReason, ...figures, spoofSources: [], wouldBreak: [] };
}

/** Somebody of the customer, in PowerShell, in the middle of the window. */
export function ownActor({ account, clientIp, application }: OutsideTexts): Actor {
  return { at: '2026-11-20T09:02:41.000Z', account, clientIp, application, external: false };
}

/** Microsoft or a partner, about whom the record says little. */
export function externalActor({ account }: OutsideTexts): Actor {
  return { at: '2026-11-20T09:11:00.000Z', account, clientIp: null, application: null, external: true };
}

/** One source of forged mail. */
export function spoofSource({ source, spoofReason }: OutsideTexts) {
  return {
    source,
    messages: 12,
    delivered: 9,
    junked: 2,
    blocked: 1,
    reasons: [spoofReason, 'many-impersonated-senders'],
    firstSeen: '2026-11-20T09:20:00.000Z',
    lastSeen: '2026-11-20T11:47:00.000Z',
  };
}

/** Rows of a digest: three drifts for each tenant that cannot be read. */
export function digestRows(texts: OutsideTexts, count: number): readonly DigestRow[] {
  return Array.from({ length: count }, (_, at): DigestRow => {
    const facts: DigestRow['facts'] =
      at % 4 === 3
        ? { kind: 'blinded', ...BLIND, detail: texts.detail, lastVerdict: 'enforced', verifiedAt: BLIND.since }
        : { kind: 'drifted', window: WINDOW, checkedAt: RAISED, episode: 1, exceptionEnded: false, heldBack: false };
    const tenantId = `${String(at).padStart(8, '0')}-6f0b-4b7a-9c2d-1e2f3a4b5c6d`;
    const tenantName = at === 0 ? texts.tenantName : `${CUSTOMERS[at % CUSTOMERS.length]}`;
    return { alertId: nameAlert(tenantId, facts.kind, 'digest'), tenantId, tenantName, facts };
  });
}

/** Two tenants that a heartbeat lists as open, one of them acknowledged. */
export function openTenants({ tenantId, tenantName }: OutsideTexts) {
  const openSince = WINDOW_OF_LAST_WEEK.notAfter;
  return [
    { tenantId, name: tenantName, openSince, acknowledged: true },
    { tenantId: '77777777-6f0b-4b7a-9c2d-1e2f3a4b5c6d', name: 'Tailspin Toys Ltd', openSince, acknowledged: false },
  ];
}
