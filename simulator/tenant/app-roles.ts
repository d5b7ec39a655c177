import type { Service } from './clouds.ts';

/** The application permissions that the simulated services know, by the service that they belong to. */
export const APP_ROLES = {
  'Exchange.ManageAsApp': 'exchange',
  'Exchange.ManageAsAppV2': 'exchange',
  'ThreatHunting.Read.All': 'graph',
  'ExchangeMessageTrace.Read.All': 'graph',
  'AuditLogsQuery-Exchange.Read.All': 'graph',
  'AuditLogsQuery.Read.All': 'graph',
  'Mail.Send': 'graph',
  'DelegatedAdminRelationship.Read.All': 'graph',
} as const satisfies Record<string, Service>;

export type AppRole = keyof typeof APP_ROLES;

/** What a watched tenant's administrator grants: everything that reads, nothing that sends mail. */
export const READING_ROLES: readonly AppRole[] = [
  'Exchange.ManageAsApp',
  'Exchange.ManageAsAppV2',
  'ThreatHunting.Read.All',
  'ExchangeMessageTrace.Read.All',
  'AuditLogsQuery-Exchange.Read.All',
];
