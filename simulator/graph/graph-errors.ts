import { randomUUID } from 'node:crypto';
import { type Answer, type Headers, json } from '../wire/reply.ts';

/** An error in Graph's envelope. */
export function graphError(status: number, code: string, message: string, headers: Headers = {}): Answer {
  const innerError = { 'request-id': randomUUID(), date: new Date().toISOString().slice(0, 19) };
  return json(status, { error: { code, message, innerError } }, headers);
}

/** The 403 of a call whose token lacks the application permission. */
export function missingRoles(required: readonly string[], present: readonly string[]): Answer {
  const text = `Missing application roles. API required roles: ${required.join(', ')}, application roles: ${present.join(',')}.`;
  return graphError(403, 'Forbidden', text);
}

/** The 400 of a hunting query that names a table which the tenant does not have. */
export function unresolvedTable(table: string): Answer {
  const text = `'take' operator: Failed to resolve table or column expression named '${table}'. Fix semantic errors in your query.`;
  return graphError(400, 'BadRequest', text);
}

/** The 401 of message trace while its service principal does not exist in the tenant, for up to a day after it was made. */
export function traceNotProvisioned(): Answer {
  const text =
    'Service principal-less authentication failed: The service principal for App ID 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found. Please create a service principal for this app in your tenant. Provisioning may take several hours to complete.';
  return graphError(401, 'Unauthorized', text);
}

/** The audit search of a tenant that does not record: the status at the top level, or as a JSON text in the message. */
export function auditingDisabled(nested: boolean): Answer {
  const status = { Status: 'AuditingDisabledTenant' };
  return nested ? graphError(400, 'UnknownError', JSON.stringify(status)) : json(400, status);
}

/** A 429; some of Graph's services send no Retry-After. */
export function tooManyRequests(headers: Headers = {}): Answer {
  const text = 'Your recent queries have surpassed the permitted limit, please try again later.';
  return graphError(429, 'TooManyRequests', text, headers);
}
