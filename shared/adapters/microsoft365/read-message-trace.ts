import type { TrafficGap } from '../../core/alerts/traffic-gap.ts';
import { dayOf, type Instant, later } from '../../core/time.ts';
import { isOwnDomain, type OwnDomains } from '../../core/traffic/own-domains.ts';
import type { Row } from '../../core/traffic/read-row.ts';
import { classifyGraphFault, type GraphFault } from './classify-graph-fault.ts';
import type { OpenGraph } from './open-graph.ts';
import type { SignInTarget } from './sign-in.ts';
import type { GraphMeter } from './traffic/meter-graph.ts';

/** The rows of a trace that can be Direct Send. */
export type TraceResult =
  | {
      readonly ok: true;
      readonly rows: readonly Row[];
      /** Midnight of the first day of which every row was read, or the beginning of the period. */
      readonly from: Instant;
      /** Why it does not reach back to the beginning of the period; null when it does. */
      readonly cut: GraphFault | null;
      /** Whether the trace says what became of messages. */
      readonly tellsFate: boolean;
    }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

/** What reading a trace goes through: Graph, and the count of its calls. */
export interface TraceTools {
  readonly openGraph: OpenGraph;
  readonly meter: Pick<GraphMeter, 'tracesLeft'>;
}

const PATH = '/admin/exchange/tracing/messageTraces';
const PAGE = 5000;
/** Calls that are left for the details of single messages. */
const KEPT_BACK = 46;
/** Without one of these a row says nothing about Direct Send. */
const NEEDED = ['senderAddress', 'recipientAddress', 'receivedDateTime', 'fromIP'] as const;

/**
 * Reads a message trace day by day, the newest first, so that what the quota leaves out are whole old days. Of each page only
 * rows with an own sender and a sending address are kept: memory does not grow with the mail of a tenant. Never throws for
 * faults of Graph's.
 */
export async function readMessageTrace(
  tools: TraceTools,
  tenant: SignInTarget,
  own: OwnDomains,
  period: { readonly from: Instant; readonly to: Instant },
): Promise<TraceResult> {
  const seen = new Set<string>();
  const rows: Row[] = [];
  let from = period.to;
  let cut: GraphFault | null = null;
  while (from > period.from && cut === null) {
    const midnight = `${dayOf(later(from, -1))}T00:00:00.000Z`;
    const start = midnight > period.from ? midnight : period.from;
    const day = await readDay(tools, tenant, own, { from: start, to: from }, seen);
    if ('gap' in day) cut = day;
    else {
      for (const row of day.rows) rows.push(row);
      from = start;
    }
  }
  if (cut !== null && from === period.to) return { ok: false, ...cut };
  const missing = seen.size === 0 ? undefined : NEEDED.find((property) => !seen.has(property));
  if (missing !== undefined) return { ok: false, gap: 'service-error', detail: `the message trace has no ${missing}` };
  return { ok: true, rows, from, cut, tellsFate: seen.has('status') };
}

async function readDay(
  { openGraph, meter }: TraceTools,
  tenant: SignInTarget,
  own: OwnDomains,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  seen: Set<string>,
): Promise<{ readonly rows: readonly Row[] } | GraphFault> {
  const filter = `receivedDateTime ge ${toSecond(from)} and receivedDateTime le ${toSecond(to)}`;
  const rows: Row[] = [];
  let next: unknown = `${PATH}?$filter=${encodeURIComponent(filter)}&$top=${PAGE}`;
  try {
    while (typeof next === 'string') {
      if (meter.tracesLeft() <= KEPT_BACK)
        return {
          gap: 'quota',
          detail: `the message trace of ${dayOf(from)} and before was left out to stay within the quota`,
        };
      const page: { value?: unknown; '@odata.nextLink'?: unknown } | null = await openGraph(tenant).api(next).get();
      if (!Array.isArray(page?.value))
        return { gap: 'service-error', detail: 'Graph answered without a message trace' };
      for (const row of page.value as Row[]) {
        for (const [property, value] of Object.entries(row ?? {})) if (value !== null) seen.add(property);
        if (isCandidate(row, own)) rows.push(keepNeeded(row));
      }
      next = page['@odata.nextLink'];
    }
    return { rows };
  } catch (error) {
    return classifyGraphFault(error);
  }
}

/** The details of one traced message; empty when they cannot be read. */
export async function readTraceDetails(
  { openGraph, meter }: TraceTools,
  tenant: SignInTarget,
  row: Row,
): Promise<readonly Row[]> {
  const { id, recipientAddress } = row;
  if (typeof id !== 'string' || typeof recipientAddress !== 'string' || meter.tracesLeft() < 2) return [];
  const recipient = recipientAddress.replaceAll("'", "''");
  const path = `${PATH}/${encodeURIComponent(id)}/getDetailsByRecipient(recipientAddress='${encodeURIComponent(recipient)}')`;
  try {
    const answer: { value?: unknown } | null = await openGraph(tenant).api(path).get();
    return Array.isArray(answer?.value) ? (answer.value as Row[]) : [];
  } catch (error) {
    classifyGraphFault(error);
    return [];
  }
}

function isCandidate(row: unknown, own: OwnDomains): row is Row {
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
