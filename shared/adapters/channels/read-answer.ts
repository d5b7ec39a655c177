import type { ChannelFault } from '../../core/alerts/alert.ts';
import { clean } from '../../core/setting/interpret-answer.ts';
import { parseRetryAfter } from '../../core/setting/parse-retry-after.ts';
import type { SendResult } from '../../jobs/services.ts';
import type { HttpOutcome } from '../http/send-request.ts';

/** Finds the cause of a refusal in a channel's own words; null when it says nothing known. */
export type DecodeRefusal = (status: number, body: string) => ChannelFault | null;

const PLAIN_CAUSE: Readonly<Record<number, ChannelFault>> = {
  401: 'access-denied',
  403: 'access-denied',
  404: 'not-found',
  410: 'gone',
};

/**
 * What an answer to an alert means, the same for every channel (sheet alerting, 1.4 and 4): 2xx accepted; 429 and 503 wait as
 * asked; other 5xx, time-outs and cuts are tried again; 413 must be smaller; everything else is refused until a person acts.
 */
export function readAnswer(outcome: HttpOutcome, nowMs: number, decode: DecodeRefusal): SendResult {
  if (outcome.kind === 'failed') {
    // The status decides; what is wrong with the body after it would only make a repeat.
    if (outcome.status !== undefined && isSuccess(outcome.status)) return { kind: 'accepted', workflowRun: null };
    const error = clean(outcome.fault);
    if (outcome.cause === 'forbidden-address') return { kind: 'refused', cause: 'misconfigured', error };
    return { kind: 'retry', after: null, mayHaveArrived: outcome.mayHaveArrived, error };
  }
  const { status, headers, body } = outcome;
  if (isSuccess(status)) return { kind: 'accepted', workflowRun: workflowRun(headers['x-ms-workflow-run-id']) };
  const error = `answered ${status}${describe(body)}`;
  if (status === 413) return { kind: 'too-large', error };
  if (status === 429 || status === 503) {
    return { kind: 'retry', after: parseRetryAfter(headers['retry-after'], nowMs), mayHaveArrived: false, error };
  }
  if (status >= 500 || status === 408) return { kind: 'retry', after: null, mayHaveArrived: status >= 500, error };
  if (status >= 300 && status < 400) return { kind: 'refused', cause: 'redirected', error };
  return { kind: 'refused', cause: decode(status, body) ?? PLAIN_CAUSE[status] ?? 'refused', error };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function workflowRun(header: string | undefined): string | null {
  return header !== undefined && /^[\w.-]{1,100}$/.test(header) ? header : null;
}

/** The error's code only: messages may repeat what was sent, or the URL. */
function describe(body: string): string {
  const code = /"code"\s*:\s*"(\w{1,80})"/.exec(body)?.[1];
  return code === undefined ? '' : ` ${code}`;
}
