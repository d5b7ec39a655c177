import type { TrafficGap } from '../../../core/alerts/traffic-gap.ts';
import type { InboundConnector } from '../../../core/posture/inbound-connector.ts';
import type { Instant } from '../../../core/time.ts';
import { findTracedConnector, foldMessageTrace } from '../../../core/traffic/fold-message-trace.ts';
import { foldSpoofInsight, foldSpoofReport } from '../../../core/traffic/fold-spoof-report.ts';
import { joinPartialDays } from '../../../core/traffic/join-partial-days.ts';
import type { OwnDomains } from '../../../core/traffic/own-domains.ts';
import type { Row } from '../../../core/traffic/read-row.ts';
import type { TrafficDay, TrafficOrigin } from '../../../core/traffic/traffic-day.ts';
import type { OpenGraph } from '../open-graph.ts';
import { readMessageTrace, readTraceDetails } from '../read-message-trace.ts';
import type { CmdletResult } from '../run-cmdlet.ts';
import type { SignInTarget } from '../sign-in.ts';

/** Days of traffic from what every tenant has, or why there are none. */
export type PartialDays =
  | { readonly ok: true; readonly origin: TrafficOrigin; readonly days: readonly TrafficDay[] }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

/** What the second rung needs: the tenant's own cmdlets, and Graph. */
export interface PartialTools {
  readonly openGraph: OpenGraph;
  cmdlet(name: string, parameters: Readonly<Record<string, unknown>>): Promise<CmdletResult>;
}

const PAGE = 5000;
const MOST_PAGES = 20;
/** Messages whose details are looked at, one per source, to see whether a connector took them. */
const MOST_SAMPLES = 15;

/** The second rung: spoof intelligence (who was taken for a forger) joined with the message trace (addresses and counts). */
export async function readInPart(
  tenant: SignInTarget,
  own: OwnDomains,
  connectors: readonly InboundConnector[] | null,
  period: { readonly from: Instant; readonly to: Instant },
  keepSamples: boolean,
  tools: PartialTools,
): Promise<PartialDays> {
  const [reported, trace] = await Promise.all([
    readSpoofs(own, period, keepSamples, tools),
    readMessageTrace(tools.openGraph, tenant, own, period),
  ]);
  if (!trace.ok && !reported.ok) return worstFix(trace, reported);
  let traced: readonly TrafficDay[] = [];
  if (trace.ok) {
    const filter = { own, connectors, keepSamples };
    const first = foldMessageTrace(trace.rows, { ...filter, throughConnector: new Set() });
    const throughConnector = await sampleConnectors(tools.openGraph, tenant, trace.rows, first);
    traced = throughConnector.size === 0 ? first : foldMessageTrace(trace.rows, { ...filter, throughConnector });
  }
  const days = joinPartialDays(traced, reported.ok ? reported.days : []);
  return { ok: true, origin: reported.ok ? 'spoof-report' : 'message-trace', days };
}

type Spoofs =
  | { readonly ok: true; readonly days: readonly TrafficDay[] }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

async function readSpoofs(
  own: OwnDomains,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  keepSamples: boolean,
  { cmdlet }: PartialTools,
): Promise<Spoofs> {
  const rows: Row[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const parameters = { StartDate: from, EndDate: to, Direction: 'Inbound', Page: page, PageSize: PAGE };
    const answer = await cmdlet('Get-SpoofMailReport', parameters);
    if (!answer.ok) {
      if (page > 1) break;
      const insight = await cmdlet('Get-SpoofIntelligenceInsight', {});
      return insight.ok ? { ok: true, days: foldSpoofInsight(insight.rows, own, keepSamples) } : answer;
    }
    rows.push(...answer.rows);
    if (answer.rows.length < PAGE) break;
  }
  return { ok: true, days: foldSpoofReport(rows, own, keepSamples) };
}

/** Sources of which one message's details name a connector: their mail is not Direct Send. */
async function sampleConnectors(
  openGraph: OpenGraph,
  tenant: SignInTarget,
  rows: readonly Row[],
  days: readonly TrafficDay[],
): Promise<Set<string>> {
  const byMessages = new Map<string, { source: string; address: string; messages: number }>();
  for (const { source, addresses, messages } of days) {
    const before = byMessages.get(source);
    byMessages.set(source, { source, address: addresses[0] ?? source, messages: (before?.messages ?? 0) + messages });
  }
  const largest = [...byMessages.values()].sort((one, other) => other.messages - one.messages).slice(0, MOST_SAMPLES);
  const through = new Set<string>();
  for (const { source, address } of largest) {
    const sample = rows.find((row) => String(row.fromIP).toLowerCase() === address);
    if (sample === undefined) continue;
    if (findTracedConnector(await readTraceDetails(openGraph, tenant, sample)) !== null) through.add(source);
  }
  return through;
}

/** Of several reasons the one that a person can do most about. */
function worstFix(...gaps: readonly { readonly gap: TrafficGap; readonly detail: string }[]): PartialDays {
  const order: readonly TrafficGap[] = ['provisioning', 'permission-missing', 'quota', 'network', 'service-error'];
  const [best] = [...gaps].sort((one, other) => rank(order, one.gap) - rank(order, other.gap));
  return { ok: false, gap: best?.gap ?? 'service-error', detail: best?.detail ?? '' };
}

function rank(order: readonly TrafficGap[], gap: TrafficGap): number {
  const at = order.indexOf(gap);
  return at === -1 ? order.length : at;
}
