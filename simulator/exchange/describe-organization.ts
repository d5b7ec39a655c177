import { guidOf } from '../tenant/mail-row.ts';
import type { SimulatedTenant } from '../tenant/tenant.ts';

/** Get-OrganizationConfig: a few of its properties, with `RejectDirectSend` unless the tenant leaves it out. */
export function describeOrganization(tenant: SimulatedTenant): Record<string, unknown> {
  return {
    ...describeAnnouncedOrganization(tenant),
    'Guid@data.type': '#Guid',
    DisplayName: tenant.initialDomain,
    IsDehydrated: false,
    SmtpClientAuthenticationDisabled: true,
    // An undefined value is left out by JSON: the property is absent.
    RejectDirectSend: tenant.setting,
  };
}

/** The properties that the Admin API is announced to keep at its general availability. */
export function describeAnnouncedOrganization(tenant: SimulatedTenant): Record<string, unknown> {
  return {
    Name: tenant.initialDomain,
    Identity: tenant.initialDomain,
    Id: tenant.initialDomain,
    Guid: guidOf(`organization ${tenant.id}`),
    MailTipsAllTipsEnabled: true,
    MailTipsExternalRecipientsTipsEnabled: false,
    MailTipsLargeAudienceThreshold: 25,
  };
}
