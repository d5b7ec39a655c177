import type { TrafficGap } from '../../../core/alerts/traffic-gap.ts';
import type { InboundConnector } from '../../../core/posture/inbound-connector.ts';
import { dayOf, type Instant } from '../../../core/time.ts';
import { foldMessageTrace, type TraceFilter } from '../../../core/traffic/fold-message-trace.ts';
import { joinPartialDays } from '../../../core/traffic/join-partial-days.ts';
import type { OwnDomains } from '../../../core/traffic/own-domains.ts';
import type { ReadingPlan } from '../../../core/traffic/plan-reading.ts';
import type { TrafficDay, TrafficOrigin } from '../../../core/traffic/traffic-day.ts';
import { readMessageTrace, type TraceResult, type TraceTools } from '../read-message-trace.ts';
import type { SignInTarget } from '../sign-in.ts';
import { dropConnectorMail } from './drop-connector-mail.ts';
import type { Cmdlet } from './read-organisation.ts';
import { readSpoofs } from './read-spoofs.ts';

/** Days of traffic from what every tenant has, or why there are none. */
export type PartialDays =
  | {
      readonly ok: true;
      readonly origin: TrafficOrigin;
      readonly days: readonly TrafficDay[];
      /** Midnight of the first day that was read whole. */
      readonly from: Instant;
      /** What is missing besides, for people; null: nothing. */
      readonly detail: string | null;
    }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

/** What the second rung needs: the tenant's own cmdlets, and Graph. */
export interface PartialTools extends TraceTools {
  readonly cmdlet: Cmdlet;
}

/** The second rung: spoof intelligence (who was taken for a forger) joined with the message trace (addresses and counts). */
export async function readInPart(
  tenant: SignInTarget,
  own: OwnDomains,
  connectors: readonly InboundConnector[] | null,
  plan: Pick<ReadingPlan, 'from' | 'to' | 'keepFrom'>,
  keepSamples: boolean,
  tools: PartialTools,
): Promise<PartialDays> {
  const reported = await readSpoofs(own, plan, keepSamples, tools.cmdlet);
  // The insight counts thirty days in one figure: beside days that were stored before, its messages would count twice.
  const period = reported.ok && reported.ofWholePeriod ? { from: plan.keepFrom, to: plan.to } : plan;
  const trace = await readMessageTrace(tools, tenant, own, period);
  if (!trace.ok && !reported.ok) return worstFix(trace, reported);
  const traced = trace.ok ? await foldTrace(trace, tenant, { own, connectors, keepSamples }, tools) : [];
  const from = trace.ok ? trace.from : period.from;
  const days = joinPartialDays(traced, reported.ok ? reported.days : []).filter(({ day }) => day >= dayOf(from));
  const gaps = [
    trace.ok ? trace.cut?.detail : `no message trace: ${trace.detail}`,
    reported.ok ? reported.cut : `no spoof reports: ${reported.detail}`,
  ].filter((gap) => gap != null);
  const detail = gaps.length === 0 ? null : gaps.join('; ');
  return { ok: true, origin: reported.ok ? 'spoof-report' : 'message-trace', days, from, detail };
}

async function foldTrace(
  { rows, tellsFate }: Extract<TraceResult, { ok: true }>,
  tenant: SignInTarget,
  filter: TraceFilter,
  tools: TraceTools,
): Promise<TrafficDay[]> {
  const first = foldMessageTrace(rows, filter);
  const left = await dropConnectorMail(tools, tenant, rows, first);
  const days = left === rows ? first : foldMessageTrace(left, filter);
  // Without a status in any row nobody knows whether mail was delivered.
  return tellsFate ? days : days.map((day) => ({ ...day, delivery: null }));
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
