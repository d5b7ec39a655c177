import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { CredentialSettings } from '../config/settings.ts';
import { type CloudAddresses, isMicrosoftAuthority } from './clouds.ts';
import type { carryIdentityRequests } from './identity-transport.ts';

/** Marks a fault of our own credential, which the identity library would not tell from the tenant's. */
export class OwnCredentialError extends Error {
  override readonly name = 'OwnCredentialError';
}

/** Makes the credential for one tenant, as the settings say (design, section 8). */
export function makeCredential(
  settings: CredentialSettings,
  tenantId: string,
  addresses: CloudAddresses,
  httpClient: ReturnType<typeof carryIdentityRequests>,
): TokenCredential {
  const options = {
    httpClient,
    authorityHost: addresses.authority,
    disableInstanceDiscovery: !isMicrosoftAuthority(addresses.authority),
    retryOptions: { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 4000 },
  };
  switch (settings.kind) {
    case 'secret':
      return new ClientSecretCredential(tenantId, settings.clientId, settings.clientSecret, options);
    case 'certificate':
      return new ClientCertificateCredential(
        tenantId,
        settings.clientId,
        { certificatePath: settings.certificatePath },
        options,
      );
    case 'managed-identity':
      return managedIdentity(settings.managedIdentityClientId, httpClient);
    case 'federated-identity': {
      const identity = managedIdentity(settings.managedIdentityClientId, httpClient);
      const assert = async () => {
        try {
          return (await identity.getToken(addresses.exchangeAudience)).token;
        } catch (error) {
          const text = error instanceof Error ? error.message : String(error);
          throw new OwnCredentialError(`the managed identity gave no token: ${text}`);
        }
      };
      return new ClientAssertionCredential(tenantId, settings.clientId, assert, options);
    }
  }
}

function managedIdentity(clientId: string | null, httpClient: ReturnType<typeof carryIdentityRequests>) {
  const options = { httpClient, retryOptions: { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 4000 } };
  return clientId === null
    ? new ManagedIdentityCredential(options)
    : new ManagedIdentityCredential({ ...options, clientId });
}
