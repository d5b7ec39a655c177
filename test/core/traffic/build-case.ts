import { foldDays } from '../../../shared/core/traffic/fold-days.ts';
import { NO_STANDING, type Standing } from '../../../shared/core/traffic/judge-standing.ts';
import { UNKNOWN_NETWORK } from '../../../shared/core/traffic/network-context.ts';
import type { Rule, SourceCase } from '../../../shared/core/traffic/source-case.ts';
import type { TrafficDay } from '../../../shared/core/traffic/traffic-day.ts';
import { buildDay, type DayInput, FROM } from './build-source.ts';

/** A case for one rule: the days of one source, and what else the rule is to see. */
export function buildCase(
  days: DayInput | readonly TrafficDay[],
  rest: Partial<Omit<SourceCase, 'evidence' | 'standing'>> & { readonly standing?: Partial<Standing> } = {},
): SourceCase {
  const rows = Array.isArray(days) ? (days as readonly TrafficDay[]) : [buildDay(days as DayInput)];
  const [evidence] = foldDays(rows);
  if (evidence === undefined) throw new Error('A case needs at least one day.');
  return {
    known: UNKNOWN_NETWORK,
    anchors: [],
    sharedSpf: false,
    bypassesGateway: null,
    namesAreKnown: false,
    linksWithAbuse: false,
    from: FROM,
    ...rest,
    evidence,
    standing: { ...NO_STANDING, ...rest.standing },
  };
}

/** What a rule says, as points by code. */
export function pointsOf(rule: Rule, subject: SourceCase): Record<string, number> {
  return Object.fromEntries(rule(subject).map(({ code, points }) => [code, points]));
}
