import type { TokenClaims, TokenIssuer } from '../sign-in/issue-token.ts';
import { readBearer } from '../sign-in/read-bearer.ts';
import { serviceOf } from '../tenant/clouds.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import { type HttpRequest, isRecord, parseJson } from '../wire/read-request.ts';
import { type Answer, empty } from '../wire/reply.ts';
import { contextError, plainError } from './exchange-errors.ts';

/** A request that Exchange understands, or what it does not accept about it. */
export type ExchangeRequest =
  | { readonly kind: 'wrong'; readonly why: string; readonly reply: Answer }
  | {
      readonly kind: 'command';
      readonly claims: TokenClaims;
      readonly cmdlet: string;
      readonly parameters: Parameters;
    };

/** The parameters of a cmdlet by name. */
export type Parameters = Readonly<Record<string, unknown>>;

const SYSTEM_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';

/**
 * Checks method, token, anchor mailbox, type and body. The tokens of other tenants and resources get the empty 401 of
 * the real service. A missing anchor is refused, although InvokeCommand is known to work without: it routes by it.
 */
export function checkExchangeRequest(
  request: HttpRequest,
  tenant: SimulatedTenant,
  version: string,
  tokens: TokenIssuer,
): ExchangeRequest {
  if (request.method !== 'POST') {
    return wrong(`${request.method} in place of POST`, plainError(405, 'MethodNotAllowed', 'Use POST.'));
  }
  const claims = readBearer(request, tokens);
  if (claims === null) return wrong('no bearer token of this service', empty(401));
  if (claims.tid !== tenant.id) return wrong('a token of another tenant', empty(401));
  if (serviceOf(claims.aud, tenant.cloud) !== 'exchange') return wrong(`a token for ${claims.aud}`, empty(401));

  const anchor = String(request.headers['x-anchormailbox'] ?? '');
  if (!anchorsOf(tenant, version).includes(anchor.toLowerCase())) {
    return wrong(
      `X-AnchorMailbox "${anchor}"`,
      plainError(400, 'BadRequest', 'The anchor mailbox is missing or wrong.'),
    );
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return wrong('not JSON by its content type', plainError(415, 'UnsupportedMediaType', 'Send application/json.'));
  }
  return readCommand(request.body, claims);
}

function anchorsOf({ id, initialDomain }: SimulatedTenant, version: string): string[] {
  const documented = [`APP:${SYSTEM_MAILBOX}@${id}`, `APP:${SYSTEM_MAILBOX}@${initialDomain}`];
  const alsoSeen = [`TID:${id}`, `UPN:OAuthUser@${initialDomain}`, `UPN:${SYSTEM_MAILBOX}@${initialDomain}`];
  const accepted = version === 'v2.0' ? documented : [...documented, ...alsoSeen];
  return accepted.map((anchor) => anchor.toLowerCase());
}

function readCommand(body: string, claims: TokenClaims): ExchangeRequest {
  const parsed = parseJson(body);
  const input = isRecord(parsed) ? parsed.CmdletInput : undefined;
  if (!isRecord(input) || typeof input.CmdletName !== 'string') {
    return wrong('no CmdletInput with a CmdletName', invalidBody('CmdletInput.CmdletName is required.'));
  }
  const parameters = input.Parameters ?? {};
  if (!isRecord(parameters)) return wrong('Parameters is no object', invalidBody('Parameters must be an object.'));
  return { kind: 'command', claims, cmdlet: input.CmdletName, parameters };
}

function invalidBody(text: string): Answer {
  return contextError(400, 'BadRequest', 'Microsoft.OData.ODataException', text);
}

function wrong(why: string, reply: Answer): ExchangeRequest {
  return { kind: 'wrong', why, reply };
}
