import { randomBytes } from 'node:crypto';
import type { Occasion, Surface } from './behaviour/behaviour.ts';
import { createSwitchboard } from './behaviour/create-switchboard.ts';
import { type Reception, type RoutedRequest, refuseRequest } from './behaviour/handle-requests.ts';
import type { RecordedRequest } from './behaviour/record-request.ts';
import { serveDns } from './dns/serve-dns.ts';
import { createZone } from './dns/zone.ts';
import { routeExchange } from './exchange/serve-exchange.ts';
import { listGraphOperations } from './graph/graph-operations.ts';
import { answerProbes, type HuntingEngine } from './graph/run-hunting-query.ts';
import { routeGraph } from './graph/serve-graph.ts';
import { createHostIdentity, registerApp } from './sign-in/app-registration.ts';
import { createTokenIssuer } from './sign-in/issue-token.ts';
import { routeManagedIdentity } from './sign-in/serve-managed-identity.ts';
import { routeSignIn } from './sign-in/serve-sign-in.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { createFlowDesk, routeNowhere } from './teams/serve-flows.ts';
import { createWebhookDesk } from './teams/serve-webhooks.ts';
import { createTenant } from './tenant/create-tenant.ts';
import type { SimulatedTenant } from './tenant/tenant.ts';
import { makeCertificate } from './tls/make-certificate.ts';
import { serveHttp, serveHttps } from './tls/serve-https.ts';
import { breakConnections } from './wire/break-connections.ts';
import type { HttpRequest } from './wire/read-request.ts';
import { json } from './wire/reply.ts';

/** Starts a simulated Microsoft 365 on free local ports. Stop it when done; many may run in one process. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { latency = 0, clock = () => new Date(), record = true } = options;
  const marker = `SIMULATEDSECRET${randomBytes(12).toString('hex')}`;
  const tokens = createTokenIssuer(marker, clock);
  const tenants = new Map<string, SimulatedTenant>();
  const requests: RecordedRequest[] = [];
  const switchboard = createSwitchboard<Surface>();
  const zone = createZone();
  const managedIdentityHeader = `${marker}header`;
  let hunting: HuntingEngine = answerProbes;

  const managedIdentity = createHostIdentity();
  const app = registerApp(`${marker}app`, managedIdentity);
  const findTenant = (id: string) => tenants.get(id);
  const tenant = (id: string) => {
    const key = id.toLowerCase();
    const found = tenants.get(key) ?? createTenant(key);
    tenants.set(key, found);
    return found;
  };
  const decide = (owner: SimulatedTenant | undefined, surfaces: readonly Surface[], occasion: Occasion) =>
    owner?.decide(surfaces, occasion) ?? switchboard.take(surfaces, occasion);
  const reception: Reception = {
    clock,
    latency,
    record(request) {
      if (!record) return;
      requests.push(request);
      if (request.tenantId !== null) findTenant(request.tenantId)?.record(request);
    },
  };

  const hall = { tokens, clock, findTenant, decide };
  const desk = {
    ...hall,
    app,
    decide: (owner: SimulatedTenant | undefined, surface: Surface, occasion: Occasion) =>
      decide(owner, [surface], occasion),
  };
  const operations = listGraphOperations(() => hunting);
  const host = {
    app,
    tokens,
    identity: managedIdentity,
    header: managedIdentityHeader,
    homeTenant: () => tenant(app.homeTenantId),
    decide: (occasion: Occasion) => switchboard.take(['managedIdentity'], occasion),
  };
  let receiverOrigin = '';
  const flows = createFlowDesk(() => receiverOrigin, marker, clock);
  const webhooks = createWebhookDesk(() => receiverOrigin, marker, clock);
  const routeReceiver = (request: HttpRequest) =>
    flows.route(request) ?? webhooks.route(request) ?? routeNowhere(request);

  const certificate = await makeCertificate();
  const [authority, exchange, graph, receiver, stranger, strangerHttp, identity, broken, dns] = await Promise.all([
    serveHttps(certificate, (request) => routeSignIn(request, desk), reception),
    serveHttps(certificate, (request) => routeExchange(request, hall), reception),
    serveHttps(certificate, (request) => routeGraph(request, { ...hall, operations }), reception),
    serveHttps(certificate, routeReceiver, reception),
    serveHttps(certificate, routeStranger, reception),
    serveHttp(routeStranger, reception),
    serveHttp((request) => routeManagedIdentity(request, host), reception),
    breakConnections(),
    serveDns(zone),
  ]);
  receiverOrigin = receiver.origin;
  const services = [authority, exchange, graph, receiver, stranger, strangerHttp, identity, broken, dns];
  let stopped: Promise<unknown> | undefined;

  return {
    certificateAuthority: certificate.authority,
    marker,
    authorityUrl: authority.origin,
    exchangeUrl: exchange.origin,
    graphUrl: graph.origin,
    managedIdentityEndpoint: `${identity.origin}/msi/token`,
    managedIdentityHeader,
    managedIdentity,
    dnsServer: dns.address,
    strangerUrl: stranger.origin,
    strangerHttpUrl: strangerHttp.origin,
    tlsFailureUrl: broken.tlsFailureUrl,
    silentUrl: broken.silentUrl,
    refusedUrl: broken.refusedUrl,
    app,
    dns: zone,
    get hunting() {
      return hunting;
    },
    set hunting(engine) {
      hunting = engine;
    },
    requests,
    tenant,
    flow: flows.flow,
    teamsUrl: (name) => flows.flow(name).url,
    webhook: webhooks.webhook,
    behave: switchboard.behave,
    async stop() {
      stopped ??= Promise.all(services.map((service) => service.stop()));
      await stopped;
    },
  };
}

/** A host that is not part of the service: whoever believes it, or gives it a token, is caught by its answer. */
function routeStranger(request: HttpRequest): RoutedRequest {
  const belief = json(200, { value: [{ RejectDirectSend: true }] });
  return refuseRequest('stranger', `a request to a strange host: ${request.path}`, belief);
}
