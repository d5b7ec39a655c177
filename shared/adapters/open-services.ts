import { AzureCliCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { Examiner } from '../jobs/diagnose-tenant.ts';
import type { Services } from '../jobs/services.ts';
import { ANSWER_WITHIN } from './channels/channel-sender.ts';
import { mailSender } from './channels/email/send-mail.ts';
import { makeLinks } from './channels/make-links.ts';
import { openChannels } from './channels/open-channels.ts';
import { teamsSender } from './channels/teams-workflow/send-teams.ts';
import { guardedLookup } from './channels/webhook/guard-address.ts';
import { webhookSender } from './channels/webhook/send-webhook.ts';
import { openReferences } from './config/resolve-reference.ts';
import type { Environment, Settings } from './config/settings.ts';
import { openResolver } from './dns/open-resolver.ts';
import { openHttpPool } from './http/send-request.ts';
import { openExaminer } from './microsoft365/open-examiner.ts';
import { type OpenGraph, openGraph } from './microsoft365/open-graph.ts';
import { openAuditLog } from './microsoft365/query-audit.ts';
import { readSetting } from './microsoft365/read-setting.ts';
import { openSignIn } from './microsoft365/sign-in.ts';
import { openTrafficReader } from './microsoft365/traffic/open-traffic-reader.ts';
import { openFleet } from './storage/fleet-table.ts';
import { openLedger } from './storage/ledger-table.ts';
import { openMailbox } from './storage/mailbox-table.ts';
import { nameOwner } from './storage/name-owner.ts';
import { openStorage, type Storage } from './storage/open-storage.ts';
import { openQueues } from './storage/queues.ts';
import { openRegistry } from './storage/registry-table.ts';
import { openSweeps } from './storage/sweeps-table.ts';
import { openTraffic } from './storage/traffic-table.ts';
import { openTelemetry } from './telemetry/open-telemetry.ts';

/** What differs between the deployed app, the command line and a demonstration. */
export interface Surroundings {
  readonly env: Environment;
  readonly log: Services['log'];
  /** Whether raised alerts are put on the delivery queue; the command line delivers by itself. */
  readonly hints: boolean;
  readonly now?: () => Date;
  /** Resolves after so many milliseconds, or rejects when the signal fires; goes with `now`. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export interface OpenedServices {
  readonly services: Services;
  readonly storage: Storage;
  readonly examiner: Examiner;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** Milliseconds for one look at a tenant's audit log: it is asked again later in any case, and a sweep waits for it. */
const AUDIT_WITHIN = 15_000;

/** Opens every adapter as the settings say. Nothing is asked of the network before it is needed. */
export function openServices(settings: Settings, surroundings: Surroundings): OpenedServices {
  const { env, log, hints } = surroundings;
  const now = surroundings.now ?? (() => new Date());
  const wait = surroundings.wait ?? pause;
  const { endpoints } = settings;
  const ownIdentity = () => chooseOwnIdentity(settings.storage, env);
  const storage = openStorage(settings.storage, ownIdentity);
  const pool = openHttpPool();
  const guardedPool = openHttpPool(guardedLookup);
  const signIn = openSignIn(settings.credential, endpoints, pool.send);
  const resolve = openReferences(env, settings.vaultUrl, ownIdentity);
  const graphWithin = (milliseconds: number): OpenGraph => {
    const limits = { answerWithin: 20_000, largestAnswer: 1024 * 1024, retries: 0 };
    return (tenant) => {
      const signal = AbortSignal.timeout(milliseconds);
      return openGraph(tenant, endpoints, signIn, pool.send, { ...limits, signal });
    };
  };
  const graphFor = graphWithin(30_000);
  const resolver = openResolver(endpoints.dnsServers);
  const queues = openQueues(storage);
  const { tenantBudget, blindAfter, historyDays, heartbeat, groupWait } = settings;
  const services: Services = {
    now,
    wait: (milliseconds) => wait(milliseconds),
    readSetting: (tenant) => readSetting(tenant, { signIn, endpoints, tenantBudget, send: pool.send, now, wait }),
    audit: openAuditLog(graphWithin(AUDIT_WITHIN)),
    traffic: {
      reader: openTrafficReader({ signIn, endpoints, send: pool.send, resolver, now, wait }),
      store: openTraffic(storage.table('traffic')),
      every: settings.trafficEvery,
      keepSamples: settings.storeSamples,
    },
    ledger: openLedger(storage.table('ledger')),
    registry: openRegistry(storage.table('tenants')),
    fleet: openFleet(storage.table('fleet')),
    sweeps: openSweeps(storage.table('sweeps')),
    mailbox: openMailbox(storage.table('mailbox')),
    queues,
    channels: openChannels(
      {
        'teams-workflow': teamsSender(pool.send, resolve, endpoints.webhookHosts, now),
        webhook: webhookSender({ guarded: guardedPool.send, open: pool.send }, resolve, endpoints.webhookHosts, now),
        email: mailSender(graphWithin(ANSWER_WITHIN), settings.homeTenantId, now),
      },
      makeLinks(settings, now),
    ),
    owner: nameOwner(),
    hintDelivery: hints ? (channel) => queues.sendDelivery(channel, groupWait) : async () => {},
    log,
    telemetry: openTelemetry(),
    policy: { blindAfter, historyDays, heartbeat },
  };
  return {
    services,
    storage,
    examiner: openExaminer({ signIn, openGraph: graphFor, send: pool.send, endpoints, now }),
    close: async () => void (await Promise.all([pool.close(), guardedPool.close()])),
  };
}

/** Who reads storage and Key Vault: the app's managed identity, or at an engineer's desk whoever signed in with `az login`. */
function chooseOwnIdentity(storage: Settings['storage'], env: Environment): TokenCredential {
  const clientId = storage.kind === 'identity' ? storage.clientId : null;
  if (clientId !== null) return new ManagedIdentityCredential({ clientId });
  const inAzure = env.IDENTITY_ENDPOINT !== undefined || env.WEBSITE_INSTANCE_ID !== undefined;
  return inAzure ? new ManagedIdentityCredential() : new AzureCliCredential();
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}
