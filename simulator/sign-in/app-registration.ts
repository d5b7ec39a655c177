import { randomUUID } from 'node:crypto';

/** The multi-tenant app that signs in, as its home tenant knows it. Everything may be changed at run time. */
export interface AppRegistration {
  homeTenantId: string;
  clientId: string;
  /** Client secrets that are accepted. */
  secrets: string[];
  /** Registered certificates, PEM. */
  certificates: string[];
  /** The federated identity credential; null when none is set up. */
  federatedCredential: FederatedCredential | null;
}

/** Which token of which identity is accepted in place of a secret; compared exactly. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** The user-assigned identity that the simulated host offers. */
export interface HostIdentity {
  readonly clientId: string;
  readonly principalId: string;
}

/** The audience of tokens that stand in for a client secret. */
export const TOKEN_EXCHANGE = 'api://AzureADTokenExchange';

/** The issuer that Entra ID names in a managed identity's tokens for another app. */
export function federatedIssuer(tenantId: string): string {
  return `https://login.microsoftonline.com/${tenantId}/v2.0`;
}

const HOME_TENANT = '00000000-0000-4000-8000-000000000001';

/** A user-assigned identity. Its id is new each time, because sign-in libraries cache tokens by it for a whole process. */
export function createHostIdentity(): HostIdentity {
  return { clientId: randomUUID(), principalId: randomUUID() };
}

/** An app with one client secret and, as its federated credential, the host's identity. */
export function registerApp(secret: string, { principalId }: HostIdentity): AppRegistration {
  return {
    homeTenantId: HOME_TENANT,
    clientId: '00000000-0000-4000-8000-0000000000aa',
    secrets: [secret],
    certificates: [],
    federatedCredential: { issuer: federatedIssuer(HOME_TENANT), subject: principalId, audience: TOKEN_EXCHANGE },
  };
}
