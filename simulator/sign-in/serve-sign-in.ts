import type { Decision, Occasion, Surface } from '../behaviour/behaviour.ts';
import { type RoutedRequest, refuseRequest } from '../behaviour/handle-requests.ts';
import { APP_ROLES } from '../tenant/app-roles.ts';
import { type Service, serviceOf } from '../tenant/clouds.ts';
import { guidOf } from '../tenant/mail-row.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import { type Answer, json } from '../wire/reply.ts';
import { AADSTS_CODES } from './aadsts-codes.ts';
import type { AppRegistration } from './app-registration.ts';
import { checkClientAssertion } from './check-client-assertion.ts';
import { type ClientCredential, checkTokenRequest, type TokenRequest } from './check-token-request.ts';
import { TOKEN_LIFETIME, type TokenClaims, type TokenIssuer } from './issue-token.ts';
import { type SignInContext, signInFailure } from './sign-in-behaviours.ts';

/** What sign-in needs to know. */
export interface SignInDesk {
  readonly app: AppRegistration;
  readonly tokens: TokenIssuer;
  readonly clock: () => Date;
  findTenant(id: string): SimulatedTenant | undefined;
  decide(tenant: SimulatedTenant | undefined, surface: Surface, occasion: Occasion): Decision | undefined;
}

const PATH = /^\/([^/]+)\/(oauth2\/v2\.0\/token|v2\.0\/\.well-known\/openid-configuration)$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Serves `/{tenant}/oauth2/v2.0/token` and `/{tenant}/v2.0/.well-known/openid-configuration`. */
export function routeSignIn(request: HttpRequest, desk: SignInDesk): RoutedRequest {
  const [, name, endpoint] = PATH.exec(request.path) ?? [];
  if (name === undefined || endpoint === undefined) {
    return refuseRequest('signIn', `no such path ${request.path}`, json(404, { error: 'not_found' }));
  }
  const tenant = desk.findTenant(name.toLowerCase());
  const surface = endpoint.startsWith('oauth2') ? 'signIn' : 'discovery';
  const read = surface === 'signIn' ? checkTokenRequest(request) : null;
  const context = contextOf(name, read, desk.clock());
  const fail = (code: number) => failWith(code, context);
  return {
    surface,
    tenantId: tenant?.id ?? null,
    wrong: read?.kind === 'malformed' ? { why: read.why, reply: fail(read.code) } : null,
    decide: (occasion) => desk.decide(tenant, surface, occasion),
    serve() {
      if (tenant === undefined) return fail(GUID.test(name) ? 90002 : 900023);
      if (read === null) return json(200, openIdConfiguration(request.origin, tenant.id));
      return read.kind === 'malformed' ? fail(read.code) : signIn(request, read, tenant, desk, fail);
    },
  };
}

function signIn(
  request: HttpRequest,
  asked: TokenRequest & { kind: 'well-formed' },
  tenant: SimulatedTenant,
  desk: SignInDesk,
  fail: (code: number) => Answer,
): Answer {
  if (asked.clientId !== desk.app.clientId) return fail(700016);
  const service = serviceOf(asked.resource, tenant.cloud);
  if (service === null) return fail(500011);
  if (tenant.consent === 'app-absent') return fail(7000229);
  const refused = checkCredential(asked.credential, desk, `${request.origin}${request.path}`);
  if (refused !== null) return fail(refused);
  if (service === 'exchange' && !tenant.exchangeLicence) return fail(500014);
  const access_token = desk.tokens.issue(claimsFor(tenant, service, asked.resource, asked.clientId));
  return json(200, { token_type: 'Bearer', expires_in: TOKEN_LIFETIME - 1, access_token });
}

function checkCredential(credential: ClientCredential, { app, tokens }: SignInDesk, tokenUrl: string): number | null {
  switch (credential.kind) {
    case 'none':
      return 7000218;
    case 'secret':
      return app.secrets.includes(credential.secret) ? null : 7000215;
    case 'assertion':
      return checkClientAssertion(credential.assertion, app, tokenUrl, tokens);
  }
}

/** The claims of an app-only token for one service of a tenant; `roles` is left out when there are none. */
export function claimsFor(tenant: SimulatedTenant, service: Service, resource: string, appid: string): TokenClaims {
  const roles = [...tenant.appRoles].filter((role) => APP_ROLES[role] === service);
  const consented = tenant.consent === 'granted' && roles.length > 0;
  const iss = `https://sts.windows.net/${tenant.id}/`;
  const claims = { aud: resource, iss, sub: guidOf(`${tenant.id}/${appid}`), tid: tenant.id, appid };
  return consented ? { ...claims, roles } : claims;
}

function openIdConfiguration(origin: string, tenantId: string) {
  return {
    issuer: `${origin}/${tenantId}/v2.0`,
    authorization_endpoint: `${origin}/${tenantId}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenantId}/oauth2/v2.0/token`,
    jwks_uri: `${origin}/${tenantId}/discovery/v2.0/keys`,
    end_session_endpoint: `${origin}/${tenantId}/oauth2/v2.0/logout`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_types_supported: ['code', 'id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function contextOf(tenant: string, read: TokenRequest | null, now: Date): SignInContext {
  const { clientId: app, resource } = read?.kind === 'well-formed' ? read : { clientId: '', resource: '' };
  return { app, tenant, resource, detail: read?.kind === 'malformed' ? read.detail : '', now };
}

function failWith(code: number, context: SignInContext): Answer {
  const error = AADSTS_CODES[code];
  if (error === undefined) throw new Error(`AADSTS${code} is not in simulator/sign-in/aadsts-codes.ts.`);
  return signInFailure(code, error, context);
}
