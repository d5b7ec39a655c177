import { randomUUID } from 'node:crypto';
import type { Decision, Occasion } from '../behaviour/behaviour.ts';
import { createSwitchboard } from '../behaviour/create-switchboard.ts';
import { type RoutedRequest, refuseRequest } from '../behaviour/handle-requests.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import { type Answer, empty } from '../wire/reply.ts';
import { checkTrigger, noRoute } from './check-trigger.ts';
import type { AcceptedTrigger, FailedRun, Flow, PostedCard } from './flow.ts';
import { triggerThrottled } from './flow-errors.ts';
import { runFlow } from './run-flow.ts';

/** The flows of one receiver. */
export interface FlowDesk {
  /** The flow of that name; made when it is first asked for. */
  flow(name: string): Flow;
  /** The request as a trigger of a flow; null when its path has not the form of one. */
  route(request: HttpRequest): RoutedRequest | null;
}

interface RunningFlow extends Flow {
  decide(occasion: Occasion): Decision | undefined;
  /** What happens to an accepted trigger: it is noted, and its run posts or fails unseen. */
  trigger(body: string, now: Date): Answer;
}

const WINDOW = 5 * 60 * 1000;
const PATH = /^\/powerautomate\/automations\/direct\/workflows\/([0-9a-f]{32})\/triggers\/manual\/paths\/invoke\/?$/;

/** Serves triggers of the shape that new flows have. `marker` begins every signature. */
export function createFlowDesk(origin: () => string, marker: string, clock: () => Date): FlowDesk {
  const flows = new Map<string, { id: string; sig: string; flow: RunningFlow }>();
  const byId = new Map<string, string>();
  const open = (name: string) => {
    const existing = flows.get(name);
    if (existing !== undefined) return existing;
    const id = randomUUID().replaceAll('-', '');
    const sig = `${marker}${randomUUID().replaceAll('-', '')}`;
    const path = `/powerautomate/automations/direct/workflows/${id}/triggers/manual/paths/invoke`;
    const url = `${origin()}${path}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sig}`;
    const made = { id, sig, flow: createFlow(name, url) };
    flows.set(name, made);
    byId.set(id, name);
    return made;
  };
  return {
    flow: (name) => open(name).flow,
    route(request) {
      const name = byId.get(PATH.exec(request.path)?.[1] ?? '');
      if (name === undefined) return null;
      const { id, sig, flow } = open(name);
      const refusal = checkTrigger(request, flow, id, sig);
      return {
        surface: `teams/${name}`,
        tenantId: null,
        wrong: refusal?.blame === 'caller' ? refusal : null,
        decide: flow.decide,
        serve: () => refusal?.reply ?? flow.trigger(request.body, clock()),
      };
    },
  };
}

function createFlow(name: string, url: string): RunningFlow {
  const { behave, take } = createSwitchboard<'flow'>();
  const accepted: AcceptedTrigger[] = [];
  const posted: PostedCard[] = [];
  const failedRuns: FailedRun[] = [];
  const calls: number[] = [];
  const flow: RunningFlow = {
    name,
    url,
    state: 'Enabled',
    strictSchema: false,
    invocationsPerFiveMinutes: 4500,
    accepted,
    posted,
    failedRuns,
    behave: (...sequence) => behave('flow', ...sequence),
    decide(occasion) {
      const decision = take(['flow'], occasion);
      const runId = takenAs(decision);
      if (runId !== null) accepted.push({ at: occasion.now.toISOString(), runId, body: occasion.request.body });
      return decision;
    },
    trigger(body, now) {
      calls.push(now.getTime());
      const recent = calls.filter((at) => at > now.getTime() - WINDOW);
      if (recent.length > flow.invocationsPerFiveMinutes) return triggerThrottled({ 'retry-after': '60' });
      const runId = `0858${randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase()}CU08`;
      const at = now.toISOString();
      accepted.push({ at, runId, body });
      const run = runFlow(body);
      if (run.kind === 'failed') failedRuns.push({ runId, error: run.error });
      else for (const card of run.cards) posted.push({ at, runId, card });
      return empty(202, { 'x-ms-workflow-run-id': runId });
    },
  };
  return flow;
}

/** The run id of a decision that answers 2xx without the flow: accepted, but no run will post anything. */
function takenAs(decision: Decision | undefined): string | null {
  if (typeof decision !== 'object' || decision.kind !== 'answer') return null;
  return decision.status >= 200 && decision.status < 300 ? (decision.headers['x-ms-workflow-run-id'] ?? '') : null;
}

/** A request that belongs to nothing on the receiver's host. */
export function routeNowhere(request: HttpRequest): RoutedRequest {
  return refuseRequest('teams', `no such path ${request.path}`, noRoute());
}
