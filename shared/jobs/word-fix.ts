import type { TrafficGap } from '../core/alerts/traffic-gap.ts';
import { wordsIn } from '../core/alerts/words/words.ts';
import type { Reason } from '../core/setting/reading.ts';

/** What a fix needs to be exact. */
export interface FixContext {
  readonly tenantId: string;
  readonly credential: 'federated-identity' | 'managed-identity' | 'certificate' | 'secret';
  readonly clientId: string | null;
  /** The address at which the customer's administrator consents; null for an identity, to which nobody consents. */
  readonly consentUrl: string | null;
}

/** What mends a tenant that cannot be read: in words, with the link or command where there is one. */
export function fixForReason(reason: Reason, context: FixContext): string {
  const fix = wordsIn('en').fix[reason];
  switch (reason) {
    case 'credential-rejected':
      return `${fix} ${renewal(context)}`;
    case 'consent-missing':
      return context.consentUrl === null ? fix : `${fix} Link: ${context.consentUrl}`;
    case 'role-missing':
      return `${fix} As a command, signed in to that tenant: ${grant(context)}`;
    case 'exchange-unavailable':
      return `${fix} As a command: dsw tenants remove ${context.tenantId}`;
    default:
      return fix;
  }
}

/** What opens a source of traffic or the audit log that needs the named permission. */
export function fixForGap(gap: TrafficGap, permission: string, context: FixContext): string {
  switch (gap) {
    case 'not-read':
      return '';
    case 'licence-missing':
      return 'Needs Defender for Office 365 Plan 2. Without it, traffic comes from spoof reports and message trace.';
    case 'permission-missing':
      return context.consentUrl === null
        ? `Grant ${permission}, signed in to that tenant: ${grant(context)}`
        : `Let the customer's administrator consent to ${permission}. Link: ${context.consentUrl}`;
    case 'provisioning':
      return 'Create the service principal of message trace: New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373. It takes up to 24 hours.';
    case 'quota':
      return 'The quota of this tenant is used up; try again in 15 minutes.';
    case 'service-error':
      return 'Look at the Microsoft 365 service health and try again.';
    case 'network':
      return 'Check DNS, proxy and firewall on the way to Microsoft Graph.';
    case 'not-supported':
      return 'Not offered in this cloud.';
  }
}

/** The storage account cannot be used: which right is missing, or where to look when it does not answer. */
export function fixForStorage(why: string): string {
  if (why.includes('az login'))
    return 'Install the Azure CLI and sign in: az login. Or set AzureWebJobsStorage to a connection string.';
  return /\b40[13]\b/.test(why)
    ? 'Give yourself the two roles on the account: az role assignment create --assignee YOU --scope STORAGE_ACCOUNT_ID --role "Storage Table Data Contributor", and the same with "Storage Queue Data Contributor". With a connection string, copy it again.'
    : 'Check the name in AzureWebJobsStorage__accountName (or the connection string), DNS, and whether the account is on a private network that this machine is not in. For the emulator: npx azurite.';
}

function grant({ credential, clientId }: FixContext): string {
  return credential === 'managed-identity'
    ? 'infra/identity/grant-tenant.sh --identity IDENTITY_PRINCIPAL_ID'
    : `infra/identity/grant-tenant.sh --app ${clientId}`;
}

const AT_A_DESK = 'A managed identity exists in Azure only; at a desk see "Look from outside" in docs/sign-in-app.md.';

function renewal({ credential, clientId }: FixContext): string {
  switch (credential) {
    case 'federated-identity':
      return `Trust the identity: infra/identity/create-app.sh --trust IDENTITY_PRINCIPAL_ID. ${AT_A_DESK}`;
    case 'managed-identity':
      return `Is it assigned: az functionapp identity show --resource-group GROUP --name FUNCTION_APP_NAME. ${AT_A_DESK}`;
    case 'certificate':
      return `As a command: az ad app credential reset --id ${clientId} --create-cert --append; then DSW_CLIENT_CERTIFICATE_PATH.`;
    case 'secret':
      return `As a command: az ad app credential reset --id ${clientId} --append; then DSW_CLIENT_SECRET.`;
  }
}
