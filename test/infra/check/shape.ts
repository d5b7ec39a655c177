import type { ObjectType, ResourceTypes, TypeExpression } from './resource-types.ts';

/** What is known of an expression's value without running it. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'null' }
  /** `values`: all that it can be, when that is known. */
  | {
      readonly kind: 'text';
      readonly values: readonly string[] | null;
      readonly least?: number;
      readonly most?: number;
    }
  | {
      readonly kind: 'number';
      readonly values: readonly number[] | null;
      readonly least?: number;
      readonly most?: number;
    }
  | { readonly kind: 'boolean'; readonly values: readonly boolean[] | null }
  | { readonly kind: 'array'; readonly item: Shape; readonly count: number | null }
  /** `open`: what further properties look like; null when there are no others. */
  | { readonly kind: 'object'; readonly properties: ReadonlyMap<string, Entry>; readonly open: Shape | null }
  | { readonly kind: 'union'; readonly options: readonly Shape[] }
  /** A resource or a part of one, as the published types describe it. */
  | { readonly kind: 'published'; readonly type: ObjectType };

export interface Entry {
  readonly shape: Shape;
  readonly required: boolean;
  readonly line: number;
}

export const ANY: Shape = { kind: 'any' };
export const TEXT: Shape = { kind: 'text', values: null };
export const NUMBER: Shape = { kind: 'number', values: null };
export const BOOLEAN: Shape = { kind: 'boolean', values: null };

/** An object with exactly these properties, all there. */
export function objectOf(properties: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(properties).map(
    ([name, shape]) => [name, { shape, required: true, line: 0 }] as const,
  );
  return { kind: 'object', properties: new Map(entries), open: null };
}

/** One of several shapes; equal simple ones are merged, so that `'a'` or `'b'` is a text with two values. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const options = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.options : [shape]));
  if (options.some((option) => option.kind === 'any')) return ANY;
  const merged: Shape[] = [];
  for (const option of options) {
    const at = merged.findIndex(
      (one) => one.kind === option.kind && (one.kind === 'text' || one.kind === 'number' || one.kind === 'null'),
    );
    const known = merged[at];
    if (known === undefined) merged.push(option);
    else merged[at] = mergeValues(known, option);
  }
  const [only] = merged;
  return merged.length === 1 && only !== undefined ? only : { kind: 'union', options: merged };
}

function mergeValues(one: Shape, other: Shape): Shape {
  if (one.kind === 'text' && other.kind === 'text') {
    return { kind: 'text', values: one.values && other.values ? [...new Set([...one.values, ...other.values])] : null };
  }
  if (one.kind === 'number' && other.kind === 'number') {
    return {
      kind: 'number',
      values: one.values && other.values ? [...new Set([...one.values, ...other.values])] : null,
    };
  }
  return one;
}

/** What one element of an array is. */
export function itemOf(shape: Shape): Shape {
  if (shape.kind === 'array') return shape.item;
  if (shape.kind !== 'union') return ANY;
  const items = shape.options.filter((option) => option.kind === 'array' && option.count !== 0).map(itemOf);
  return items.length === 0 ? ANY : unionOf(items);
}

/** The shape of a value that a published type describes. */
export function shapeOfType(type: TypeExpression, types: ResourceTypes): Shape {
  if (type.ref !== undefined) return { kind: 'published', type: types.object(type.ref) };
  switch (type.type) {
    case 'string':
      return TEXT;
    case 'enum':
      return { kind: 'text', values: type.open ? null : (type.values ?? null) };
    case 'int':
      return NUMBER;
    case 'bool':
      return BOOLEAN;
    case 'any':
      return ANY;
    case 'array':
      return { kind: 'array', item: type.items === undefined ? ANY : shapeOfType(type.items, types), count: null };
  }
}

/** The shape of a property; null when no value of this shape has it. */
export function memberOf(shape: Shape, name: string, types: ResourceTypes): Shape | null {
  switch (shape.kind) {
    case 'any':
      return ANY;
    case 'object':
      return shape.properties.get(name)?.shape ?? shape.open;
    case 'published': {
      if (shape.type.type === 'discriminated') return ANY;
      const type = shape.type.properties[name] ?? shape.type.additionalProperties;
      return type === undefined ? null : shapeOfType(type, types);
    }
    case 'union': {
      const members = shape.options.map((option) => memberOf(option, name, types));
      return members.some((member) => member === null) ? null : unionOf(members.filter((member) => member !== null));
    }
    default:
      return null;
  }
}

/** Objects merged as the function union() does: the later wins, nested objects are merged. */
export function mergeObjects(shapes: readonly Shape[]): Shape {
  return shapes.reduce((before, after) => {
    if (after.kind === 'union') return unionOfMerged(before, after.options);
    if (before.kind !== 'object' || after.kind !== 'object') return ANY;
    const properties = new Map(before.properties);
    for (const [name, entry] of after.properties) {
      const earlier = before.properties.get(name);
      properties.set(name, { ...entry, required: entry.required || (earlier?.required ?? false) });
    }
    return { kind: 'object', properties, open: before.open ?? after.open };
  });
}

/** Merging with one of several: a property that only some of them have may be missing. */
function unionOfMerged(before: Shape, options: readonly Shape[]): Shape {
  const merged = options.map((option) => mergeObjects([before, option]));
  const all = new Map<string, Entry>();
  for (const one of merged) {
    if (one.kind !== 'object') return ANY;
    for (const [name, entry] of one.properties) all.set(name, { ...entry, required: false });
  }
  for (const [name, entry] of all) {
    const everywhere = merged.every((one) => one.kind === 'object' && one.properties.get(name)?.required === true);
    all.set(name, { ...entry, required: everywhere });
  }
  const open = merged.map((one) => (one.kind === 'object' ? one.open : ANY)).find((one) => one !== null) ?? null;
  return { kind: 'object', properties: all, open };
}
