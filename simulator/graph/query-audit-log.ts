import { guidOf } from '../tenant/mail-row.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { AuditRecord, SubmittedAuditQuery } from '../tenant/tenant-records.ts';
import { type HttpRequest, isRecord, parseJson } from '../wire/read-request.ts';
import { type Answer, json } from '../wire/reply.ts';
import { auditingDisabled, graphError } from './graph-errors.ts';
import { pageResults } from './page-results.ts';

const MINUTE = 60 * 1000;
const LARGEST_PAGE = 999;
const USUAL_PAGE = 150;

/** The properties of a query that Graph documents; it refuses others. */
const PROPERTIES = new Set([
  'displayName',
  'filterStartDateTime',
  'filterEndDateTime',
  'recordTypeFilters',
  'operationFilters',
  'keywordFilter',
  'serviceFilter',
  'userPrincipalNameFilters',
  'ipAddressFilters',
  'objectIdFilters',
  'administrativeUnitIdFilters',
]);

/** What Graph does not accept about a new audit query; null when it is well formed. */
export function findAuditQueryFault({ body }: HttpRequest): string | null {
  const filters = parseJson(body);
  if (!isRecord(filters)) return 'the body is no JSON object';
  const stranger = Object.keys(filters).find((name) => !PROPERTIES.has(name));
  if (stranger !== undefined) return `unknown property ${stranger}`;
  const begin = Date.parse(String(filters.filterStartDateTime));
  const end = Date.parse(String(filters.filterEndDateTime));
  return begin < end ? null : 'filterStartDateTime and filterEndDateTime are no period';
}

/** Takes a new query: 201 with its id, unless the tenant does not record. */
export function submitAuditQuery(request: HttpRequest, tenant: SimulatedTenant, now: Date): Answer {
  if (tenant.auditing !== 'on') return auditingDisabled(tenant.auditing === 'off-nested');
  const parsed = parseJson(request.body);
  const filters = isRecord(parsed) ? parsed : {};
  const id = guidOf(`audit query ${tenant.id} ${tenant.auditQueries.size}`);
  tenant.auditQueries.set(id, { id, submittedAt: now, filters, polls: 0 });
  return json(201, { id, ...filters, status: 'notStarted' });
}

/** The state of a query; asking moves it on. */
export function pollAuditQuery(id: string, tenant: SimulatedTenant, now: Date): Answer {
  const query = tenant.auditQueries.get(id);
  if (query === undefined) return unknownQuery();
  query.polls += 1;
  const status = statusOf(query, tenant, now);
  const limit = status === 'succeeded' ? { isRecordCountLimitExceeded: tenant.auditQuery.limitExceeded } : {};
  return json(200, { id, ...query.filters, status, ...limit });
}

/** The records that a finished query found; asking earlier is refused. */
export function listAuditRecords(id: string, request: HttpRequest, tenant: SimulatedTenant, now: Date): Answer {
  const query = tenant.auditQueries.get(id);
  if (query === undefined) return unknownQuery();
  if (statusOf(query, tenant, now) !== 'succeeded') {
    return graphError(400, 'BadRequest', 'The query has not succeeded; its records cannot be listed.');
  }
  const size = Math.min(Number(request.query.get('$top') ?? USUAL_PAGE), LARGEST_PAGE);
  const found = tenant.auditRecords.filter((record) => matches(record, query.filters));
  return pageResults(request, found, size);
}

function statusOf(query: SubmittedAuditQuery, { auditQuery }: SimulatedTenant, now: Date): string {
  const due = query.submittedAt.getTime() + auditQuery.minutes * MINUTE;
  return query.polls > auditQuery.polls && now.getTime() >= due ? auditQuery.ends : 'running';
}

function matches(record: AuditRecord, filters: Readonly<Record<string, unknown>>): boolean {
  const at = Date.parse(record.createdDateTime);
  if (at < Date.parse(String(filters.filterStartDateTime)) || at > Date.parse(String(filters.filterEndDateTime))) {
    return false;
  }
  return (
    includes(filters.operationFilters, record.operation) &&
    includes(filters.recordTypeFilters, record.auditLogRecordType)
  );
}

/** An absent filter lets everything pass. */
function includes(filter: unknown, value: string): boolean {
  return !Array.isArray(filter) || filter.some((wanted) => String(wanted).toLowerCase() === value.toLowerCase());
}

function unknownQuery(): Answer {
  return graphError(404, 'NotFound', 'The audit log query was not found.');
}
