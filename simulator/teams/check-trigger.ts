import { type HttpRequest, isRecord, parseJson } from '../wire/read-request.ts';
import type { Answer } from '../wire/reply.ts';
import type { Flow } from './flow.ts';
import { flowError, triggerNotEnabled } from './flow-errors.ts';

/** A refusal of a trigger, and whether the caller or the flow is to blame for it. */
export interface TriggerRefusal {
  readonly blame: 'caller' | 'flow';
  readonly why: string;
  readonly reply: Answer;
}

/** Checks a trigger in the order of the real service, after its path: method, version, signature, state, schema. */
export function checkTrigger(request: HttpRequest, flow: Flow, id: string, sig: string): TriggerRefusal | null {
  const { method, query, headers } = request;
  if (method !== 'POST') return caller(`${method} in place of POST`, noRoute());
  if (query.get('api-version') === null) {
    const text = 'The api-version query parameter (?api-version=) is required for all requests.';
    return caller('no api-version', flowError(400, 'MissingApiVersionParameter', text));
  }
  if (headers.authorization !== undefined && query.get('sig') !== null) {
    const text = 'The request has both SAS and OAuth authorization.';
    return caller('Authorization beside sig', flowError(400, 'DirectApiRequestHasMoreThanOneAuthorization', text));
  }
  if (query.get('sig') !== sig || query.get('sp') !== '/triggers/manual/run' || query.get('sv') !== '1.0') {
    const text = 'The request must be authenticated only by Shared Access scheme.';
    return caller('sig missing or wrong', flowError(401, 'DirectApiAuthorizationRequired', text));
  }
  if (flow.state !== 'Enabled') return blameFlow(flow.state, triggerNotEnabled(id, flow.state));
  return checkBody(request, flow);
}

function checkBody({ headers, body }: HttpRequest, flow: Flow): TriggerRefusal | null {
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
  const message = parseJson(body);
  if (!isJson || message === undefined) {
    const text = 'The request content is not valid and could not be deserialized.';
    return caller('not JSON', flowError(400, 'InvalidRequestContent', text));
  }
  if (flow.strictSchema && hasNullContentUrl(message)) {
    const text =
      'The input body for trigger "manual" did not match its schema definition. Expected String but got Null.';
    return blameFlow('a strict schema', flowError(400, 'TriggerInputSchemaMismatch', text));
  }
  return null;
}

/** The answer to a path that no trigger has. */
export function noRoute(): Answer {
  return flowError(404, 'NotFound', 'The request does not match any known API routes.');
}

function hasNullContentUrl(message: unknown): boolean {
  const attachments = isRecord(message) ? message.attachments : undefined;
  return Array.isArray(attachments) && attachments.some((part) => isRecord(part) && part.contentUrl === null);
}

function caller(why: string, reply: Answer): TriggerRefusal {
  return { blame: 'caller', why, reply };
}

function blameFlow(why: string, reply: Answer): TriggerRefusal {
  return { blame: 'flow', why, reply };
}
