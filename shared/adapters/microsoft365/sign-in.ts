import type { TokenCredential } from '@azure/identity';
import { LRUCache } from 'lru-cache';
import type { Cloud } from '../../core/schemas.ts';
import { classifySignInFailure } from '../../core/setting/classify-sign-in-failure.ts';
import { type Finding, unknown } from '../../core/setting/reading.ts';
import type { CredentialSettings, Endpoints } from '../config/settings.ts';
import { raceAgainst } from '../http/race-against.ts';
import type { SendRequest } from '../http/send-request.ts';
import { addressesOf } from './clouds.ts';
import { carryIdentityRequests, type WireRecord } from './identity-transport.ts';
import { makeCredential, OwnCredentialError } from './make-credential.ts';

export type Resource = 'exchange' | 'graph';

/** The tenant to sign in to. */
export interface SignInTarget {
  readonly id: string;
  readonly cloud: Cloud;
}

export type SignInResult =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly finding: Finding & { verdict: 'unknown' } };

/** Signs in to tenants; keeps one credential per tenant, and with it its tokens per resource. */
export interface SignIn {
  /** Never throws: every failure ends in one reason of the closed list. Ends when `signal` fires. */
  token(target: SignInTarget, resource: Resource, signal: AbortSignal): Promise<SignInResult>;
  /** Drops what is cached of a tenant: a role or consent that was just given is only in a new token. */
  forget(tenantId: string): void;
}

interface Entry {
  readonly credential: TokenCredential;
  readonly wire: WireRecord;
}

/** So many tenants' credentials are kept; each takes about 25 KB. */
const MOST_CREDENTIALS = 1000;
/** Milliseconds that one is kept after its last use: longer than its tokens live. */
const KEPT_FOR = 2 * 60 * 60_000;

/** Opens the sign-in for all tenants. Sends through `send`; asks nothing until the first token is needed. */
export function openSignIn(credential: CredentialSettings, endpoints: Endpoints, send: SendRequest): SignIn {
  const entries = new LRUCache<string, Entry>({ max: MOST_CREDENTIALS, ttl: KEPT_FOR, updateAgeOnGet: true });

  function entryOf({ id, cloud }: SignInTarget): Entry {
    const cached = entries.get(id);
    if (cached !== undefined) return cached;
    const wire: WireRecord = { status: null, fault: null };
    const made = makeCredential(credential, id, addressesOf(cloud, endpoints), carryIdentityRequests(send, wire));
    const entry = { credential: made, wire };
    keep(id, entry);
    return entry;
  }

  /** A sweep asks for every tenant in turn: of a larger fleet the oldest would always go just before it is asked for again, so those that came first stay. */
  function keep(id: string, entry: Entry): void {
    if (entries.size >= MOST_CREDENTIALS) entries.purgeStale();
    if (entries.size < MOST_CREDENTIALS) entries.set(id, entry);
  }

  return {
    async token(target, resource, signal) {
      const addresses = addressesOf(target.cloud, endpoints);
      const scope = resource === 'exchange' ? addresses.exchangeScope : addresses.graphScope;
      let wire: WireRecord | null = null;
      try {
        const entry = entryOf(target);
        wire = entry.wire;
        // The library does not always listen to the signal.
        const got = await raceAgainst(signal, entry.credential.getToken(scope, { abortSignal: signal }));
        if (got === null) throw new Error('sign-in gave no token');
        const refusal = examineToken(got.token, target, resource, credential);
        if (refusal === null) return { ok: true, token: got.token };
        entries.delete(target.id);
        return { ok: false, finding: refusal };
      } catch (error) {
        // A throttled or failed answer stays in the library's cache; a new credential asks anew.
        entries.delete(target.id);
        return { ok: false, finding: explain(error, wire, signal, credential) };
      }
    },
    forget: (tenantId) => void entries.delete(tenantId),
  };
}

type Unknown = Finding & { verdict: 'unknown' };

function explain(
  error: unknown,
  wire: WireRecord | null,
  signal: AbortSignal,
  credential: CredentialSettings,
): Unknown {
  if (signal.aborted) {
    const late = wire?.status === 429 ? 'throttled' : 'network';
    return unknown(late, 'sign-in took longer than the time for this tenant') as Unknown;
  }
  const message = error instanceof Error ? error.message : String(error);
  const own = error instanceof OwnCredentialError || message.startsWith('the managed identity gave no token');
  const noCertificate = credential.kind === 'certificate' && wire?.status === null && wire.fault === null;
  return classifySignInFailure({
    message,
    ours: own || credential.kind === 'managed-identity' || noCertificate,
    status: wire?.status ?? null,
    networkFault: wire?.fault ?? null,
  }) as Unknown;
}

/**
 * A token can be issued without any role and is refused later (sheet, section 1); a managed identity's token is always for
 * its own tenant. Tokens that cannot be read are left to the service to judge.
 */
function examineToken(
  token: string,
  target: SignInTarget,
  resource: Resource,
  credential: CredentialSettings,
): Unknown | null {
  const claims = readClaims(token);
  if (claims === null) return null;
  if (credential.kind === 'managed-identity' && claims.tid !== undefined && claims.tid !== target.id) {
    return unknown(
      'consent-missing',
      'a managed identity can read only its own tenant; use DSW_CREDENTIAL=federated-identity for others',
    ) as Unknown;
  }
  const roles = Array.isArray(claims.roles) ? claims.roles : [];
  if (claims.aud === undefined || roles.length > 0) return null;
  const need = resource === 'exchange' ? 'Exchange.ManageAsApp' : 'any Graph permission';
  return unknown('role-missing', `the token carries no roles: ${need} was not consented to in this tenant`) as Unknown;
}

function readClaims(token: string): Record<string, unknown> | null {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
