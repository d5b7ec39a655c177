import type { Surface } from '../behaviour/behaviour.ts';
import { createSwitchboard } from '../behaviour/create-switchboard.ts';
import type { RecordedRequest } from '../behaviour/record-request.ts';
import { READING_ROLES } from './app-roles.ts';
import type { SimulatedTenant } from './tenant.ts';

/** A healthy tenant: Direct Send rejected, everything consented to, no Defender Plan 2, no mail. */
export function createTenant(id: string): SimulatedTenant {
  const requests: RecordedRequest[] = [];
  const { behave, take } = createSwitchboard<Surface>();
  const name = `tenant${id.slice(0, 8)}`;
  return {
    id,
    cloud: 'global',
    initialDomain: `${name}.onmicrosoft.com`,
    setting: true,
    acceptedDomains: [domain(`${name}.example`, true), domain(`${name}.onmicrosoft.com`, false)],
    inboundConnectors: [],
    adminApi: 'off',
    consent: 'granted',
    appRoles: new Set(READING_ROLES),
    exchangeRole: true,
    deniedCmdlets: new Set(),
    exchangeLicence: true,
    defenderPlan2: false,
    messageTraceProvisioned: true,
    auditing: 'on',
    mail: [],
    messageTrace: null,
    spoofReport: null,
    spoofInsight: null,
    pointers: new Map(),
    auditRecords: [],
    auditQuery: { polls: 1, minutes: 0, ends: 'succeeded', limitExceeded: false },
    auditQueries: new Map(),
    customers: [],
    sentMail: [],
    quotas: { huntingPerMinute: 45, messageTracePerFiveMinutes: 100 },
    requests,
    behave,
    decide: take,
    record: (request) => requests.push(request),
  };
}

function domain(name: string, isDefault: boolean) {
  return { DomainName: name, DomainType: 'Authoritative', Default: isDefault, MatchSubDomains: false } as const;
}
