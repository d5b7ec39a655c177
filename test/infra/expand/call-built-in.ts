import { createHash } from 'node:crypto';
import { isMembers, type Members, toText, type Value } from './values.ts';

/** Where a template is imagined to be deployed. */
export const PLACE = {
  subscription: '/subscriptions/00000000-0000-4000-8000-00000000000a',
  group: '/subscriptions/00000000-0000-4000-8000-00000000000a/resourceGroups/rg',
  location: 'westeurope',
  tenantId: '00000000-0000-4000-8000-00000000000b',
};

const digest = (parts: readonly Value[]) => createHash('sha256').update(JSON.stringify(parts)).digest();

/** Built-in functions that need nothing but their arguments. `uniqueString` and `guid` give stand-ins of the right form. */
const FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => Value>> = {
  any: (value = null) => value,
  cidrSubnet: (prefix, size, index) => subnetOf(toText(prefix ?? ''), Number(size), Number(index)),
  contains: (where = null, what = null) =>
    Array.isArray(where)
      ? where.includes(what)
      : isMembers(where)
        ? toText(what) in where
        : toText(where).includes(toText(what)),
  empty: (value = null) =>
    value === null || (typeof value === 'object' ? Object.keys(value).length === 0 : value === ''),
  environment: () => ({
    authentication: { loginEndpoint: 'https://login.microsoftonline.com/' },
    suffixes: { storage: 'core.windows.net', keyvaultDns: '.vault.azure.net' },
  }),
  guid: (...parts) =>
    digest(parts)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  join: (list, between) =>
    listOf(list)
      .map(toText)
      .join(toText(between ?? '')),
  length: (value) => (typeof value === 'string' ? value.length : listOf(value).length),
  replace: (text, find, by) => toText(text ?? '').replaceAll(toText(find ?? ''), toText(by ?? '')),
  resourceGroup: () => ({ id: PLACE.group, name: 'rg', location: PLACE.location }),
  // A boolean becomes True or False in Azure, which the app does not take.
  string: (value = null) => (isMembers(value) || Array.isArray(value) ? JSON.stringify(value) : toText(value)),
  subscriptionResourceId: (type, name) => `${PLACE.subscription}/providers/${toText(type ?? '')}/${toText(name ?? '')}`,
  take: (text, count) => toText(text ?? '').slice(0, Number(count)),
  tenant: () => ({ tenantId: PLACE.tenantId }),
  toLower: (text) => toText(text ?? '').toLowerCase(),
  union: (...parts) => parts.reduce<Value>((all, part) => merge(all, part), {}),
  uniqueString: (...parts) =>
    [...digest(parts).subarray(0, 13)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join(''),
};

/** Calls a built-in function. Throws on one that is not known here. */
export function callBuiltIn(name: string, args: readonly Value[]): Value {
  const found = FUNCTIONS[name];
  if (found === undefined) throw new Error(`the expansion does not know ${name}()`);
  return found(...args);
}

export function listOf(value: Value | undefined): readonly Value[] {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is no list`);
  return value;
}

function merge(one: Value, other: Value): Value {
  if (!isMembers(one) || !isMembers(other)) return other;
  const merged: Record<string, Value> = { ...one };
  for (const [name, value] of Object.entries(other)) merged[name] = merge(one[name] ?? null, value);
  return merged as Members;
}

function subnetOf(prefix: string, size: number, index: number): string {
  const [address = '', own = ''] = prefix.split('/');
  const block = 2 ** (32 - size);
  if (size < Number(own) || (index + 1) * block > 2 ** (32 - Number(own)))
    throw new Error(`${prefix} has no /${size} number ${index}`);
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + index * block;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${size}`;
}
