import { ANY, BOOLEAN, NUMBER, objectOf, type Shape, TEXT } from './shape.ts';

/** What a built-in function takes (fewest and most arguments) and gives, when that does not depend on the arguments. */
interface BuiltIn {
  readonly arguments: readonly [least: number, most: number];
  readonly gives: Shape;
}

const MANY = Number.POSITIVE_INFINITY;
const text = (least: number, most = least): BuiltIn => ({ arguments: [least, most], gives: TEXT });

/** The built-in functions that the templates use. A name that is missing here is reported, so a slip cannot pass as a call. */
export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  cidrSubnet: text(3),
  guid: text(1, MANY),
  join: text(2),
  loadTextContent: text(1, 2),
  replace: text(3),
  string: text(1),
  subscriptionResourceId: text(2, MANY),
  take: text(2),
  toLower: text(1),
  uniqueString: text(1, MANY),
  any: { arguments: [1, 1], gives: ANY },
  contains: { arguments: [2, 2], gives: BOOLEAN },
  empty: { arguments: [1, 1], gives: BOOLEAN },
  length: { arguments: [1, 1], gives: NUMBER },
  loadJsonContent: { arguments: [1, 3], gives: ANY },
  resourceGroup: { arguments: [0, 0], gives: objectOf({ id: TEXT, name: TEXT, location: TEXT }) },
  subscription: {
    arguments: [0, 0],
    gives: objectOf({ id: TEXT, subscriptionId: TEXT, tenantId: TEXT, displayName: TEXT }),
  },
  tenant: { arguments: [0, 0], gives: objectOf({ tenantId: TEXT }) },
  environment: {
    arguments: [0, 0],
    gives: objectOf({
      name: TEXT,
      authentication: objectOf({ loginEndpoint: TEXT, audiences: { kind: 'array', item: TEXT, count: null } }),
      suffixes: objectOf({ storage: TEXT, keyvaultDns: TEXT }),
      resourceManager: TEXT,
    }),
  },
};

/** Functions whose result depends on their arguments, with the fewest and most of them. */
export const DEPENDENT: Readonly<Record<string, readonly [least: number, most: number]>> = {
  filter: [2, 2],
  map: [2, 2],
  union: [2, MANY],
};

/** Functions that give keys and secrets; no template may call one. */
export const GIVES_SECRETS = /^(list\w*|getSecret)$/;
