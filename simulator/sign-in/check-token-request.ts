import type { HttpRequest } from '../wire/read-request.ts';

/** A token request after its form was read. */
export type TokenRequest =
  | { readonly kind: 'malformed'; readonly code: number; readonly why: string; readonly detail: string }
  | {
      readonly kind: 'well-formed';
      readonly clientId: string;
      /** The scope without `/.default`. */
      readonly resource: string;
      readonly credential: ClientCredential;
    };

export type ClientCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'assertion'; readonly assertion: string };

const FORM = 'application/x-www-form-urlencoded';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Reads the form of a client-credentials request; as strict as the v2.0 endpoint: one grant, one resource, `.default`. */
export function checkTokenRequest(request: HttpRequest): TokenRequest {
  if (request.method !== 'POST') return malformed(900561, `${request.method} in place of POST`);
  if (!(request.headers['content-type'] ?? '').startsWith(FORM)) return malformed(900144, 'not a form', 'grant_type');
  const form = new URLSearchParams(request.body);

  const grant = form.get('grant_type');
  if (grant === null) return malformed(900144, 'no grant_type', 'grant_type');
  if (grant !== 'client_credentials') return malformed(70003, `grant_type ${grant}`, grant);

  const clientId = form.get('client_id');
  if (clientId === null) return malformed(900144, 'no client_id', 'client_id');

  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const [scope] = scopes;
  if (scope === undefined) return malformed(900144, 'no scope', 'scope');
  if (scopes.length > 1) return malformed(28000, `${scopes.length} scopes`);
  if (!scope.endsWith('/.default')) return malformed(1002012, `scope ${scope} without /.default`);

  const assertion = form.get('client_assertion');
  const assertionType = form.get('client_assertion_type');
  if (assertion !== null && assertionType !== ASSERTION_TYPE) {
    return malformed(900144, 'client_assertion without its type', 'client_assertion_type');
  }
  const credential = readCredential(form.get('client_secret'), assertion);
  return { kind: 'well-formed', clientId, resource: scope.slice(0, -'/.default'.length), credential };
}

function readCredential(secret: string | null, assertion: string | null): ClientCredential {
  if (assertion !== null) return { kind: 'assertion', assertion };
  return secret === null ? { kind: 'none' } : { kind: 'secret', secret };
}

function malformed(code: number, why: string, detail = ''): TokenRequest {
  return { kind: 'malformed', code, why, detail };
}
