import { type Answer, type Headers, json } from '../wire/reply.ts';

/** An error of the trigger, as Power Automate writes it. */
export function flowError(status: number, code: string, message: string, headers: Headers = {}): Answer {
  return json(status, { error: { code, message } }, headers);
}

/** The refusal of a flow that was turned off, deleted or blocked by policy. */
export function triggerNotEnabled(id: string, state: string): Answer {
  const text = `Could not execute workflow '${id}' trigger 'manual' with state '${state}': trigger is not enabled.`;
  return flowError(400, 'WorkflowTriggerIsNotEnabled', text);
}

/** A 429 of the trigger; Retry-After may be seconds, a date, or missing. */
export function triggerThrottled(headers: Headers = {}): Answer {
  const wait = headers['retry-after'] ?? 'a few';
  return flowError(429, 'TooManyRequests', `Rate limit is exceeded. Try again in ${wait} seconds.`, headers);
}
