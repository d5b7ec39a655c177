import { readDeployedTenants } from '../../../shared/adapters/config/read-tenants-file.ts';
import { readSettings } from '../../../shared/adapters/config/settings.ts';
import type { Expanded } from './expand-template.ts';
import { isMembers, Later, type Value } from './values.ts';

const GUID = '00000000-0000-4000-8000-00000000000c';

/** The app takes every setting that a deployment gives it, the tenants file included. */
export function checkAppSettings(resources: readonly Expanded[]): string[] {
  const config = resources.find((one) => one.type.startsWith('Microsoft.Web/sites/config@'));
  const given = config?.body.properties;
  if (!isMembers(given) || config?.id.endsWith('/config/appsettings') !== true) return ['the app gets no settings'];
  const noText = Object.entries(given)
    .filter(([, value]) => typeof value !== 'string' && !(value instanceof Later))
    .map(([name]) => `${name} must be a text`);
  const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asDeployed(name, value)]));
  try {
    const { tenants } = readSettings(environment);
    if (tenants !== null) readDeployedTenants(tenants);
    return noText;
  } catch (error) {
    return [...noText, (error as Error).message];
  }
}

/** What the running app would see in place of what is known only once it is deployed. */
function asDeployed(name: string, value: Value): string {
  const text = value instanceof Later ? value.toJSON() : String(value);
  if (name === 'DSW_LINK_SECRET') return '0'.repeat(64);
  return text
    .replace(/<[^>]+\.clientId>/, GUID)
    .replace(/^<[^>]+vaultUri>$/, 'https://kv.vault.azure.net/')
    .replace(/^<[^>]+ConnectionString>$/, `InstrumentationKey=${GUID}`);
}
