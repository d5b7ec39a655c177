import { type Client, GraphError } from '@microsoft/microsoft-graph-client';
import type { NoRecordReason } from '../../core/alerts/alert.ts';
import type { AuditAnswer } from '../../core/evidence/attribution.ts';
import { type AuditRecord, auditSpan, matchAudit } from '../../core/evidence/match-audit.ts';
import type { Window } from '../../core/setting/tenant-state.ts';
import type { AuditLog } from '../../jobs/services.ts';
import { isAuditOff } from './is-audit-off.ts';
import { GraphSignInError, type OpenGraph } from './open-graph.ts';

const QUERIES = '/security/auditLog/queries';
/** Pages of 999 records that are read; a tenant with more changes of its organisation in one window is not credible. */
const MOST_PAGES = 20;

/** Asks the audit log through Graph (sheet exchange-and-graph, section 6, way A). */
export function openAuditLog(openGraph: OpenGraph): AuditLog {
  return {
    async submit(tenant, window) {
      if (tenant.cloud === 'china') return { kind: 'refused', why: 'cloud-not-supported' };
      return answering(async () => {
        const { from, to } = auditSpan(window);
        const created: { id?: unknown } = await openGraph(tenant)
          .api(QUERIES)
          .post({
            displayName: `Direct Send Watch ${to}`,
            filterStartDateTime: withoutMilliseconds(from),
            filterEndDateTime: withoutMilliseconds(to, 1000),
            recordTypeFilters: ['exchangeAdmin'],
            operationFilters: ['Set-OrganizationConfig'],
          });
        return typeof created?.id === 'string' ? { kind: 'submitted', id: created.id } : { kind: 'failed' };
      });
    },
    poll: (tenant, id, window) => answering(() => poll(openGraph(tenant), id, window)),
  };
}

async function poll(graph: Client, id: string, window: Window): Promise<AuditAnswer> {
  const path = `${QUERIES}/${encodeURIComponent(id)}`;
  const query: { status?: unknown; isRecordCountLimitExceeded?: unknown } = await graph.api(path).get();
  if (isAuditOff(query)) return { kind: 'refused', why: 'audit-disabled' };
  if (query.status === 'failed' || query.status === 'cancelled') return { kind: 'failed' };
  if (query.status !== 'succeeded') return { kind: 'running' };

  const records: AuditRecord[] = [];
  let next: string | undefined = `${path}/records?$top=999`;
  for (let page = 0; next !== undefined && page < MOST_PAGES; page += 1) {
    const answer: { value?: AuditRecord[]; '@odata.nextLink'?: string } = await graph.api(next).get();
    if (isAuditOff(answer)) return { kind: 'refused', why: 'audit-disabled' };
    records.push(...(answer.value ?? []));
    next = answer['@odata.nextLink'];
  }
  const actors = matchAudit(records, window);
  const limitExceeded = query.isRecordCountLimitExceeded === true || next !== undefined;
  return actors.length > 0 ? { kind: 'found', actors } : { kind: 'nothing', limitExceeded };
}

/** Turns what Graph throws into an answer; faults that pass are asked again at the next stage. */
async function answering(ask: () => Promise<AuditAnswer>): Promise<AuditAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GraphSignInError) {
      const { reason } = error.finding;
      return reason === 'consent-missing' || reason === 'role-missing'
        ? refuse('permission-missing')
        : { kind: 'failed' };
    }
    if (!(error instanceof GraphError)) return { kind: 'failed' };
    if (isAuditOff(error.body)) return refuse('audit-disabled');
    if (error.statusCode === 401 || error.statusCode === 403) {
      return refuse(/licen[cs]e/i.test(String(error.message)) ? 'licence-missing' : 'permission-missing');
    }
    return { kind: 'failed' };
  }
}

function refuse(why: NoRecordReason): AuditAnswer {
  return { kind: 'refused', why };
}

function withoutMilliseconds(instant: string, later = 0): string {
  return new Date(Date.parse(instant) + later).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
