import { clean } from './interpret-answer.ts';
import { type Finding, type Reason, unknown } from './reading.ts';

/** AADSTS codes by what they mean for us (sheet exchange-and-graph, section 1, with its certainty marks). */
const REASON_OF_CODE: Readonly<Record<number, Reason>> = {
  ...codes('consent-missing', [7000229, 700016, 700011, 65001, 650056, 650057, 650051, 90094, 90099, 7000112, 70001]),
  ...codes('consent-missing', [1000031, 50020, 50177, 50034]),
  ...codes('exchange-unavailable', [500014, 500011, 650052]),
  ...codes('credential-rejected', [7000215, 7000222, 700027, 7000218, 50012, 700030, 700213, 700211, 700212, 700229]),
  ...codes('credential-rejected', [700082, 70008, 50173, 70043]),
  ...codes('tenant-not-found', [90002, 900023, 5000224, 90038, 900382, 900432]),
  ...codes('blocked-by-policy', [53003, 530032, 530034, 53011, 500212, 500213, 50076, 50079]),
  ...codes('service-error', [50033, 50196, 90006, 90012, 90024, 90033, 90090]),
  ...codes('throttled', [90055]),
};

/** OAuth errors that decide by themselves; `invalid_client` and the like need the code, because they mean several things. */
const REASON_OF_ERROR: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ['temporarily_unavailable', 'service-error'],
  ['server_error', 'service-error'],
  ['network_error', 'network'],
  ['invalid_resource', 'exchange-unavailable'],
  ['interaction_required', 'blocked-by-policy'],
  ['consent_required', 'consent-missing'],
]);

/** What the library says of an empty answer, a web page or broken JSON. */
const NO_OAUTH_ANSWER = new Set(['network_error', 'unknown_error', 'client_error']);

/** What is known of a failed sign-in: the identity library's message, and what went over the wire when that was seen. */
export interface SignInFailure {
  /** `error.message` of `AuthenticationRequiredError` and its kin. */
  readonly message: string;
  /** True when our own credential could not be made (a throwing assertion callback, an unreadable certificate). */
  readonly ours?: boolean;
  /** The last HTTP status of the token endpoint; null when no answer came. */
  readonly status?: number | null;
  /** Why no answer came, for people: `getaddrinfo ENOTFOUND …`. */
  readonly networkFault?: string | null;
}

/**
 * The finding that a failed sign-in stands for. The library hides the answer in its message:
 * `invalid_client: Error(s): 7000229 - Timestamp: … - Description: AADSTS7000229: …`. A listed code says most, then the
 * OAuth error; texts are never interpreted, and what is not listed means "cannot tell".
 */
export function classifySignInFailure(failure: SignInFailure): Finding {
  const { message, status } = failure;
  if (failure.ours) return unknown('credential-rejected', `our own credential failed: ${clean(message)}`);
  const { error, code, description } = dissect(message);
  const said = describe(error, code, description, message);

  const byCode = code === null ? undefined : REASON_OF_CODE[code];
  if (byCode !== undefined) return unknown(byCode, said);
  if (status === 429) return unknown('throttled', 'sign-in answered 429 until the time for this tenant was used up');
  if (failure.networkFault) return unknown('network', `sign-in could not be reached: ${clean(failure.networkFault)}`);
  if (error !== null && NO_OAUTH_ANSWER.has(error) && typeof status === 'number') {
    return unknown('service-error', `sign-in answered ${status} without an OAuth answer`);
  }
  const byError = error === null ? undefined : REASON_OF_ERROR.get(error);
  if (byError !== undefined) return unknown(byError, said);
  // What the library says of an answer without `access_token`; behind a description it would be somebody else's text.
  const noToken = description === null && message.includes('"expiresOn"');
  if (noToken || (typeof status === 'number' && status >= 500)) {
    return unknown('service-error', 'sign-in answered without a token');
  }
  return unknown('unexpected-response', said);
}

function dissect(message: string): { error: string | null; code: number | null; description: string | null } {
  const error = /^([a-z_]+): /.exec(message)?.[1] ?? null;
  // The first mention is the library's own; another one would be text from outside.
  const listed = /Error\(s\): ([\d,]*)/.exec(message)?.[1]?.split(',').filter(Boolean) ?? [];
  const text = /Description: ([\s\S]*?)(?: - Correlation ID: | - Trace ID: |$)/.exec(message)?.[1] ?? null;
  // Some answers carry the code only at the start of the description.
  const leading = text === null ? undefined : /^AADSTS(\d+):/.exec(text)?.[1];
  const all = (listed.length === 0 && leading !== undefined ? [leading] : listed).map(Number);
  const code = all.find((one) => REASON_OF_CODE[one] !== undefined) ?? all[0] ?? null;
  return { error, code, description: text };
}

function describe(error: string | null, code: number | null, description: string | null, message: string): string {
  const number = code === null ? '' : ` AADSTS${code}`;
  const text = clean((description ?? message).split(/\r?\n| Trace ID: /)[0] ?? '').replace(/^AADSTS\d+: /, '');
  return clean(`sign-in failed (${error ?? 'no OAuth error'}${number}): ${text}`);
}

function codes(reason: Reason, list: readonly number[]): Record<number, Reason> {
  return Object.fromEntries(list.map((code) => [code, reason]));
}
