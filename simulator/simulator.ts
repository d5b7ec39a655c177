import type { Behaviour, Surface } from './behaviour/behaviour.ts';
import type { RecordedRequest } from './behaviour/record-request.ts';
import type { DnsZone } from './dns/zone.ts';
import type { HuntingEngine } from './graph/run-hunting-query.ts';
import type { AppRegistration, HostIdentity } from './sign-in/app-registration.ts';
import type { Flow } from './teams/flow.ts';
import type { Webhook } from './teams/serve-webhooks.ts';
import type { SimulatedTenant } from './tenant/tenant.ts';

export interface SimulatorOptions {
  /** Milliseconds before each HTTP answer; 0 when left out. */
  readonly latency?: number;
  /** The time that answers are written by; the real one when left out. */
  readonly clock?: () => Date;
  /** False keeps no requests, for long runs that count memory. */
  readonly record?: boolean;
}

/** A simulated Microsoft 365, a receiver of cards and webhooks, and a name server, on 127.0.0.1. */
export interface Simulator {
  /** The PEM certificate that clients must trust. */
  readonly certificateAuthority: string;
  /** Part of every secret that the simulator hands out: tokens, app secret, webhook addresses. Search for it to find a leak. */
  readonly marker: string;

  readonly authorityUrl: string;
  readonly exchangeUrl: string;
  readonly graphUrl: string;
  /** `http://…/msi/token`, for IDENTITY_ENDPOINT, and the secret for IDENTITY_HEADER. */
  readonly managedIdentityEndpoint: string;
  readonly managedIdentityHeader: string;
  readonly managedIdentity: HostIdentity;
  /** `127.0.0.1:port`, UDP and TCP. */
  readonly dnsServer: string;
  /** Hosts that nobody has a reason to call; they answer `RejectDirectSend: true` to whoever sends a token there. */
  readonly strangerUrl: string;
  readonly strangerHttpUrl: string;
  /** Addresses that fail below HTTP: TLS handshake refused, accepted but silent, connection refused. */
  readonly tlsFailureUrl: string;
  readonly silentUrl: string;
  readonly refusedUrl: string;

  readonly app: AppRegistration;
  readonly dns: DnsZone;
  /** Runs hunting queries; the default one knows `print x=1` only. */
  hunting: HuntingEngine;
  /** Everything that arrived, in order. */
  readonly requests: readonly RecordedRequest[];

  /** The tenant of that id; a healthy one is made when it is first asked for. */
  tenant(id: string): SimulatedTenant;
  /** The Teams flow of that name; made when it is first asked for. */
  flow(name: string): Flow;
  /** The address that triggers a flow. */
  teamsUrl(name: string): string;
  /** The generic webhook of that name; made when it is first asked for. */
  webhook(name: string): Webhook;
  /** Like `tenant.behave`, for every tenant that has no behaviour of its own for the surface. */
  behave(surface: Surface, ...sequence: Behaviour[]): void;
  /** Closes every server and connection; resolves when all are closed. */
  stop(): Promise<void>;
}
