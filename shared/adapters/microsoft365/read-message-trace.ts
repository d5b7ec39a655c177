import type { TrafficGap } from '../../core/alerts/traffic-gap.ts';
import { DAY, type Instant, later } from '../../core/time.ts';
import { isOwnDomain, type OwnDomains } from '../../core/traffic/own-domains.ts';
import type { Row } from '../../core/traffic/read-row.ts';
import { classifyGraphFault } from './classify-graph-fault.ts';
import type { OpenGraph } from './open-graph.ts';
import type { SignInTarget } from './sign-in.ts';

/** The rows of a trace that can be Direct Send; `truncated`: the quota ended before the pages did. */
export type TraceResult =
  | { readonly ok: true; readonly rows: readonly Row[]; readonly truncated: boolean }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

const PATH = '/admin/exchange/tracing/messageTraces';
/** One query spans at most ten days (sheet exchange-and-graph, 5.2). */
const LONGEST_SPAN = 10 * DAY;
const PAGE = 5000;
/** 100 requests in five minutes are allowed, details included; some are left for those. */
const MOST_REQUESTS = 70;

/**
 * Reads a message trace page by page and keeps only rows with an own sender and a sending address, so that memory does not
 * grow with the mail of a tenant. Never throws for faults of Graph's.
 */
export async function readMessageTrace(
  openGraph: OpenGraph,
  tenant: SignInTarget,
  own: OwnDomains,
  period: { readonly from: Instant; readonly to: Instant },
): Promise<TraceResult> {
  const graph = openGraph(tenant);
  const rows: Row[] = [];
  let requests = 0;
  try {
    for (let from = period.from; from < period.to; from = later(from, LONGEST_SPAN)) {
      const to = later(from, LONGEST_SPAN) < period.to ? later(from, LONGEST_SPAN) : period.to;
      const filter = `receivedDateTime ge ${toSecond(from)} and receivedDateTime le ${toSecond(to)}`;
      let next: string | undefined = `${PATH}?$filter=${encodeURIComponent(filter)}&$top=${PAGE}`;
      while (next !== undefined) {
        if (requests >= MOST_REQUESTS) return { ok: true, rows, truncated: true };
        requests += 1;
        const page: { value?: unknown; '@odata.nextLink'?: string } = await graph.api(next).get();
        if (Array.isArray(page.value)) rows.push(...page.value.filter((row) => isCandidate(row, own)).map(keepNeeded));
        next = page['@odata.nextLink'];
      }
    }
    return { ok: true, rows, truncated: false };
  } catch (error) {
    return { ok: false, ...classifyGraphFault(error) };
  }
}

/** The details of one traced message; empty when they cannot be read. */
export async function readTraceDetails(openGraph: OpenGraph, tenant: SignInTarget, row: Row): Promise<readonly Row[]> {
  const { id, recipientAddress } = row;
  if (typeof id !== 'string' || typeof recipientAddress !== 'string') return [];
  const recipient = recipientAddress.replaceAll("'", "''");
  const path = `${PATH}/${encodeURIComponent(id)}/getDetailsByRecipient(recipientAddress='${encodeURIComponent(recipient)}')`;
  try {
    const answer: { value?: unknown } = await openGraph(tenant).api(path).get();
    return Array.isArray(answer.value) ? (answer.value as Row[]) : [];
  } catch (error) {
    classifyGraphFault(error);
    return [];
  }
}

function isCandidate(row: unknown, own: OwnDomains): boolean {
  const { senderAddress, fromIP } = (row ?? {}) as Row;
  if (typeof senderAddress !== 'string' || typeof fromIP !== 'string' || fromIP === '') return false;
  return isOwnDomain(own, senderAddress.slice(senderAddress.lastIndexOf('@') + 1));
}

/** Subjects and sizes are not needed, so they are not kept. */
function keepNeeded(row: Row): Row {
  const { id, messageId, senderAddress, recipientAddress, receivedDateTime, fromIP, status } = row;
  return { id, messageId, senderAddress, recipientAddress, receivedDateTime, fromIP, status };
}

function toSecond(instant: Instant): string {
  return instant.replace(/\.\d{3}Z$/, 'Z');
}
