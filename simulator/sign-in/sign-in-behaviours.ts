import { randomUUID } from 'node:crypto';
import type { Behaviour, Occasion } from '../behaviour/behaviour.ts';
import { wireFaults } from '../behaviour/wire-faults.ts';
import { type Answer, empty, json, type Reply, raw } from '../wire/reply.ts';
import { AADSTS_CODES, type SignInError } from './aadsts-codes.ts';

/** Text for the placeholders of an error. */
export interface SignInContext {
  readonly app: string;
  readonly tenant: string;
  readonly resource: string;
  readonly detail: string;
  readonly now: Date;
}

/** The answer of the token endpoint for one failure, as it is documented, with `\r\n` inside the description. */
export function signInFailure(code: number, error: SignInError, context: SignInContext): Answer {
  const filled = error.text.replace(/\{(app|tenant|resource|detail)\}/g, (_, name: keyof SignInContext) =>
    String(context[name]),
  );
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${context.now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return json(error.status, {
    error: error.error,
    error_description: `AADSTS${code}: ${filled}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  });
}

/** Fails every sign-in with a code of the table; throws for a code that the table does not have. */
export function aadsts(code: number, changes: Partial<SignInError> = {}): (occasion: Occasion) => Answer {
  const known = AADSTS_CODES[code];
  if (known === undefined) throw new Error(`AADSTS${code} is not in simulator/sign-in/aadsts-codes.ts; add it there.`);
  return (occasion) => signInFailure(code, { ...known, ...changes }, contextOf(occasion));
}

/** What else the token endpoint may do. Tokens without roles are a state of the tenant: `consent = 'roles-missing'`. */
export const signInBehaviours = {
  ...wireFaults,
  unknownCode: (occasion) =>
    signInFailure(
      9_999_999,
      { error: 'invalid_grant', status: 400, text: 'Something new happened.' },
      contextOf(occasion),
    ),
  unavailableWithoutError: json(503, { message: 'Service Unavailable' }),
  withoutAccessToken: json(200, { token_type: 'Bearer', expires_in: 3599 }),
  brokenJson: raw(200, '{"token_type":"Bearer","expires_in":3599,"access_tok'),
  emptyFailure: empty(400),
} as const satisfies Record<string, Behaviour>;

/** 429 as the gateway before the token endpoint sends it; `retryAfter` in seconds or as a date, or none. */
export function signInThrottled(retryAfter?: string): Reply {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return json(429, { error: 'temporarily_unavailable', error_description: 'Too many requests.' }, headers);
}

function contextOf({ request, now }: Occasion): SignInContext {
  const form = new URLSearchParams(request.body);
  const scope = form.get('scope') ?? '';
  return {
    app: form.get('client_id') ?? '',
    tenant: request.path.split('/')[1] ?? '',
    resource: scope.replace(/\/\.default$/, ''),
    detail: '',
    now,
  };
}
