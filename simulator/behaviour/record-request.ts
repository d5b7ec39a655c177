import type { Reply } from '../wire/reply.ts';

/** A request that the simulator got, with secrets masked. */
export interface RecordedRequest {
  /** ISO time by the simulator's clock. */
  readonly at: string;
  /** `exchange/Get-OrganizationConfig`, `signIn`, `teams/ops` and the like; `stranger` for hosts that nobody should call. */
  readonly surface: string;
  readonly tenantId: string | null;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the real service would not accept about the request; null for a correct one. */
  readonly wrong: string | null;
  /** What was sent back: a status, or the name of the fault. */
  readonly answered: string;
}

/** Names a reply in a word: `200`, `hang before-headers`. */
export function nameReply(reply: Reply): string {
  switch (reply.kind) {
    case 'answer':
      return String(reply.status);
    case 'hang':
    case 'cut':
      return `${reply.kind} ${reply.when}`;
    case 'drip':
    case 'late':
      return `${reply.kind} ${reply.answer.status}`;
    case 'endless':
      return reply.kind;
  }
}

const SECRET_HEADERS = new Set(['authorization', 'x-identity-header', 'cookie']);
const SECRET_FIELDS = /((?:^|[?&])(?:client_secret|client_assertion|sig)=)[^&]*/g;

/** The headers of a request with its credentials masked; the scheme of an Authorization header stays. */
export function maskHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    shown[name] = SECRET_HEADERS.has(name) ? text.replace(/\S+$/, '***') : text;
  }
  return shown;
}

/** A query or form with client secrets, assertions and webhook signatures masked. */
export function maskFields(text: string): string {
  return text.replace(SECRET_FIELDS, '$1***');
}
