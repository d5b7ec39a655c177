import { readFileSync } from 'node:fs';

/** A published type, as the Bicep compiler knows it: a key of `types`, or a simple type written in place. */
export type TypeExpression =
  | { readonly ref: string; readonly type?: never }
  | {
      readonly ref?: never;
      readonly type: 'string' | 'int' | 'bool' | 'any' | 'enum' | 'array';
      readonly values?: readonly string[];
      /** Of an enum: the service may take more values than are listed. */
      readonly open?: boolean;
      readonly items?: TypeExpression;
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly minValue?: number;
      readonly maxValue?: number;
      readonly pattern?: string;
    };

export type PropertyType = TypeExpression & { readonly required?: boolean; readonly readOnly?: boolean };

export type ObjectType =
  | {
      readonly type: 'object';
      readonly properties: Readonly<Record<string, PropertyType>>;
      readonly additionalProperties?: TypeExpression;
    }
  | {
      readonly type: 'discriminated';
      readonly discriminator: string;
      readonly variants: Readonly<Record<string, string>>;
    };

interface TypesFile {
  readonly documentedButUntyped: readonly {
    readonly resource: string;
    readonly path: string;
    readonly shape: { readonly properties: Readonly<Record<string, PropertyType>> };
  }[];
  readonly resources: Readonly<
    Record<string, Readonly<Record<string, { readonly body: string; readonly scopes: readonly string[] }>>>
  >;
  readonly types: Readonly<Record<string, ObjectType>>;
}

/** The published types of every resource type and api-version that `infra/` may use. */
export interface ResourceTypes {
  /** The body of a resource type; null when that type or version is not pinned here. */
  body(type: string, version: string): TypeExpression | null;
  scopes(type: string, version: string): readonly string[];
  versions(type: string): readonly string[];
  object(ref: string): ObjectType;
  /** A property that Azure documents but the published types lack; null when there is none at that path. */
  documented(type: string, path: string): ObjectType | null;
}

const FILES = ['test/fixtures/schemas/bicep-types.json', 'test/fixtures/schemas/graph-bicep-types.json'];

/** Reads the published types from the fixtures, whose heads name their source and licence. */
export function readResourceTypes(): ResourceTypes {
  const files = FILES.map((path): TypesFile => JSON.parse(readFileSync(path, 'utf8')));
  const resources = Object.assign({}, ...files.map((file) => file.resources)) as TypesFile['resources'];
  const types = Object.assign({}, ...files.map((file) => file.types)) as TypesFile['types'];
  const untyped = files.flatMap((file) => file.documentedButUntyped);
  return {
    body(type, version) {
      const known = resources[type]?.[version];
      return known === undefined ? null : { ref: known.body };
    },
    scopes: (type, version) => resources[type]?.[version]?.scopes ?? [],
    versions: (type) => Object.keys(resources[type] ?? {}),
    object(ref) {
      const found = types[ref];
      if (found === undefined) throw new Error(`the published types have no "${ref}"`);
      return found;
    },
    documented(type, path) {
      const found = untyped.find((one) => one.resource === type && one.path === path);
      return found === undefined ? null : { type: 'object', properties: found.shape.properties };
    },
  };
}
