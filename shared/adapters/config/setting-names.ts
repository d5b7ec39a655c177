/** One setting: what it is called and what a value looks like. `secret` values are never shown. */
export interface SettingDescription {
  readonly name: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly example: string;
}

const describe = (name: string, example: string, options: { secret?: boolean; required?: boolean } = {}) =>
  ({
    name,
    example,
    secret: options.secret ?? false,
    required: options.required ?? false,
  }) satisfies SettingDescription;

/** Every setting the program reads; the deployment's templates are checked against this list in both directions. */
export const SETTINGS = [
  describe('AzureWebJobsStorage', 'UseDevelopmentStorage=true', { secret: true }),
  describe('AzureWebJobsStorage__accountName', 'stdswcontoso'),
  describe('AzureWebJobsStorage__clientId', '00000000-0000-0000-0000-000000000000'),
  describe('DSW_CREDENTIAL', 'federated-identity'),
  describe('DSW_CLIENT_ID', '00000000-0000-0000-0000-000000000000'),
  describe('DSW_HOME_TENANT_ID', '00000000-0000-0000-0000-000000000000'),
  describe('DSW_MANAGED_IDENTITY_CLIENT_ID', '00000000-0000-0000-0000-000000000000'),
  describe('DSW_CLIENT_SECRET', 'the value that the portal showed once', { secret: true }),
  describe('DSW_CLIENT_CERTIFICATE_PATH', '/secrets/dsw.pem'),
  describe('AZURE_AUTHORITY_HOST', 'https://login.microsoftonline.com'),
  describe('DSW_EXCHANGE_URL', 'https://outlook.office365.com'),
  describe('DSW_GRAPH_URL', 'https://graph.microsoft.com'),
  describe('DSW_DNS_SERVERS', '192.0.2.53,192.0.2.54:5353'),
  describe('DSW_WEBHOOK_HOSTS', 'hooks.example.com,siem.example.com:8443'),
  describe('DSW_CHECK_SCHEDULE', '0 */15 * * * *'),
  describe('DSW_TRAFFIC_EVERY', '6h'),
  describe('DSW_BLIND_AFTER', '6h'),
  describe('DSW_GROUP_WAIT', '60s'),
  describe('DSW_HISTORY_DAYS', '2555'),
  describe('DSW_HEARTBEAT', 'weekly'),
  describe('DSW_TENANT_BUDGET', '40s'),
  describe('DSW_CONCURRENCY', '32'),
  describe('DSW_TENANTS', '{"tenants":[…]} or a path'),
  describe('DSW_PUBLIC_URL', 'https://func-dsw-contoso.azurewebsites.net'),
  describe('DSW_LINK_SECRET', '32 or more random characters', { secret: true }),
  describe('DSW_RUNBOOK_URL', 'https://wiki.example.com/dsw'),
  describe('DSW_VAULT_URL', 'https://kv-dsw-contoso.vault.azure.net'),
  describe('DSW_STORE_SAMPLES', 'true'),
  describe('APPLICATIONINSIGHTS_CONNECTION_STRING', 'InstrumentationKey=…;IngestionEndpoint=https://…', {
    secret: true,
  }),
  describe('APPLICATIONINSIGHTS_AUTHENTICATION_STRING', 'ClientId=…;Authorization=AAD'),
] as const;

export type SettingName = (typeof SETTINGS)[number]['name'];
