import type { Decision, Occasion, Surface } from '../behaviour/behaviour.ts';
import { type RoutedRequest, refuseRequest } from '../behaviour/handle-requests.ts';
import type { TokenClaims, TokenIssuer } from '../sign-in/issue-token.ts';
import { readBearer } from '../sign-in/read-bearer.ts';
import { serviceOf } from '../tenant/clouds.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import type { Answer } from '../wire/reply.ts';
import { graphError, missingRoles } from './graph-errors.ts';
import type { GraphOperation } from './graph-operations.ts';

/** What Graph needs to know. */
export interface GraphHall {
  readonly tokens: TokenIssuer;
  readonly operations: readonly GraphOperation[];
  readonly clock: () => Date;
  findTenant(id: string): SimulatedTenant | undefined;
  decide(tenant: SimulatedTenant | undefined, surfaces: readonly Surface[], occasion: Occasion): Decision | undefined;
}

/** Serves Graph v1.0. The tenant is the one that the token was issued for; a call without a token of Graph's is a 401. */
export function routeGraph(request: HttpRequest, hall: GraphHall): RoutedRequest {
  const claims = readBearer(request, hall.tokens);
  const tenant = claims === null ? undefined : hall.findTenant(claims.tid);
  const target = decodeURIComponent(request.path);
  const operation = hall.operations.find(({ method, path }) => method === request.method && path.test(target));
  const surface: Surface = operation?.surface ?? 'graph';
  const refuse = (why: string, reply: Answer) => refuseRequest(surface, why, reply, tenant?.id);
  if (claims === null || tenant === undefined) {
    return refuse(
      'no bearer token of this service',
      graphError(401, 'InvalidAuthenticationToken', 'Access token is empty.'),
    );
  }
  if (serviceOf(claims.aud, tenant.cloud) !== 'graph') {
    const text = 'Access token validation failure. Invalid audience.';
    return refuse(`a token for ${claims.aud}`, graphError(401, 'InvalidAuthenticationToken', text));
  }
  if (operation === undefined) {
    const text = `Resource not found for the segment '${request.path.split('/').at(-1)}'.`;
    return refuse(`no such call: ${request.method} ${request.path}`, graphError(400, 'BadRequest', text));
  }
  const parts = (operation.path.exec(target) ?? []).slice(1);
  const call = { request, tenant, parts, now: hall.clock() };
  const fault = findFault(request, surface, () => operation.findFault(call));
  return {
    surface,
    tenantId: tenant.id,
    wrong: fault === null ? null : { why: fault, reply: graphError(400, 'BadRequest', fault) },
    decide: (occasion) => hall.decide(tenant, [surface, 'graph'], occasion),
    serve: () => refuseRoles(operation, claims) ?? operation.serve(call),
  };
}

function findFault(request: HttpRequest, surface: Surface, findMore: () => string | null): string | null {
  const type = request.headers['content-type'] ?? '';
  // A mail may also come as MIME.
  const isTaken = /^application\/json\b/i.test(type) || (surface === 'graph/sendMail' && /^text\/plain\b/i.test(type));
  if (request.method === 'POST' && !isTaken) return 'not JSON by its content type';
  return findMore();
}

function refuseRoles({ roles, surface }: GraphOperation, { roles: present = [], appid }: TokenClaims): Answer | null {
  if (roles.some((role) => present.includes(role))) return null;
  // The audit search words its refusal in its own way.
  if (surface === 'graph/auditQuery') return graphError(403, 'Forbidden', `App:${appid} dont have any permissions`);
  if (surface === 'graph/sendMail') {
    return graphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  }
  return missingRoles(roles, present);
}
