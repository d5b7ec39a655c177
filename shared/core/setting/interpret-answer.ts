import { type Finding, unknown } from './reading.ts';

/** An HTTP answer of Exchange, reduced to what decides. `body` is the whole text. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What to do with an answer. The finding of `retry` and `ask-other-way` stands if the next step proves nothing either. */
export type Interpretation =
  | { readonly next: 'done'; readonly finding: Finding }
  | { readonly next: 'retry'; readonly finding: Finding }
  | { readonly next: 'ask-other-way'; readonly finding: Finding }
  | { readonly next: 'redirect' };

const SETTING = 'RejectDirectSend';
/** The property as a key of the raw text; `RejectDirectSend@data.type` is an annotation, not the property. */
const KEY_IN_TEXT = /"RejectDirectSend"\s*:/g;

/**
 * Turns one answer about `RejectDirectSend` into a finding. Only a single object with a boolean proves anything.
 * Used for InvokeCommand and for the Admin API, whose envelopes are alike (sheet: value array, bare array, bare object).
 */
export function interpretAnswer(answer: Answer): Interpretation {
  const { status } = answer;
  if (status >= 200 && status < 300) return interpretSuccess(answer);
  if ([301, 302, 303, 307, 308].includes(status)) return { next: 'redirect' };
  const said = describeError(answer.body);
  const detail = said === null ? `Exchange answered ${status}` : `Exchange answered ${status}: ${said}`;
  switch (status) {
    case 400:
    case 404:
      return { next: 'ask-other-way', finding: unknown('unexpected-response', detail) };
    case 401:
    case 403:
      return { next: 'done', finding: unknown('role-missing', detail) };
    case 429:
      return { next: 'retry', finding: unknown('throttled', detail) };
    default:
      if (status >= 500) return { next: 'retry', finding: unknown('service-error', detail) };
      return { next: 'done', finding: unknown('unexpected-response', detail) };
  }
}

function interpretSuccess({ status, body }: Answer): Interpretation {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (text === '') return done('setting-not-returned', `Exchange answered ${status} with an empty body`);
  // A proxy or a part of an answer may carry the right text; only a plain 200 is the service's own word.
  if (status !== 200) return done('unexpected-response', `Exchange answered ${status} instead of 200`);
  if (text.startsWith('<')) return done('service-error', `Exchange answered ${status} with a web page instead of JSON`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return done('service-error', `Exchange answered ${status} with broken JSON`);
  }
  if (errorOf(parsed) !== null) {
    return done(
      'service-error',
      `Exchange answered ${status} with an error inside: ${describeError(text) ?? 'no text'}`,
    );
  }
  const objects = objectsOf(parsed);
  if (objects === null)
    return done('setting-not-returned', `Exchange answered ${status} with JSON of an unknown shape`);
  if (objects.length > 1)
    return done('setting-not-returned', `Exchange returned ${objects.length} objects instead of one`);
  const value = objects[0]?.[SETTING];
  const mentions = text.match(KEY_IN_TEXT)?.length ?? 0;
  // An escaped spelling of the key would hide a second value from the count: only one plain key proves anything.
  if (mentions > 1 || (value !== undefined && mentions === 0)) {
    return done('setting-not-returned', `Exchange returned ${SETTING} more than once or spelt otherwise`);
  }
  if (value === true) return { next: 'done', finding: { verdict: 'enforced' } };
  if (value === false) return { next: 'done', finding: { verdict: 'permissive' } };
  if (mentions === 1) return done('setting-not-returned', `${SETTING} was ${describeKind(value)}`);
  return {
    next: 'ask-other-way',
    finding: unknown(
      'setting-not-returned',
      `Exchange answered ${status} without ${SETTING}${describeWarnings(parsed)}`,
    ),
  };
}

function done(
  reason: 'setting-not-returned' | 'service-error' | 'unexpected-response',
  detail: string,
): Interpretation {
  return { next: 'done', finding: unknown(reason, detail) };
}

/** The objects of an answer; null when it is no envelope that is known. Warnings only come with `value` null. */
function objectsOf(parsed: unknown): Record<string, unknown>[] | null {
  if (Array.isArray(parsed)) return parsed.every(isObject) ? parsed : null;
  if (!isObject(parsed)) return null;
  if (!('value' in parsed)) return [parsed];
  const { value } = parsed;
  if (value === null) return [];
  if (Array.isArray(value)) return value.every(isObject) ? value : null;
  return isObject(value) ? [value] : null;
}

function describeWarnings(parsed: unknown): string {
  const warnings = isObject(parsed) ? parsed['@adminapi.warnings'] : undefined;
  const first = Array.isArray(warnings) ? warnings.find((one) => typeof one === 'string') : undefined;
  return first === undefined ? '' : `, with the warning "${clean(first)}"`;
}

/** The real text of an Exchange error: `details[].message`, then the inner exception, then `error.message`; null when there is none. */
export function describeError(body: string): string | null {
  let error: unknown;
  try {
    error = errorOf(JSON.parse(body.replace(/^\uFEFF/, '')));
  } catch {
    return null;
  }
  if (typeof error === 'string') return clean(error);
  if (!isObject(error)) return null;
  const details = Array.isArray(error.details) ? error.details : [];
  const inner = [error.innererror, error.innerError].find(isObject);
  const internal = isObject(inner?.internalException) ? inner.internalException.message : undefined;
  const candidates = [...details.map((one) => (isObject(one) ? one.message : undefined)), internal, error.message];
  for (const candidate of candidates) {
    if (typeof candidate === 'string' && candidate.trim() !== '') return clean(unwrapDetail(candidate));
  }
  return null;
}

/** What an envelope calls its error, in the spellings of OData; null when there is none. */
function errorOf(parsed: unknown): unknown {
  if (!isObject(parsed)) return null;
  const key = Object.keys(parsed).find((name) => /^(?:odata\.)?error$/i.test(name) && parsed[name] != null);
  return key === undefined ? null : parsed[key];
}

/** A detail is `id|ExceptionType|text` or a JSON string with `Message`. */
function unwrapDetail(text: string): string {
  if (text.trimStart().startsWith('{')) {
    try {
      const inner: unknown = JSON.parse(text);
      if (isObject(inner) && typeof inner.Message === 'string') return inner.Message;
    } catch {
      return text;
    }
  }
  const parts = text.split('|');
  return parts.length >= 3 ? parts.slice(2).join('|') : text;
}

function describeKind(value: unknown): string {
  if (value === undefined) return 'not where it belongs';
  if (value === null) return 'null, not true or false';
  if (Array.isArray(value)) return 'a list, not true or false';
  const kind = { string: 'text', number: 'a number' }[typeof value as string] ?? 'an object';
  return `${kind}, not true or false`;
}

/** Shapes that only tokens and signed addresses have: a service may repeat in its error what it was sent. */
const SECRETS =
  /\beyJ[\w-]+\.[\w.-]+|(?<=\bBearer )[^\s"']+|(?<=\b(?:sig|client_secret|client_assertion|AccountKey)=)[^&;\s"']+/gi;

/** One line of printable text without tokens, at most 300 characters: error texts come from outside. */
export function clean(text: string): string {
  const printable = text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(SECRETS, '[secret]')
    .trim();
  if (printable.length <= 300) return printable;
  // A pair of surrogates is not cut in two.
  return `${printable.slice(0, 299).replace(/\p{Cs}$/u, '')}…`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
