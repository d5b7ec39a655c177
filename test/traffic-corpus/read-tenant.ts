import { assessSources } from '../../shared/core/traffic/assess-sources.ts';
import type { AssessedSource } from '../../shared/core/traffic/assessed-source.ts';
import { foldDays } from '../../shared/core/traffic/fold-days.ts';
import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import { parseHuntingDays } from '../../shared/core/traffic/parse-hunting-days.ts';
import type { Row } from '../../shared/core/traffic/read-row.ts';
import { buildQuery, type QueryName } from '../../shared/queries/build-query.ts';
import { CORPUS_END, CORPUS_START, type CorpusTenant } from './corpus-tenant.ts';
import { describeNetwork } from './describe-network.ts';

/** Runs a query over a tenant's tables. */
export type Hunt = (query: string, tenant: CorpusTenant) => readonly Row[] | null;

/** Reads and assesses a tenant as the product does on its first run: the queries themselves, then the rules. `withheld` names
 * queries that get no answer and look-ups that fail. */
export function readTenant(
  tenant: CorpusTenant,
  hunt: Hunt,
  withheld: ReadonlySet<string> = new Set(),
): AssessedSource[] {
  const own = checkDomains(tenant.domains);
  const ask = (name: QueryName) =>
    withheld.has(name) ? null : hunt(buildQuery(name, own, { start: CORPUS_START, end: CORPUS_END }), tenant);
  const days = parseHuntingDays(
    {
      traffic: ask('traffic-by-day') ?? [],
      payload: ask('payload-by-day'),
      afterDelivery: ask('after-delivery-by-day'),
      returned: ask('returned-by-day'),
    },
    true,
  );
  const evidence = foldDays(days);
  const sources = evidence.map(({ key, addresses }) => ({ key, address: addresses[0] ?? key }));
  const context = describeNetwork(
    tenant,
    sources,
    { neighbours: ask('neighbours'), signIns: ask('sign-ins') },
    withheld,
  );
  return assessSources(evidence, { context, approvals: [], from: CORPUS_START, now: CORPUS_END });
}
