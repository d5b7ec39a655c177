import { openScope } from './check-templates.ts';
import { inferShape } from './infer-shape.ts';
import type { Infra } from './infra.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Shape } from './shape.ts';
import { type Problem, propertyOf } from './template.ts';

/** One setting that the app reads. */
interface SettingLike {
  readonly name: string;
  readonly secret: boolean;
}

/** Read by the Functions host, not by the app. */
const OF_THE_HOST = new Set(['AzureWebJobsStorage__credential']);

/** Settings that no deployment sets, and why the app is right without them. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  AzureWebJobsStorage: 'a connection string has a key; in Azure the identity is used',
  DSW_CLIENT_SECRET: 'a stored secret; in Azure the identity is used',
  DSW_CLIENT_CERTIFICATE_PATH: 'a stored key; in Azure the identity is used',
  AZURE_AUTHORITY_HOST: 'by the cloud of each tenant',
  DSW_EXCHANGE_URL: 'by the cloud of each tenant',
  DSW_GRAPH_URL: 'by the cloud of each tenant',
  DSW_DNS_SERVERS: "the platform's own resolvers",
  DSW_TENANT_BUDGET: 'the default is measured',
  DSW_CONCURRENCY: 'of the command line; in Azure host.json decides',
};

/** What Flex Consumption refuses or ignores. */
const NOT_ON_FLEX =
  /^(FUNCTIONS_WORKER_RUNTIME|FUNCTIONS_EXTENSION_VERSION|WEBSITE_RUN_FROM_PACKAGE|WEBSITE_NODE_DEFAULT_VERSION|SCM_DO_BUILD_DURING_DEPLOYMENT|WEBSITE_CONTENT\w*|WEBSITE_TIME_ZONE|ENABLE_ORYX_BUILD)$/;

/** An address that is no credential, because local authentication is off (checked by the baseline). */
const ADDRESSES = new Set(['APPLICATIONINSIGHTS_CONNECTION_STRING']);

const KEY_VAULT_REFERENCE = /^@Microsoft\.KeyVault\(SecretUri=/;

/** Both directions: what is set is read, what is read is set or left out for a reason; secrets only by reference. */
export function checkSettings(infra: Infra, types: ResourceTypes, settings: readonly SettingLike[]): Problem[] {
  const file = 'modules/functionapp.bicep';
  const set = settingsSet(infra, types);
  const known = new Map(settings.map((one) => [one.name, one]));
  const problem = (line: number, message: string): Problem => ({ file, line, message });
  const notRead = [...set].flatMap(([name, { line }]) => {
    if (NOT_ON_FLEX.test(name)) return [problem(line, `${name} must not be set on Flex Consumption`)];
    return known.has(name) || OF_THE_HOST.has(name) ? [] : [problem(line, `${name} is set, but nothing reads it`)];
  });
  const notSet = settings
    .filter(({ name }) => !set.has(name) && LEFT_OUT[name] === undefined)
    .map(({ name }) => problem(1, `${name} is read, but neither set nor left out for a reason`));
  const idle = Object.keys(LEFT_OUT)
    .filter((name) => set.has(name) || !known.has(name))
    .map((name) => problem(1, `${name} is listed as left out, but is set or not read`));
  const open = [...set]
    .filter(([name]) => known.get(name)?.secret === true && !ADDRESSES.has(name))
    .filter(([name, { text }]) => text === null || !KEY_VAULT_REFERENCE.test(text) || name === 'AzureWebJobsStorage')
    .map(([name, { line }]) => problem(line, `${name} is a secret: set it as a Key Vault reference`));
  return [...notRead, ...notSet, ...idle, ...open];
}

/** Name, line and (where it is written out) the beginning of every setting that a deployment can set. */
export function settingsSet(infra: Infra, types: ResourceTypes): Map<string, { line: number; text: string | null }> {
  const app = infra.templates.get('modules/functionapp.bicep');
  const main = infra.templates.get('main.bicep');
  const own = app?.resources.find((one) => one.type === 'Microsoft.Web/sites/config')?.body;
  const given = main?.variables.find((one) => one.name === 'appSettings')?.value;
  const properties = own === undefined ? null : propertyOf(own, 'properties');
  if (!app || !main || !properties || !given)
    throw new Error('the settings of the app are not where the check expects them');
  const all = new Map<string, { line: number; text: string | null }>();
  const collect = (shape: Shape) => {
    if (shape.kind !== 'object') throw new Error('the settings of the app are no object');
    for (const [name, entry] of shape.properties) all.set(name, { line: entry.line, text: null });
  };
  collect(inferShape(properties, openScope(infra, types, app).scope));
  collect(inferShape(given, openScope(infra, types, main).scope));
  const written =
    properties.kind === 'call' ? properties.args.flatMap((one) => (one.kind === 'object' ? one.properties : [])) : [];
  for (const { name, value, line } of written) {
    const [first] = value.kind === 'text' ? value.parts : [];
    if (name !== null) all.set(name, { line, text: typeof first === 'string' ? first : null });
  }
  return all;
}
