import type { Surface } from '../behaviour/behaviour.ts';
import type { AppRole } from '../tenant/app-roles.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import type { Answer } from '../wire/reply.ts';
import { readTraceQuery } from './filter-traces.ts';
import { tooManyRequests, traceNotProvisioned } from './graph-errors.ts';
import { type CallLimit, limitCalls } from './limit-calls.ts';
import { hasReadableSkipToken, pageResults } from './page-results.ts';
import { findAuditQueryFault, listAuditRecords, pollAuditQuery, submitAuditQuery } from './query-audit-log.ts';
import { findHuntingFault, type HuntingEngine, runHuntingQuery } from './run-hunting-query.ts';
import { findMailFault, sendMail } from './send-mail.ts';
import { traceDetails, traceMessages } from './trace-messages.ts';

/** One call of Graph that is simulated. */
export interface GraphOperation {
  readonly surface: Surface;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  /** Application permissions of which one must be in the token. */
  readonly roles: readonly AppRole[];
  /** What is wrong about the request, for a 400; null when it is well formed. */
  findFault(call: GraphCall): string | null;
  serve(call: GraphCall): Answer | Promise<Answer>;
}

/** A request of a tenant; `parts` are the groups of the operation's path, decoded. */
export interface GraphCall {
  readonly request: HttpRequest;
  readonly tenant: SimulatedTenant;
  readonly parts: readonly string[];
  readonly now: Date;
}

const MINUTE = 60 * 1000;
const AUDIT_ROLES: readonly AppRole[] = ['AuditLogsQuery-Exchange.Read.All', 'AuditLogsQuery.Read.All'];
const TRACES = '^/v1\\.0/admin/exchange/tracing/messageTraces';
const QUERIES = '^/v1\\.0/security/auditLog/queries';

/** Every simulated call of Graph, with its own quotas. */
export function listGraphOperations(engine: () => HuntingEngine): readonly GraphOperation[] {
  const huntingLimit = limitCalls(MINUTE);
  const traceLimit = limitCalls(5 * MINUTE);
  const audit = { surface: 'graph/auditQuery', roles: AUDIT_ROLES } as const;
  const trace = { surface: 'graph/messageTrace', method: 'GET', roles: ['ExchangeMessageTrace.Read.All'] } as const;
  const serveTrace = (call: GraphCall, serve: () => Answer) => {
    if (!call.tenant.messageTraceProvisioned) return traceNotProvisioned();
    return throttle(traceLimit, call, call.tenant.quotas.messageTracePerFiveMinutes) ?? serve();
  };
  return [
    {
      surface: 'graph/hunting',
      method: 'POST',
      path: /^\/v1\.0\/security\/runHuntingQuery$/,
      roles: ['ThreatHunting.Read.All'],
      findFault: ({ request }) => findHuntingFault(request),
      serve: (call) =>
        throttle(huntingLimit, call, call.tenant.quotas.huntingPerMinute) ??
        runHuntingQuery(call.request, call.tenant, engine()),
    },
    {
      ...trace,
      path: new RegExp(`${TRACES}$`),
      findFault: ({ request, now }) => {
        const query = readTraceQuery(request.query, now);
        return query.kind === 'fault' ? query.why : findSkipTokenFault(request);
      },
      serve: (call) => serveTrace(call, () => listTraces(call)),
    },
    {
      ...trace,
      path: new RegExp(`${TRACES}/([^/]+)/getDetailsByRecipient\\(recipientAddress='([^']+)'\\)$`),
      findFault: () => null,
      serve: (call) =>
        serveTrace(call, () => {
          const [id = '', recipient = ''] = call.parts;
          return pageResults(call.request, traceDetails(call.tenant, id, recipient), 1000);
        }),
    },
    {
      ...audit,
      method: 'POST',
      path: new RegExp(`${QUERIES}$`),
      findFault: ({ request }) => findAuditQueryFault(request),
      serve: ({ request, tenant, now }) => submitAuditQuery(request, tenant, now),
    },
    {
      ...audit,
      method: 'GET',
      path: new RegExp(`${QUERIES}/([^/]+)$`),
      findFault: () => null,
      serve: ({ parts: [id = ''], tenant, now }) => pollAuditQuery(id, tenant, now),
    },
    {
      ...audit,
      method: 'GET',
      path: new RegExp(`${QUERIES}/([^/]+)/records$`),
      findFault: ({ request }) => findTopFault(request, 999) ?? findSkipTokenFault(request),
      serve: ({ parts: [id = ''], request, tenant, now }) => listAuditRecords(id, request, tenant, now),
    },
    {
      surface: 'graph/sendMail',
      method: 'POST',
      path: /^\/v1\.0\/users\/([^/]+)\/sendMail$/,
      roles: ['Mail.Send'],
      findFault: ({ request }) => findMailFault(request),
      serve: ({ parts: [mailbox = ''], request, tenant }) => sendMail(mailbox, request, tenant),
    },
    {
      surface: 'graph/customers',
      method: 'GET',
      path: /^\/v1\.0\/tenantRelationships\/delegatedAdminCustomers$/,
      roles: ['DelegatedAdminRelationship.Read.All'],
      findFault: ({ request }) => findTopFault(request, 300) ?? findSkipTokenFault(request),
      serve: ({ request, tenant }) => {
        const customers = tenant.customers.map((customer) => ({ id: customer.tenantId, ...customer }));
        return pageResults(request, customers, Number(request.query.get('$top') ?? 100));
      },
    },
  ];
}

function throttle(limit: CallLimit, { tenant, now }: GraphCall, most: number): Answer | null {
  const seconds = limit.refuse(tenant, most, now);
  return seconds === null ? null : tooManyRequests({ 'retry-after': String(seconds) });
}

function listTraces({ request, tenant, now }: GraphCall): Answer {
  const query = readTraceQuery(request.query, now);
  if (query.kind === 'fault') throw new Error(query.why);
  return pageResults(request, traceMessages(tenant).filter(query.matches), query.top);
}

function findTopFault({ query }: HttpRequest, most: number): string | null {
  const top = Number(query.get('$top') ?? 1);
  return Number.isInteger(top) && top >= 1 && top <= most ? null : `$top must be between 1 and ${most}`;
}

function findSkipTokenFault(request: HttpRequest): string | null {
  return hasReadableSkipToken(request) ? null : 'a $skiptoken that was not handed out';
}
