import type { TrafficGap } from '../../core/alerts/traffic-gap.ts';
import { DAY, dayOf, later } from '../../core/time.ts';
import type { OwnDomains } from '../../core/traffic/own-domains.ts';
import type { Row } from '../../core/traffic/read-row.ts';
import { buildQuery, type QueryName, type QueryPeriod, ROW_LIMIT } from '../../queries/build-query.ts';
import { classifyGraphFault } from './classify-graph-fault.ts';
import type { OpenGraph } from './open-graph.ts';
import type { SignInTarget } from './sign-in.ts';

/** The rows of a hunting query; `truncated`: one day alone has more rows than the service returns. */
export type HuntingResult =
  | { readonly ok: true; readonly rows: readonly Row[]; readonly truncated: boolean }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

/**
 * Runs one of the product's hunting queries. An answer that reached the row limit was cut off, so its period is read again in
 * halves, down to single days. Never throws for faults of Graph's.
 */
export async function runHunting(
  openGraph: OpenGraph,
  tenant: SignInTarget,
  name: QueryName,
  own: OwnDomains,
  period: QueryPeriod,
): Promise<HuntingResult> {
  let rows: readonly Row[];
  try {
    const answer: { results?: unknown } = await openGraph(tenant)
      .api('/security/runHuntingQuery')
      .post({ Query: buildQuery(name, own, period) });
    if (!Array.isArray(answer?.results))
      return { ok: false, gap: 'service-error', detail: 'Graph answered without results' };
    rows = answer.results as Row[];
  } catch (error) {
    return { ok: false, ...classifyGraphFault(error) };
  }
  if (rows.length < ROW_LIMIT) return { ok: true, rows, truncated: false };
  const middle = middleDay(period);
  if (middle === null) return { ok: true, rows, truncated: true };
  const first = await runHunting(openGraph, tenant, name, own, { start: period.start, end: middle });
  if (!first.ok) return first;
  const second = await runHunting(openGraph, tenant, name, own, { start: middle, end: period.end });
  if (!second.ok) return second;
  return { ok: true, rows: [...first.rows, ...second.rows], truncated: first.truncated || second.truncated };
}

/** The midnight nearest to the middle of a period, strictly inside it; null when it spans no midnight. */
function middleDay({ start, end }: QueryPeriod): string | null {
  const days = Math.round((Date.parse(end) - Date.parse(start)) / DAY);
  const middle = `${dayOf(later(start, Math.ceil(days / 2) * DAY))}T00:00:00.000Z`;
  return middle > start && middle < end ? middle : null;
}
