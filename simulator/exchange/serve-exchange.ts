import type { Decision, Occasion, Surface } from '../behaviour/behaviour.ts';
import { type RoutedRequest, refuseRequest } from '../behaviour/handle-requests.ts';
import type { TokenIssuer } from '../sign-in/issue-token.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';
import type { HttpRequest } from '../wire/read-request.ts';
import { type Answer, empty, json } from '../wire/reply.ts';
import { checkExchangeRequest, type ExchangeRequest } from './check-exchange-request.ts';
import { describeAnnouncedOrganization } from './describe-organization.ts';
import { cmdletError, contextError, plainError, roleMissingText } from './exchange-errors.ts';
import { runCmdlet } from './run-cmdlet.ts';

/** What Exchange needs to know. */
export interface ExchangeHall {
  readonly tokens: TokenIssuer;
  readonly clock: () => Date;
  findTenant(id: string): SimulatedTenant | undefined;
  decide(tenant: SimulatedTenant | undefined, surfaces: readonly Surface[], occasion: Occasion): Decision | undefined;
}

type Command = ExchangeRequest & { kind: 'command' };

const PATH = /^(?:\/hop\/\d+)?\/adminapi\/(?:(beta|v1\.0)\/([^/]+)\/InvokeCommand|(v2\.0)\/([^/]+)\/(\w+))$/;
const LARGEST_PAGE = 1000;

/** Admin API endpoints of version 2.0 that are simulated, and the one cmdlet that each accepts. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  OrganizationConfig: 'Get-OrganizationConfig',
  AcceptedDomain: 'Get-AcceptedDomain',
};

/** Serves InvokeCommand (`beta`, `v1.0`) and the Admin API (`v2.0`); a path may begin with `/hop/<n>` after redirects. */
export function routeExchange(request: HttpRequest, hall: ExchangeHall): RoutedRequest {
  const [, v1, idV1, v2, idV2, endpoint] = PATH.exec(request.path) ?? [];
  const version = v1 ?? v2;
  const tenant = hall.findTenant((idV1 ?? idV2 ?? '').toLowerCase());
  if (version === undefined || tenant === undefined) {
    const reply = plainError(404, 'NotFound', 'The resource could not be found.');
    return refuseRequest('exchange', `no such path or tenant: ${request.path}`, reply);
  }
  const read = checkExchangeRequest(request, tenant, version, hall.tokens);
  const general = version === 'v2.0' ? 'adminApi' : 'exchange';
  const part = endpoint ?? (read.kind === 'command' ? read.cmdlet : '');
  const surface: Surface = part === '' ? general : `${general}/${part}`;
  return {
    surface,
    tenantId: tenant.id,
    wrong: read.kind === 'wrong' ? read : null,
    decide: (occasion) => hall.decide(tenant, [surface, general], occasion),
    serve() {
      if (read.kind === 'wrong') return read.reply;
      if (endpoint !== undefined) return serveAdminApi(request, endpoint, read, tenant, hall.clock());
      if (!read.claims.roles?.includes('Exchange.ManageAsApp')) return empty(401);
      return refuseRole(tenant, read) ?? run(request, read, tenant, hall.clock());
    },
  };
}

function serveAdminApi(
  request: HttpRequest,
  endpoint: string,
  command: Command,
  tenant: SimulatedTenant,
  now: Date,
): Answer {
  const cmdlet = ENDPOINTS[endpoint];
  if (tenant.adminApi === 'off' || cmdlet === undefined) {
    return plainError(404, 'NotFound', 'The Admin API preview is not enabled for this organization.');
  }
  // Which of the two roles version 2.0 asks for is an open question; either passes.
  const role = command.claims.roles?.some((name) => name.startsWith('Exchange.ManageAsApp'));
  if (!role) return plainError(401, 'Unauthorized', 'The token has no application permission.');
  const refused = refuseRole(tenant, command);
  if (refused !== null) return refused;
  if (command.cmdlet !== cmdlet) return plainError(400, 'BadRequest', `This endpoint runs ${cmdlet} only.`);
  if (endpoint === 'OrganizationConfig' && tenant.adminApi === 'general-availability') {
    return envelope(request, [describeAnnouncedOrganization(tenant)]);
  }
  return run(request, command, tenant, now);
}

function refuseRole(tenant: SimulatedTenant, { claims }: Command): Answer | null {
  if (tenant.exchangeRole) return null;
  return cmdletError(403, 'Forbidden', 'AuthZ-CmdletAccessDeniedException', roleMissingText(claims.appid));
}

function run(request: HttpRequest, command: Command, tenant: SimulatedTenant, now: Date): Answer {
  const result = runCmdlet(command.cmdlet, command.parameters, tenant, now);
  return result.kind === 'failed' ? result.reply : envelope(request, result.objects);
}

/** The OData envelope: `$select` applied, a page of at most 1,000 objects, `@odata.nextLink` while there are more. */
function envelope(request: HttpRequest, objects: readonly object[]): Answer {
  const asked = Number(
    /odata\.maxpagesize\s*=\s*(\d+)/.exec(String(request.headers.prefer ?? ''))?.[1] ?? LARGEST_PAGE,
  );
  const size = Math.max(1, Math.min(asked, LARGEST_PAGE));
  const start = Number(request.query.get('$skiptoken') ?? 0);
  if (!Number.isInteger(start)) return contextError(400, 'BadRequest', 'ODataException', 'The skip token is invalid.');
  const value = objects.slice(start, start + size).map((object) => select(object, request.query.get('$select')));
  const next = new URL(`${request.origin}${request.path}${request.search}`);
  next.searchParams.set('$skiptoken', String(start + size));
  const more = start + size < objects.length ? { '@odata.nextLink': next.href } : {};
  return json(200, { '@odata.context': `${request.origin}${request.path}`, ...more, value });
}

function select(object: object, properties: string | null): object {
  if (properties === null) return object;
  const names = properties.split(',').map((name) => name.trim());
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}
