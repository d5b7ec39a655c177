import { judgeReadiness } from '../../../shared/core/posture/judge-readiness.ts';
import type { AssessedSource } from '../../../shared/core/traffic/assessed-source.ts';
import { UNKNOWN_NETWORK } from '../../../shared/core/traffic/network-context.ts';
import { REASON_CODES } from '../../../shared/core/traffic/reason-words.ts';
import { NO_TRAFFIC, type StoredContext, type TrafficState } from '../../../shared/core/traffic/traffic-state.ts';

const MONTH = Array.from({ length: 30 }, (_, at) => ({
  day: `2026-10-${String(at + 1).padStart(2, '0')}`,
  messages: 9,
}));

/** An assessed source, as long as one can be unless said otherwise. */
export function sourceOf(at: number, change: Partial<AssessedSource> = {}): AssessedSource {
  return {
    key: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    source: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    class: 'direct-send',
    assessment: 'needs-review',
    confidence: 'normal',
    score: 1,
    reasons: REASON_CODES,
    anchors: [],
    messages: 270,
    delivery: { delivered: 1, junked: 1, quarantined: 1, blocked: 1 },
    firstSeen: '2026-10-01T00:00:00.000Z',
    lastSeen: '2026-10-30T00:00:00.000Z',
    days: MONTH,
    senders: Array.from({ length: 5 }, () => `${'株'.repeat(310)}@x.example`),
    ...change,
  };
}

export const many = (length: number, change: Partial<AssessedSource> = {}) =>
  Array.from({ length }, (_, at) => sourceOf(at, change));

const CONTEXT: StoredContext = {
  own: { exact: ['contoso.example'], roots: [], rejected: [] },
  mailExchangers: [{ domain: 'contoso.example', hosts: ['mx.gateway.example'], addresses: ['192.0.2.1'] }],
  connectors: [],
  namedLocations: null,
  sources: [],
};

export function stateOf(assessed: readonly AssessedSource[], context: Partial<StoredContext> = {}): TrafficState {
  return {
    ...NO_TRAFFIC,
    coverage: 'full',
    reason: null,
    context: { ...CONTEXT, ...context },
    assessed,
    readiness: judgeReadiness(assessed, { coverage: 'full', reason: null, days: 30 }),
  };
}

export const CONNECTOR = {
  name: 'c',
  enabled: true,
  type: 'Partner',
  senderDomains: ['*'],
  senderAddresses: [],
  certificateName: null,
  restrictToAddresses: false,
  restrictToCertificate: false,
  treatMessagesAsInternal: false,
  cloudServicesMail: false,
} as const;

/** A state of a tenant under attack that is large in every part at once. */
export function longestState(): TrafficState {
  const names = Array.from({ length: 5000 }, (_, at) => `domain-${at}.example`);
  const network = {
    ...UNKNOWN_NETWORK,
    pointer: { kind: 'confirmed', name: `host.${'x'.repeat(60)}.example` },
  } as const;
  return {
    ...stateOf(
      [
        ...many(600, { senders: [], reasons: REASON_CODES.slice(0, 12) }),
        ...many(3000, { assessment: 'likely-spoof' }),
      ],
      {
        own: { exact: names, roots: names, rejected: names },
        mailExchangers: names
          .slice(0, 300)
          .map((domain) => ({ domain, hosts: [`mx.${domain}`], addresses: ['192.0.2.1'] })),
        connectors: Array.from({ length: 100 }, () => CONNECTOR),
        sources: names.map((name) => [name, network] as const),
      },
    ),
    detail: 'x'.repeat(100_000),
  };
}
