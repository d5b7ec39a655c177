import type { RequestListener } from 'node:http';
import { type HttpRequest, readRequest } from '../wire/read-request.ts';
import { type Answer, json, type Reply } from '../wire/reply.ts';
import { sendReply } from '../wire/send-reply.ts';
import type { Decision, Occasion } from './behaviour.ts';
import { maskFields, maskHeaders, nameReply, type RecordedRequest } from './record-request.ts';

/** A request after its service has looked at it. */
export interface RoutedRequest {
  readonly surface: string;
  readonly tenantId: string | null;
  /** What is wrong with the request and how the service refuses it; no behaviour saves a wrong request. */
  readonly wrong: { readonly why: string; readonly reply: Reply } | null;
  /** What was switched on for it; undefined when nothing was. */
  decide(occasion: Occasion): Decision | undefined;
  /** What the service does when nothing else was switched on. */
  serve(): Answer | Promise<Answer>;
}

/** What every server of the simulator shares. */
export interface Reception {
  readonly clock: () => Date;
  /** Milliseconds before each answer. */
  readonly latency: number;
  record(request: RecordedRequest): void;
}

/** Serves requests: look, decide, record, answer. `origin` is the server's own `https://host:port`. */
export function handleRequests(
  route: (request: HttpRequest) => RoutedRequest | Promise<RoutedRequest>,
  origin: () => string,
  reception: Reception,
): RequestListener {
  return async (incoming, response) => {
    let request: HttpRequest;
    try {
      request = await readRequest(incoming, origin());
    } catch {
      return; // The client went away while it was still sending.
    }
    const now = reception.clock();
    const routed = await find(route, request);
    const decision = routed.wrong?.reply ?? routed.decide({ request, surface: routed.surface, now }) ?? 'healthy';
    const reply = await act(decision, routed).catch(confess);
    reception.record(describe(request, routed, reply, now));
    if (reception.latency === 0) sendReply(reply, response);
    else setTimeout(() => sendReply(reply, response), reception.latency).unref();
  };
}

/** A request that is refused before any behaviour is asked. */
export function refuseRequest(
  surface: string,
  why: string,
  reply: Answer,
  tenantId: string | null = null,
): RoutedRequest {
  return { surface, tenantId, wrong: { why, reply }, decide: () => undefined, serve: () => reply };
}

async function find(route: (request: HttpRequest) => RoutedRequest | Promise<RoutedRequest>, request: HttpRequest) {
  try {
    return await route(request);
  } catch (fault) {
    return refuseRequest('unreadable', `unreadable: ${fault}`, json(400, { error: { code: 'BadRequest' } }));
  }
}

async function act(decision: Decision, routed: RoutedRequest): Promise<Reply> {
  if (decision === 'healthy') return routed.serve();
  return decision.kind === 'healthy-as' ? decision.transform(await routed.serve()) : decision;
}

/** A fault of the simulator or of an engine that was plugged into it, so that a test says why it failed. */
function confess(fault: unknown): Reply {
  return json(500, { error: { code: 'SimulatorFault', message: String(fault) } });
}

function describe(request: HttpRequest, routed: RoutedRequest, reply: Reply, now: Date): RecordedRequest {
  return {
    at: now.toISOString(),
    surface: routed.surface,
    tenantId: routed.tenantId,
    method: request.method,
    path: maskFields(`${request.path}${request.search}`),
    headers: maskHeaders(request.headers),
    body: maskFields(request.body),
    wrong: routed.wrong?.why ?? null,
    answered: nameReply(reply),
  };
}
