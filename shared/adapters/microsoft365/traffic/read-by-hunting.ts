import type { TrafficGap } from '../../../core/alerts/traffic-gap.ts';
import type { OwnDomains } from '../../../core/traffic/own-domains.ts';
import { parseHuntingDays } from '../../../core/traffic/parse-hunting-days.ts';
import type { TrafficDay } from '../../../core/traffic/traffic-day.ts';
import type { QueryPeriod } from '../../../queries/build-query.ts';
import { type HuntingResult, type HuntingTools, runHunting } from '../run-hunting.ts';
import type { SignInTarget } from '../sign-in.ts';

/** Days of traffic from advanced hunting, or why there are none. */
export type HuntedDays =
  | { readonly ok: true; readonly days: readonly TrafficDay[]; readonly truncated: boolean }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

/** The first rung of the ladder. Joined tables that cannot be read leave their figures unknown; only the mail itself is required. */
export async function readByHunting(
  tools: HuntingTools,
  tenant: SignInTarget,
  own: OwnDomains,
  period: QueryPeriod,
  keepSamples: boolean,
): Promise<HuntedDays> {
  const traffic = await runHunting(tools, tenant, 'traffic-by-day', own, period);
  if (!traffic.ok) return traffic;
  // One after the other: the service allows 45 calls a minute and counts processor time.
  const payload = await runHunting(tools, tenant, 'payload-by-day', own, period);
  const afterDelivery = await runHunting(tools, tenant, 'after-delivery-by-day', own, period);
  const returned = await runHunting(tools, tenant, 'returned-by-day', own, period);
  const days = parseHuntingDays(
    {
      traffic: traffic.rows,
      payload: rowsOf(payload),
      afterDelivery: rowsOf(afterDelivery),
      returned: rowsOf(returned),
    },
    keepSamples,
  );
  return { ok: true, days, truncated: traffic.truncated };
}

/** Half of an answer would say of a source that nothing was found. */
function rowsOf(result: HuntingResult) {
  return result.ok && !result.truncated ? result.rows : null;
}
