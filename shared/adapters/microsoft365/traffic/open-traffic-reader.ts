import { type InboundConnector, parseInboundConnector } from '../../../core/posture/inbound-connector.ts';
import { DAY, dayOf, later } from '../../../core/time.ts';
import { type AcceptedDomain, checkDomains, type OwnDomains } from '../../../core/traffic/own-domains.ts';
import type { TrafficReader, TrafficReading } from '../../../jobs/read-traffic.ts';
import type { Endpoints } from '../../config/settings.ts';
import type { Resolver } from '../../dns/open-resolver.ts';
import type { SendRequest } from '../../http/send-request.ts';
import { hasSetting } from '../clouds.ts';
import { openGraph } from '../open-graph.ts';
import { type CmdletResult, type CmdletRow, runCmdlet } from '../run-cmdlet.ts';
import type { SignIn, SignInTarget } from '../sign-in.ts';
import { readByHunting } from './read-by-hunting.ts';
import { readInPart } from './read-in-part.ts';
import { huntNetwork, readMailExchangers, readSources } from './read-network.ts';

/** What reading traffic is made of. */
export interface TrafficTools {
  readonly signIn: SignIn;
  readonly endpoints: Endpoints;
  readonly send: SendRequest;
  readonly resolver: Resolver;
  readonly now: () => Date;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const HUNTING_WITHIN = 60_000;
/** Bytes: 100,000 rows of a day's aggregates stay below it. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** Reads a tenant's traffic from the best origin that its licence and consent allow. */
export function openTrafficReader(tools: TrafficTools): TrafficReader {
  const { signIn, endpoints, send, resolver, now, wait } = tools;
  const graphOf = (signal: AbortSignal) => (tenant: SignInTarget) => {
    const limits = { answerWithin: HUNTING_WITHIN, largestAnswer: LARGEST_ANSWER, retries: 1, signal };
    return openGraph(tenant, endpoints, signIn, send, limits);
  };
  const cmdletOf = (tenant: SignInTarget, signal: AbortSignal, within: number) => {
    const budget = { signal, endsAt: now().getTime() + within };
    return (name: string, parameters: Readonly<Record<string, unknown>>): Promise<CmdletResult> =>
      runCmdlet(tenant, name, parameters, budget, { signIn, endpoints, send, now, wait });
  };

  return {
    async read(tenant, plan, options) {
      const { signal, within, knownDomains, keepSamples } = options;
      if (!hasSetting(tenant.cloud) || tenant.cloud === 'china')
        return nothing('not-supported', 'traffic is read in the global cloud only');
      // A test sign-in service must never make us send its tokens to Microsoft.
      if (endpoints.authority !== null && endpoints.graph === null && !endpoints.authority.includes('microsoft')) {
        return nothing('not-read', 'AZURE_AUTHORITY_HOST is set and DSW_GRAPH_URL is not');
      }
      const cmdlet = cmdletOf(tenant, signal, within);
      const graph = graphOf(signal);
      const domains = await readDomains(cmdlet, knownDomains);
      if (!domains.ok) return nothing(domains.gap, domains.detail);
      const { own } = domains;
      const connectors = await readConnectors(cmdlet);
      const common = { own, connectors };
      // Queries by day want whole days; the running one ends with the next midnight.
      const period = { start: plan.from, end: `${dayOf(later(plan.to, DAY))}T00:00:00.000Z` };
      let gap: TrafficReading['reason'] = 'licence-missing';
      let detail: string | null = null;
      if (plan.tryHunting) {
        const hunted = await readByHunting(graph, tenant, own, period, keepSamples);
        if (hunted.ok) {
          const reason = hunted.truncated ? 'quota' : null;
          const coverage = hunted.truncated ? 'partial' : 'full';
          return { ...common, origin: 'hunting', coverage, reason, detail: null, days: hunted.days, hunted: true };
        }
        gap = hunted.gap;
        detail = hunted.detail;
        // What passes is waited for; a lower rung would only make the picture worse.
        const passes = gap === 'quota' || gap === 'network' || gap === 'service-error';
        if (passes && options.huntedBefore) return { ...nothing(gap, detail), ...common, hunted: true };
      } else if (options.lastGap !== null) gap = options.lastGap;
      const partial = await readInPart(tenant, own, connectors, plan, keepSamples, { openGraph: graph, cmdlet });
      const hunted = plan.tryHunting;
      if (!partial.ok) return { ...nothing(partial.gap, partial.detail), ...common, hunted };
      return {
        ...common,
        origin: partial.origin,
        coverage: 'partial',
        reason: gap,
        detail,
        days: partial.days,
        hunted,
      };
    },

    async lookUp(tenant, own, sources, plan, { signal, hunting }) {
      const period = { start: plan.keepFrom, end: plan.to };
      const unknown = { neighbours: null, signIns: null };
      const hunted = hunting && plan.askNeighbours ? await huntNetwork(graphOf(signal), tenant, own, period) : unknown;
      const [mailExchangers, networks] = await Promise.all([
        readMailExchangers(own, resolver),
        readSources(sources, own, hunted, resolver),
      ]);
      return { mailExchangers, networks, asked: hunting && plan.askNeighbours };
    },
  };
}

function nothing(reason: NonNullable<TrafficReading['reason']>, detail: string): TrafficReading {
  return { origin: null, coverage: 'none', reason, detail, days: [], own: null, connectors: null, hunted: false };
}

type Cmdlet = (name: string, parameters: Readonly<Record<string, unknown>>) => Promise<CmdletResult>;

async function readDomains(
  cmdlet: Cmdlet,
  known: readonly string[],
): Promise<{ ok: true; own: OwnDomains } | Extract<CmdletResult, { ok: false }>> {
  const answer = await cmdlet('Get-AcceptedDomain', {});
  const accepted = answer.ok ? answer.rows.map(readDomain).filter((one) => one !== null) : [];
  // The registry's own list is better than nothing where the tenant's cannot be read.
  const listed = accepted.length > 0 ? accepted : known.map((name) => ({ name, matchSubdomains: false }));
  const own = checkDomains(listed);
  if (own.exact.length > 0) return { ok: true, own };
  return answer.ok
    ? { ok: false, gap: 'service-error', detail: 'the tenant names no accepted domain that is a host name' }
    : answer;
}

function readDomain({ DomainName, Name, MatchSubDomains }: CmdletRow): AcceptedDomain | null {
  const name = typeof DomainName === 'string' && DomainName !== '' ? DomainName : Name;
  return typeof name === 'string' ? { name, matchSubdomains: MatchSubDomains === true } : null;
}

async function readConnectors(cmdlet: Cmdlet): Promise<InboundConnector[] | null> {
  const answer = await cmdlet('Get-InboundConnector', {});
  return answer.ok ? answer.rows.map(parseInboundConnector).filter((one) => one !== null) : null;
}
