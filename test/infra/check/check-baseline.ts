import { openScope } from './check-templates.ts';
import { inferShape } from './infer-shape.ts';
import type { Infra } from './infra.ts';
import type { ResourceTypes } from './resource-types.ts';
import { memberOf, type Shape } from './shape.ts';
import { bodyOf, type Problem } from './template.ts';

type Value = string | boolean;

/** What every resource of a type must say: path and value. Each line is a rule of the deployment's security. */
export const BASELINE: readonly (readonly [type: string, path: string, value: Value])[] = [
  ['Microsoft.Storage/storageAccounts', 'properties.allowSharedKeyAccess', false],
  ['Microsoft.Storage/storageAccounts', 'properties.allowBlobPublicAccess', false],
  ['Microsoft.Storage/storageAccounts', 'properties.allowCrossTenantReplication', false],
  ['Microsoft.Storage/storageAccounts', 'properties.defaultToOAuthAuthentication', true],
  ['Microsoft.Storage/storageAccounts', 'properties.isLocalUserEnabled', false],
  ['Microsoft.Storage/storageAccounts', 'properties.minimumTlsVersion', 'TLS1_2'],
  ['Microsoft.Storage/storageAccounts', 'properties.supportsHttpsTrafficOnly', true],
  ['Microsoft.Storage/storageAccounts/blobServices/containers', 'properties.publicAccess', 'None'],
  ['Microsoft.KeyVault/vaults', 'properties.enableRbacAuthorization', true],
  ['Microsoft.KeyVault/vaults', 'properties.enablePurgeProtection', true],
  ['Microsoft.KeyVault/vaults', 'properties.enableSoftDelete', true],
  ['Microsoft.Insights/components', 'properties.DisableLocalAuth', true],
  ['Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', true],
  ['Microsoft.Web/sites', 'identity.type', 'UserAssigned'],
  ['Microsoft.Web/sites', 'properties.httpsOnly', true],
  ['Microsoft.Web/sites', 'properties.siteConfig.minTlsVersion', '1.2'],
  ['Microsoft.Web/sites', 'properties.siteConfig.scmMinTlsVersion', '1.2'],
  ['Microsoft.Web/sites', 'properties.siteConfig.ftpsState', 'Disabled'],
  [
    'Microsoft.Web/sites',
    'properties.functionAppConfig.deployment.storage.authentication.type',
    'UserAssignedIdentity',
  ],
  ['Microsoft.Web/sites/basicPublishingCredentialsPolicies', 'properties.allow', false],
  ['Microsoft.Graph/applications', 'signInAudience', 'AzureADMultipleOrgs'],
  ['Microsoft.Graph/applications', 'servicePrincipalLockConfiguration.isEnabled', true],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.enabled', true],
  ['Microsoft.Insights/scheduledQueryRules', 'properties.autoMitigate', true],
];

/** How many resources of a type there must at least be, so that leaving one out is noticed. */
const AT_LEAST: Readonly<Record<string, number>> = {
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': 2,
  'Microsoft.Insights/diagnosticSettings': 5,
  'Microsoft.Authorization/locks': 2,
};

/** Every resource keeps the security baseline, whatever the parameters are. */
export function checkBaseline(infra: Infra, types: ResourceTypes): Problem[] {
  const all = [...infra.templates.values()].flatMap((template) =>
    template.resources.filter((one) => !one.existing).map((resource) => ({ template, resource })),
  );
  const values = BASELINE.flatMap(([type, path, value]) => {
    const found = all.filter(({ resource }) => resource.type === type);
    if (found.length === 0) return [{ file: 'main.bicep', line: 1, message: `there is no ${type}` }];
    return found.flatMap(({ template, resource }) => {
      const { scope } = openScope(infra, types, template);
      const shape = inferShape(bodyOf(resource.body), { ...scope, report: () => undefined });
      return isExactly(follow(shape, path, types), value)
        ? []
        : [{ file: template.path, line: resource.line, message: `${type}: ${path} must be ${value}` }];
    });
  });
  const missing = Object.entries(AT_LEAST)
    .filter(([type, count]) => all.filter(({ resource }) => resource.type === type).length < count)
    .map(([type, count]) => ({ file: 'main.bicep', line: 1, message: `there must be at least ${count} ${type}` }));
  return [...values, ...missing];
}

function follow(shape: Shape, path: string, types: ResourceTypes): Shape | null {
  return path.split('.').reduce<Shape | null>((at, name) => (at === null ? null : memberOf(at, name, types)), shape);
}

function isExactly(shape: Shape | null, value: Value): boolean {
  if (shape?.kind !== 'text' && shape?.kind !== 'boolean') return false;
  const values: readonly Value[] = shape.values ?? [];
  return values.length === 1 && values[0] === value;
}
