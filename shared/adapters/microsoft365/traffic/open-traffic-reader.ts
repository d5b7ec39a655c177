import type { InboundConnector } from '../../../core/posture/inbound-connector.ts';
import { DAY, dayOf, later } from '../../../core/time.ts';
import type { OwnDomains } from '../../../core/traffic/own-domains.ts';
import { isPassing } from '../../../core/traffic/plan-reading.ts';
import type { TrafficReader, TrafficReading } from '../../../jobs/traffic-services.ts';
import type { Endpoints } from '../../config/settings.ts';
import { askUntil } from '../../dns/ask-until.ts';
import type { Resolver } from '../../dns/open-resolver.ts';
import type { SendRequest } from '../../http/send-request.ts';
import { hasSetting } from '../clouds.ts';
import { openGraph } from '../open-graph.ts';
import { askAdminApiForDomains, runCmdlet } from '../run-cmdlet.ts';
import type { HuntingTools } from '../run-hunting.ts';
import type { SignIn, SignInTarget } from '../sign-in.ts';
import { MOST_HUNTS, meterGraph } from './meter-graph.ts';
import { readByHunting } from './read-by-hunting.ts';
import { readInPart } from './read-in-part.ts';
import { huntNetwork, readMailExchangers, readSources } from './read-network.ts';
import { type Cmdlet, readConnectors, readDomains } from './read-organisation.ts';

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
  const graphTools = (signal: AbortSignal, mostHunts: number) => {
    const meter = meterGraph(send, mostHunts);
    const limits = { answerWithin: HUNTING_WITHIN, largestAnswer: LARGEST_ANSWER, retries: 1, signal };
    return {
      meter,
      openGraph: (tenant: SignInTarget) => openGraph(tenant, endpoints, signIn, meter.send, limits),
    } satisfies HuntingTools;
  };
  const exchange = { signIn, endpoints, send, now, wait };

  return {
    async read(tenant, plan, options) {
      const { signal, within, keepSamples } = options;
      if (!hasSetting(tenant.cloud) || tenant.cloud === 'china')
        return nothing('not-supported', 'traffic is read in the global cloud only');
      // A test sign-in service must never make us send its tokens to Microsoft.
      if (endpoints.authority !== null && endpoints.graph === null && !endpoints.authority.includes('microsoft')) {
        return nothing('not-read', 'AZURE_AUTHORITY_HOST is set and DSW_GRAPH_URL is not');
      }
      const budget = { signal, endsAt: now().getTime() + within };
      const cmdlet: Cmdlet = (name, parameters) => runCmdlet(tenant, name, parameters, budget, exchange);
      const secondWay = () => askAdminApiForDomains(tenant, budget, exchange);
      const graph = graphTools(signal, MOST_HUNTS.mail);
      const domains = await readDomains(cmdlet, secondWay, options.domains);
      if (!domains.ok) return nothing(domains.gap, domains.detail);
      const { own, missing } = domains;
      const connectors = await readConnectors(cmdlet);
      const common: Organisation = { own, connectors, hunted: plan.tryHunting };
      let gap = options.lastGap ?? 'licence-missing';
      let detail: string | null = null;
      if (plan.tryHunting) {
        // Queries by day want whole days; the running one ends with the next midnight.
        const period = { start: plan.huntFrom, end: `${dayOf(later(plan.to, DAY))}T00:00:00.000Z` };
        const hunted = await readByHunting(graph, tenant, own, period, keepSamples);
        if (hunted.ok) {
          const { days, truncated } = hunted;
          const found = { ...common, origin: 'hunting', days, from: plan.huntFrom } as const;
          if (truncated) return { ...found, coverage: 'partial', reason: 'quota', detail: TOO_MUCH };
          if (missing !== null) return { ...found, coverage: 'partial', reason: missing.gap, detail: missing.detail };
          return { ...found, coverage: 'full', reason: null, detail: null };
        }
        ({ gap, detail } = hunted);
        // What passes is waited for; a lower rung would only make the picture worse.
        if (isPassing(gap) && options.waitsForHunting) return { ...nothing(gap, detail), ...common };
      }
      const partial = await readInPart(tenant, own, connectors, plan, keepSamples, { ...graph, cmdlet });
      if (!partial.ok) return { ...nothing(partial.gap, partial.detail), ...common };
      const { origin, days, from } = partial;
      const details = [detail, missing?.detail, partial.detail].filter((one) => one != null);
      return { ...common, origin, coverage: 'partial', reason: gap, detail: details.join('; ') || null, days, from };
    },

    async lookUp(tenant, own, sources, plan, { signal, hunting }) {
      const period = { start: plan.keepFrom, end: plan.to };
      const unknown = { neighbours: null, signIns: null };
      const asks = hunting && plan.askNeighbours && !signal.aborted;
      const hunted = asks ? await huntNetwork(graphTools(signal, MOST_HUNTS.sources), tenant, own, period) : unknown;
      const names = askUntil(resolver, signal);
      const [mailExchangers, networks] = await Promise.all([
        readMailExchangers(own, names),
        readSources(sources, own, hunted, names),
      ]);
      // What gave nothing is asked for again at the next reading, not a day later.
      const asked = hunted.neighbours !== null || hunted.signIns !== null;
      return { mailExchangers, networks, asked };
    },
  };
}

const TOO_MUCH = 'there is more mail in the own name than advanced hunting returns; some of it is missing here';

interface Organisation {
  readonly own: OwnDomains;
  readonly connectors: readonly InboundConnector[] | null;
  readonly hunted: boolean;
}

function nothing(reason: NonNullable<TrafficReading['reason']>, detail: string): TrafficReading {
  const unread = { own: null, connectors: null, hunted: false, from: null };
  return { origin: null, coverage: 'none', reason, detail, days: [], ...unread };
}
