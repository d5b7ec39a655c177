import { nameOfKind } from './match-shape.ts';
import type { ObjectType, PropertyType, ResourceTypes, TypeExpression } from './resource-types.ts';
import type { Shape } from './shape.ts';

/** Where a value goes, and what to do with properties that the published type does not have. */
export interface Target {
  readonly types: ResourceTypes;
  report(line: number, message: string): void;
  /** True when the property is known to be missing from the published types and silenced for the compiler. */
  excuse(path: string, line: number, shape: Shape): boolean;
}

/** Reports every way in which a value differs from its published type, branch by branch. */
export function checkType(value: Shape, type: TypeExpression, path: string, line: number, target: Target): void {
  if (value.kind === 'any') return;
  if (value.kind === 'union') {
    for (const option of value.options) checkType(option, type, path, line, target);
    return;
  }
  if (type.ref !== undefined) {
    checkObjectType(value, target.types.object(type.ref), path, line, target);
    return;
  }
  switch (type.type) {
    case 'any':
      return;
    case 'array':
      if (value.kind !== 'array') target.report(line, `${path} must be an array, not ${nameOfKind(value)}`);
      else if (type.items !== undefined && value.count !== 0)
        checkType(value.item, type.items, `${path}[]`, line, target);
      return;
    case 'bool':
      if (value.kind !== 'boolean') target.report(line, `${path} must be a boolean, not ${nameOfKind(value)}`);
      return;
    case 'int':
      if (value.kind !== 'number') target.report(line, `${path} must be a number, not ${nameOfKind(value)}`);
      else checkNumbers(value, type, path, line, target);
      return;
    case 'string':
    case 'enum':
      if (value.kind !== 'text') target.report(line, `${path} must be a text, not ${nameOfKind(value)}`);
      else checkTexts(value.values, type, path, line, target);
  }
}

function checkNumbers(
  value: Shape & { kind: 'number' },
  type: { minValue?: number; maxValue?: number },
  path: string,
  line: number,
  target: Target,
): void {
  const all = [...(value.values ?? []), ...[value.least, value.most].filter((one) => one !== undefined)];
  for (const one of all) {
    if (type.minValue !== undefined && one < type.minValue)
      target.report(line, `${path} must be at least ${type.minValue}, not ${one}`);
    if (type.maxValue !== undefined && one > type.maxValue)
      target.report(line, `${path} must be at most ${type.maxValue}, not ${one}`);
  }
}

function checkTexts(
  values: readonly string[] | null,
  type: TypeExpression & { type: string },
  path: string,
  line: number,
  target: Target,
): void {
  if (type.type === 'enum' && values === null && !type.open) {
    target.report(line, `${path} may be ${type.values?.join(', ')}, but here it can be anything`);
  }
  for (const one of values ?? []) {
    // Also for open enums: the compiler would take any text, and Azure refuse it at deployment.
    if (type.type === 'enum' && !type.values?.includes(one))
      target.report(line, `${path} may be ${type.values?.join(', ')}, not "${one}"`);
    if (type.minLength !== undefined && one.length < type.minLength)
      target.report(line, `${path} needs at least ${type.minLength} characters: "${one}"`);
    if (type.maxLength !== undefined && one.length > type.maxLength)
      target.report(line, `${path} takes at most ${type.maxLength} characters: "${one}"`);
    if (type.pattern !== undefined && !new RegExp(type.pattern).test(one))
      target.report(line, `${path} has characters that are not allowed: "${one}"`);
  }
}

/** Reports what is wrong with the properties of a value: unknown, read-only, missing, or of the wrong type. */
export function checkObjectType(value: Shape, type: ObjectType, path: string, line: number, target: Target): void {
  if (value.kind === 'any' || value.kind === 'published') return;
  if (value.kind !== 'object') {
    target.report(line, `${path} must be an object, not ${nameOfKind(value)}`);
    return;
  }
  if (type.type === 'discriminated') {
    const chosen = value.properties.get(type.discriminator)?.shape;
    const [name] = chosen?.kind === 'text' ? (chosen.values ?? []) : [];
    const variant = name === undefined ? undefined : type.variants[name];
    if (variant === undefined)
      target.report(line, `${path}: "${type.discriminator}" must be one of ${Object.keys(type.variants).join(', ')}`);
    else checkObjectType(value, target.types.object(variant), path, line, target);
    return;
  }
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const [name, entry] of value.properties) {
    const property: PropertyType | undefined = type.properties[name] ?? type.additionalProperties;
    if (property === undefined) {
      if (!target.excuse(at(name), entry.line, entry.shape))
        target.report(entry.line, `there is no property ${at(name)}`);
    } else if (property.readOnly) target.report(entry.line, `${at(name)} is read-only`);
    else if (entry.shape.kind === 'null' && property.required)
      target.report(entry.line, `${at(name)} is required and may not be null`);
    else checkUnlessNull(entry.shape, property, at(name), entry.line, target);
  }
  if (value.open !== null) return;
  for (const [name, property] of Object.entries(type.properties)) {
    if (property.required && !value.properties.get(name)?.required) target.report(line, `${at(name)} is required`);
  }
}

/** Null leaves an optional property out, so only what is not null is compared. */
function checkUnlessNull(shape: Shape, type: PropertyType, path: string, line: number, target: Target): void {
  const options = shape.kind === 'union' ? shape.options : [shape];
  for (const option of options) {
    if (option.kind === 'null' && type.required) target.report(line, `${path} is required and may not be null`);
    else if (option.kind !== 'null') checkType(option, type, path, line, target);
  }
}
