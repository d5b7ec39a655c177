import type { TrafficGap } from '../../../core/alerts/traffic-gap.ts';
import { foldSpoofInsight, foldSpoofReport } from '../../../core/traffic/fold-spoof-report.ts';
import type { OwnDomains } from '../../../core/traffic/own-domains.ts';
import type { ReadingPlan } from '../../../core/traffic/plan-reading.ts';
import type { Row } from '../../../core/traffic/read-row.ts';
import type { TrafficDay } from '../../../core/traffic/traffic-day.ts';
import { toSpoofRow } from './normalise-rows.ts';
import type { Cmdlet } from './read-organisation.ts';

const PAGE = 5000;
const MOST_PAGES = 20;

/** Days of spoof reports. */
export type Spoofs =
  | {
      readonly ok: true;
      readonly days: readonly TrafficDay[];
      /** Why some may be missing; null: none is. */
      readonly cut: string | null;
      /** Whether they are thirty days whatever was asked for. */
      readonly ofWholePeriod: boolean;
    }
  | { readonly ok: false; readonly gap: TrafficGap; readonly detail: string };

/** Reads the spoof report; where it cannot be read, what spoof intelligence says of the last thirty days. */
export async function readSpoofs(
  own: OwnDomains,
  { from, to }: Pick<ReadingPlan, 'from' | 'to'>,
  keepSamples: boolean,
  cmdlet: Cmdlet,
): Promise<Spoofs> {
  const rows: Row[] = [];
  let cut: string | null = 'the spoof report was cut off';
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const parameters = { StartDate: from, EndDate: to, Direction: 'Inbound', Page: page, PageSize: PAGE };
    const answer = await cmdlet('Get-SpoofMailReport', parameters);
    if (!answer.ok && page > 1) break;
    if (!answer.ok) return readInsight(own, keepSamples, cmdlet);
    for (const row of answer.rows) rows.push(toSpoofRow(row));
    if (answer.truncated) break;
    if (answer.rows.length < PAGE) {
      cut = null;
      break;
    }
  }
  return { ok: true, days: foldSpoofReport(rows, own, keepSamples), cut, ofWholePeriod: false };
}

async function readInsight(own: OwnDomains, keepSamples: boolean, cmdlet: Cmdlet): Promise<Spoofs> {
  const insight = await cmdlet('Get-SpoofIntelligenceInsight', {});
  if (!insight.ok) return insight;
  const cut = insight.truncated ? 'the spoof intelligence insight was cut off' : null;
  const days = foldSpoofInsight(insight.rows.map(toSpoofRow), own, keepSamples);
  return { ok: true, days, cut, ofWholePeriod: true };
}
