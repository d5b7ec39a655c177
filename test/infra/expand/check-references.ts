import type { Expanded } from './expand-template.ts';
import { leavesOf } from './render-expansion.ts';
import { Later, type Value } from './values.ts';

const WORKSPACE = /\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/;
const IDENTITY = /\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/;
const STORAGE = /\/Microsoft\.Storage\/storageAccounts\/[^/]+$/;
const VAULT = /\/Microsoft\.KeyVault\/vaults\/[^/]+$/;
const CLIENT_ID = /^<id-[^:]+: properties\.clientId>$/;

/** What a value must be, by the end of its path: the id of a resource of the right kind, or the right fact about it. */
const MEANT: readonly (readonly [path: RegExp, value: RegExp, what: string])[] = [
  [/^properties\.(workspaceId|WorkspaceResourceId|sourceId|scopes\[\d+\])$/, WORKSPACE, 'the id of the workspace'],
  [/(keyVaultReferenceIdentity|userAssignedIdentityResourceId)$/, IDENTITY, "the id of the app's identity"],
  [/^properties\.serverFarmId$/, /\/Microsoft\.Web\/serverfarms\/[^/]+$/, 'the id of the plan'],
  [/^properties\.virtualNetworkSubnetId$/, /\/virtualNetworks\/[^/]+\/subnets\/app$/, "the id of the app's subnet"],
  [/^properties\.subnet\.id$/, /\/virtualNetworks\/[^/]+\/subnets\/endpoints$/, "the id of the endpoints' subnet"],
  [/^properties\.virtualNetwork\.id$/, /\/Microsoft\.Network\/virtualNetworks\/[^/]+$/, 'the id of the network'],
  [
    /^properties\.actions\.actionGroups\[\d+\]$/,
    /\/Microsoft\.Insights\/actionGroups\/[^/]+$/,
    'the id of the action group',
  ],
  [
    /^properties\.(AzureWebJobsStorage__clientId|DSW_MANAGED_IDENTITY_CLIENT_ID)$/,
    CLIENT_ID,
    "the client id of the app's identity",
  ],
  [/^properties\.AzureWebJobsStorage__credential$/, /^managedidentity$/, 'managedidentity'],
  [
    /^properties\.APPLICATIONINSIGHTS_AUTHENTICATION_STRING$/,
    /^ClientId=<id-[^:]+: properties\.clientId>;Authorization=AAD$/,
    'the client id and AAD',
  ],
  [
    /^properties\.APPLICATIONINSIGHTS_CONNECTION_STRING$/,
    /^<appi-[^:]+: properties\.ConnectionString>$/,
    'the connection string of the component',
  ],
  [/^properties\.DSW_VAULT_URL$/, /^<kv[^:]*: properties\.vaultUri>$/, 'the address of the vault'],
  [
    /^properties\.DSW_LINK_SECRET$/,
    /^@Microsoft\.KeyVault\(SecretUri=<kv[^:]*: properties\.vaultUri>secrets\/dsw-link-secret\)$/,
    'the secret that set-secrets.sh makes',
  ],
];

const SERVICE_OF_GROUP: Readonly<Record<string, RegExp>> = {
  blob: STORAGE,
  queue: STORAGE,
  table: STORAGE,
  vault: VAULT,
};

/** Every id and fact that one resource has of another is one of the right kind. */
export function checkReferences(resources: readonly Expanded[]): string[] {
  const declared = new Set(resources.map((one) => one.id));
  return resources.flatMap((resource) => {
    const leaves = leavesOf(resource.body).map(([path, value]) => [path, textOf(value)] as const);
    const wrong = leaves.flatMap(([path, text]) => {
      const meant = MEANT.find(([at]) => at.test(path));
      return meant === undefined || text === '' || meant[1].test(text)
        ? []
        : [`${path} must be ${meant[2]}, not ${text}`];
    });
    const unknown = leaves
      .filter(
        ([path, text]) =>
          !path.endsWith('roleDefinitionId') && !path.includes('natGateway') && text.startsWith('/subscriptions/'),
      )
      .filter(([, text]) => !declared.has(text) && !text.includes('/subnets/'))
      .map(([path, text]) => `${path} names ${text}, which is not deployed`);
    return [...wrong, ...unknown, ...checkEndpoint(resource), ...checkRole(resource)].map(
      (one) => `${resource.id}: ${one}`,
    );
  });
}

function checkEndpoint({ type, id, body }: Expanded): string[] {
  const leaves = new Map(leavesOf(body).map(([path, value]) => [path, textOf(value)]));
  if (type.startsWith('Microsoft.Network/privateEndpoints@')) {
    const group = leaves.get('properties.privateLinkServiceConnections[0].properties.groupIds[0]') ?? '';
    const target = leaves.get('properties.privateLinkServiceConnections[0].properties.privateLinkServiceId') ?? '';
    return SERVICE_OF_GROUP[group]?.test(target) === true ? [] : [`${target} has no private link group "${group}"`];
  }
  if (!type.startsWith('Microsoft.Network/privateEndpoints/privateDnsZoneGroups@')) return [];
  const zone = leaves.get('properties.privateDnsZoneConfigs[0].properties.privateDnsZoneId') ?? '';
  const service = /-(\w+)\/privateDnsZoneGroups\//.exec(id)?.[1] ?? '';
  return zone.includes(`/privatelink.${service}`) ? [] : [`the endpoint of ${service} is not found under ${zone}`];
}

function checkRole({ type, body }: Expanded): string[] {
  if (!type.startsWith('Microsoft.Authorization/roleAssignments@')) return [];
  const leaves = new Map(leavesOf(body).map(([path, value]) => [path, textOf(value)]));
  const principal = leaves.get('properties.principalId') ?? '';
  const ofTheApp = /^<id-[^:]+: properties\.principalId>$/.test(principal);
  const asService = leaves.get('properties.principalType') === 'ServicePrincipal';
  const definition = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/;
  return [
    ...(ofTheApp
      ? asService
        ? []
        : ['the identity is a ServicePrincipal']
      : /^[0-9a-f-]{36}$/.test(principal)
        ? []
        : [`${principal} is no object id`]),
    ...(definition.test(leaves.get('properties.roleDefinitionId') ?? '')
      ? []
      : ['properties.roleDefinitionId is not the id of a role']),
  ];
}

const textOf = (value: Value): string =>
  value instanceof Later ? value.toJSON() : typeof value === 'string' ? value : '';
