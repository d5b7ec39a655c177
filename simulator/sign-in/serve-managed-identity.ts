import { timingSafeEqual } from 'node:crypto';
import type { Decision, Occasion } from '../behaviour/behaviour.ts';
import type { RoutedRequest } from '../behaviour/handle-requests.ts';
import { serviceOf } from '../tenant/clouds.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import { type Answer, json } from '../wire/reply.ts';
import { type AppRegistration, federatedIssuer, type HostIdentity, TOKEN_EXCHANGE } from './app-registration.ts';
import { TOKEN_LIFETIME, type TokenClaims, type TokenIssuer } from './issue-token.ts';
import { claimsFor } from './serve-sign-in.ts';

/** What the identity endpoint needs to know. */
export interface IdentityHost {
  readonly app: AppRegistration;
  readonly identity: HostIdentity;
  /** The value that `x-identity-header` must have. */
  readonly header: string;
  readonly tokens: TokenIssuer;
  homeTenant(): SimulatedTenant;
  decide(occasion: Occasion): Decision | undefined;
}

const API_VERSION = '2019-08-01';

/** Serves the identity endpoint of App Service and Functions: `GET ?resource=…&api-version=2019-08-01&client_id=…`. */
export function routeManagedIdentity(request: HttpRequest, host: IdentityHost): RoutedRequest {
  const why = findFault(request, host.header);
  return {
    surface: 'managedIdentity',
    tenantId: host.app.homeTenantId,
    wrong: why === null ? null : { why, reply: json(why === NO_HEADER ? 403 : 400, { statusCode: 400, message: why }) },
    decide: host.decide,
    serve: () => issue(request, host),
  };
}

const NO_HEADER = 'X-IDENTITY-HEADER is missing or wrong';

function findFault(request: HttpRequest, header: string): string | null {
  const given = Buffer.from(String(request.headers['x-identity-header'] ?? ''));
  const expected = Buffer.from(header);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return NO_HEADER;
  if (request.method !== 'GET') return `${request.method} in place of GET`;
  if (request.query.get('api-version') !== API_VERSION) return `api-version is not ${API_VERSION}`;
  return request.query.get('resource') === null ? 'no resource' : null;
}

function issue({ query }: HttpRequest, host: IdentityHost): Answer {
  const clientId = query.get('client_id');
  const resource = query.get('resource') ?? '';
  // Without a client id the host offers its system-assigned identity, and it has none.
  if (clientId !== host.identity.clientId) {
    return json(400, {
      statusCode: 400,
      message: 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
    });
  }
  return json(200, {
    access_token: host.tokens.issue(identityClaims(resource, host)),
    client_id: clientId,
    // In real time: the sign-in library compares it with its own clock, which is not the simulator's.
    expires_on: String(Math.floor(Date.now() / 1000) + TOKEN_LIFETIME),
    resource,
    token_type: 'Bearer',
  });
}

function identityClaims(resource: string, { app, identity, homeTenant }: IdentityHost): TokenClaims {
  const home = homeTenant();
  const service = serviceOf(resource, home.cloud);
  if (service !== null) return { ...claimsFor(home, service, resource, identity.clientId), sub: identity.principalId };
  const iss = resource === TOKEN_EXCHANGE ? federatedIssuer(app.homeTenantId) : `https://sts.windows.net/${home.id}/`;
  return { aud: resource, iss, sub: identity.principalId, tid: home.id, appid: identity.clientId };
}
