import type { TrafficGap } from '../../core/alerts/traffic-gap.ts';
import { DAY, dayOf, later } from '../../core/time.ts';
import type { OwnDomains } from '../../core/traffic/own-domains.ts';
import type { Row } from '../../core/traffic/read-row.ts';
import { buildQuery, type QueryName, type QueryPeriod, ROW_LIMIT } from '../../queries/build-query.ts';
import { classifyGraphFault } from './classify-graph-fault.ts';
import type { OpenGraph } from './open-graph.ts';
import type { SignInTarget } from './sign-in.ts';
import type { GraphMeter } from './traffic/meter-graph.ts';

/** The rows of a hunting query; `truncated`: some are missing, because the service returns no more at once or allows no more calls. */
export type HuntingResult =
  | { readonly ok: true; readonly rows: readonly Row[]; readonly truncated: boolean }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

/** What hunting goes through: Graph, and the count of its calls. */
export interface HuntingTools {
  readonly openGraph: OpenGraph;
  readonly meter: Pick<GraphMeter, 'huntsLeft' | 'wasTooLarge'>;
}

/**
 * Runs one of the product's hunting queries. An answer that reached the row limit was cut off, and one may be too large to be
 * read at all: then its period is read again in halves, down to single days, as far as the quota goes. Never throws for
 * faults of Graph's.
 */
export async function runHunting(
  tools: HuntingTools,
  tenant: SignInTarget,
  name: QueryName,
  own: OwnDomains,
  period: QueryPeriod,
): Promise<HuntingResult> {
  if (tools.meter.huntsLeft() <= 0) return { ok: true, rows: [], truncated: true };
  const whole = await askOnce(tools, tenant, name, own, period);
  const isCut = whole.ok ? whole.rows.length >= ROW_LIMIT : tools.meter.wasTooLarge();
  if (!isCut) return whole;
  const middle = middleDay(period);
  if (middle === null || tools.meter.huntsLeft() < 2) return whole.ok ? { ...whole, truncated: true } : whole;
  // The newer half first: what the quota leaves out is old.
  const newer = await runHunting(tools, tenant, name, own, { start: middle, end: period.end });
  if (!newer.ok) return newer;
  const older = await runHunting(tools, tenant, name, own, { start: period.start, end: middle });
  if (!older.ok) return older;
  return { ok: true, rows: [...older.rows, ...newer.rows], truncated: older.truncated || newer.truncated };
}

async function askOnce(
  { openGraph }: HuntingTools,
  tenant: SignInTarget,
  name: QueryName,
  own: OwnDomains,
  period: QueryPeriod,
): Promise<HuntingResult> {
  try {
    const answer: { results?: unknown; Results?: unknown } | null = await openGraph(tenant)
      .api('/security/runHuntingQuery')
      .post({ Query: buildQuery(name, own, period) });
    // An older form of the answer writes its properties with capitals (sheet exchange-and-graph, 5.1).
    const rows = answer?.results ?? answer?.Results;
    if (!Array.isArray(rows)) return { ok: false, gap: 'service-error', detail: 'Graph answered without results' };
    return { ok: true, rows: rows.filter(isRow), truncated: false };
  } catch (error) {
    return { ok: false, ...classifyGraphFault(error) };
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The midnight nearest to the middle of a period, strictly inside it; null when it spans no midnight. */
function middleDay({ start, end }: QueryPeriod): string | null {
  const days = Math.round((Date.parse(end) - Date.parse(start)) / DAY);
  const middle = `${dayOf(later(start, Math.ceil(days / 2) * DAY))}T00:00:00.000Z`;
  return middle > start && middle < end ? middle : null;
}
