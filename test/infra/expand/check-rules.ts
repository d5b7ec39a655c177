import type { Expanded } from './expand-template.ts';
import { leavesOf } from './render-expansion.ts';
import type { Value } from './values.ts';

/** Azure's forms of names, by resource type. */
const NAMES: Readonly<Record<string, RegExp>> = {
  'Microsoft.Storage/storageAccounts': /^[a-z0-9]{3,24}$/,
  'Microsoft.Storage/storageAccounts/blobServices/containers': /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  'Microsoft.Storage/storageAccounts/queueServices/queues': /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  'Microsoft.Storage/storageAccounts/tableServices/tables': /^[A-Za-z][A-Za-z0-9]{2,62}$/,
  'Microsoft.KeyVault/vaults': /^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
  'Microsoft.Insights/workbooks': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'Microsoft.Authorization/roleAssignments': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'Microsoft.Web/sites': /^[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]$/,
};

/** Values that a resource of a type must have, or one of them; a path may be a pattern with `[]` for any index. */
const VALUES: readonly (readonly [type: string, path: string, ...values: Value[]])[] = [
  ['Microsoft.Web/serverfarms', 'sku.name', 'FC1'],
  ['Microsoft.Web/serverfarms', 'sku.tier', 'FlexConsumption'],
  ['Microsoft.Web/serverfarms', 'properties.reserved', true],
  ['Microsoft.Web/sites', 'kind', 'functionapp,linux'],
  ['Microsoft.Web/sites', 'tags.azd-service-name', 'app'],
  ['Microsoft.Web/sites', 'properties.functionAppConfig.runtime.name', 'node'],
  ['Microsoft.Web/sites', 'properties.functionAppConfig.runtime.version', '24'],
  ['Microsoft.Storage/storageAccounts', 'properties.networkAcls.bypass', 'None'],
  ['Microsoft.Storage/storageAccounts/blobServices', 'properties.deleteRetentionPolicy.enabled', true],
  ['Microsoft.KeyVault/vaults', 'properties.softDeleteRetentionInDays', 90],
  ['Microsoft.KeyVault/vaults', 'properties.networkAcls.bypass', 'None'],
  ['Microsoft.Authorization/locks', 'properties.level', 'CanNotDelete'],
  ['Microsoft.Insights/components', 'kind', 'web'],
  ['Microsoft.Insights/actionGroups', 'location', 'global'],
  ['Microsoft.Insights/actionGroups', 'properties.enabled', true],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.severity', 0, 1, 2],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.evaluationFrequency', 'PT15M'],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.criteria.allOf[0].timeAggregation', 'Count'],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.criteria.allOf[0].operator', 'GreaterThan'],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.criteria.allOf[0].threshold', 0],
  [
    'Microsoft.Insights/scheduledQueryRules',
    'properties.criteria.allOf[0].failingPeriods.numberOfEvaluationPeriods',
    1,
  ],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.criteria.allOf[0].failingPeriods.minFailingPeriodsToAlert', 1],
  [
    'Microsoft.Network/virtualNetworks',
    'properties.subnets[0].properties.delegations[0].properties.serviceName',
    'Microsoft.App/environments',
  ],
];

/** What can be logged, by the service that is looked at. */
const CATEGORIES: readonly (readonly [scope: RegExp, categories: RegExp])[] = [
  [/\/Microsoft\.Web\/sites\/[^/]+$/, /^FunctionAppLogs$/],
  [/\/Microsoft\.KeyVault\/vaults\/[^/]+$/, /^AuditEvent$/],
  [/\/storageAccounts\/[^/]+\/\w+Services\/default$/, /^(Storage(Read|Write|Delete)|Transaction)$/],
];

/** Rules that every deployment keeps, whatever its parameters are. */
export function checkRules(resources: readonly Expanded[]): string[] {
  const ids = resources.filter((one) => one.type !== 'module').map((one) => one.id.toLowerCase());
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is deployed twice`);
  const each = resources.flatMap((resource) => {
    const leaves = new Map(leavesOf(resource.body));
    const type = resource.type.split('@')[0] ?? '';
    const name = resource.id.split('/').at(-1) ?? '';
    const values = VALUES.filter(([of, path, ...right]) => of === type && !right.includes(leaves.get(path) ?? null));
    return [
      ...(NAMES[type]?.test(name) === false ? ['the name is not one that Azure takes'] : []),
      ...values.map(([, path, ...right]) => `${path} must be ${right.join(' or ')}, not ${leaves.get(path)}`),
      ...(type === 'Microsoft.Insights/diagnosticSettings' ? checkDiagnostics(resource.id, leaves) : []),
    ].map((problem) => `${resource.id}: ${problem}`);
  });
  return [...twice, ...each];
}

function checkDiagnostics(id: string, leaves: ReadonlyMap<string, Value>): string[] {
  const scope = id.slice(0, id.indexOf('/providers/Microsoft.Insights/'));
  const known = CATEGORIES.find(([of]) => of.test(scope))?.[1] ?? /^$/;
  return [...leaves].flatMap(([path, value]) => {
    if (path.endsWith('.category') && !known.test(String(value))) return [`there is no category ${value}`];
    return path.endsWith('.enabled') && value !== true ? [`${path} must be true`] : [];
  });
}

/** With a private network, nothing that holds data answers on the internet, and each service has its endpoint. */
export function checkPrivate(resources: readonly Expanded[]): string[] {
  const holding = resources.filter((one) => /^Microsoft\.(Storage\/storageAccounts|KeyVault\/vaults)@/.test(one.type));
  const open = holding.flatMap(({ id, body }) => {
    const leaves = new Map(leavesOf(body));
    const closed =
      leaves.get('properties.publicNetworkAccess') === 'Disabled' &&
      leaves.get('properties.networkAcls.defaultAction') === 'Deny';
    return closed ? [] : [`${id} is open to the internet`];
  });
  const groups = resources
    .filter((one) => one.type.startsWith('Microsoft.Network/privateEndpoints@'))
    .map((one) =>
      new Map(leavesOf(one.body)).get('properties.privateLinkServiceConnections[0].properties.groupIds[0]'),
    );
  const missing = ['blob', 'queue', 'table', 'vault'].filter((group) => !groups.includes(group));
  const site = resources.find((one) => one.type.startsWith('Microsoft.Web/sites@'));
  const joined = typeof new Map(leavesOf(site?.body ?? null)).get('properties.virtualNetworkSubnetId') === 'string';
  return [
    ...open,
    ...missing.map((group) => `${group} has no private endpoint`),
    ...(joined ? [] : ['the app is not in the network']),
  ];
}
