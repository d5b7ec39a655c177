/** A whole HTTP answer. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Compresses the body, whatever the client asked for. */
  readonly gzip: boolean;
}

/** What goes over the wire in answer to one request: an answer, or a fault of the connection. */
export type Reply =
  | Answer
  /** Silence: before the headers, or after the headers and the beginning of a body. */
  | { readonly kind: 'hang'; readonly when: 'before-headers' | 'in-body' }
  /** The connection is closed: before any answer, after the headers, or within the body. */
  | { readonly kind: 'cut'; readonly when: 'before-headers' | 'after-headers' | 'in-body' }
  /** A 200 whose body never ends. */
  | { readonly kind: 'endless' }
  /** An answer that comes byte by byte, one each `everyMs` milliseconds. */
  | { readonly kind: 'drip'; readonly answer: Answer; readonly everyMs: number }
  /** An answer that comes after `ms` milliseconds. */
  | { readonly kind: 'late'; readonly answer: Answer; readonly ms: number };

/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string>>;

/** An answer without a body. */
export function empty(status: number, headers: Headers = {}): Answer {
  return { kind: 'answer', status, headers, body: '', gzip: false };
}

/** An answer with a JSON body made of `value`. */
export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return raw(status, JSON.stringify(value), headers);
}

/** An answer that calls itself JSON; the text may be broken. */
export function raw(status: number, body: string, headers: Headers = {}): Answer {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { kind: 'answer', status, headers: { ...type, ...headers }, body, gzip: false };
}

/** A page as gateways and proxies send it. */
export function html(status: number, title: string, headers: Headers = {}): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { kind: 'answer', status, headers: { 'content-type': 'text/html', ...headers }, body, gzip: false };
}

/** The same answer, compressed. */
export function gzipped(answer: Answer): Answer {
  return { ...answer, gzip: true };
}
