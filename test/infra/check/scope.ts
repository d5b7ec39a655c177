import type { Infra } from './infra.ts';
import { resolvePath } from './infra.ts';
import type { ResourceTypes } from './resource-types.ts';
import { ANY, BOOLEAN, type Entry, NUMBER, type Shape, TEXT, unionOf } from './shape.ts';
import type { Decorator, Parameter, Template, TypeSyntax, UserFunction } from './template.ts';

/** Where an expression stands: its file, what its loops and lambdas name, and where problems go. */
export interface Scope {
  readonly infra: Infra;
  readonly types: ResourceTypes;
  readonly template: Template;
  readonly locals: ReadonlyMap<string, Shape>;
  report(line: number, message: string): void;
}

/** The same place with one more name, as inside a loop or a lambda. */
export function withLocals(scope: Scope, locals: readonly (readonly [string, Shape])[]): Scope {
  return { ...scope, locals: new Map([...scope.locals, ...locals]) };
}

/** The template that `name` of `template` comes from, and its name there: here, or in the file it is imported from. */
export function findDeclaration(scope: Scope, name: string): { template: Template; name: string } | null {
  const imported = scope.template.imports.find((one) => one.as === name);
  if (imported === undefined) return { template: scope.template, name };
  const template = scope.infra.templates.get(resolvePath(scope.template.path, imported.from));
  return template === undefined ? null : { template, name: imported.name };
}

export function findFunction(scope: Scope, name: string): { template: Template; found: UserFunction } | null {
  const place = findDeclaration(scope, name);
  const found = place?.template.functions.find((one) => one.name === place.name);
  return place && found ? { template: place.template, found } : null;
}

/** The shape of a written type. A name that is no type is reported. */
export function shapeOfSyntax(type: TypeSyntax, scope: Scope, line: number): Shape {
  switch (type.kind) {
    case 'array':
      return { kind: 'array', item: shapeOfSyntax(type.of, scope, line), count: null };
    case 'nullable':
      return unionOf([shapeOfSyntax(type.of, scope, line), { kind: 'null' }]);
    case 'object': {
      const entries = type.properties.map((one): [string, Entry] => [
        one.name,
        { shape: shapeOfSyntax(one.type, scope, line), required: one.type.kind !== 'nullable', line },
      ]);
      return { kind: 'object', properties: new Map(entries), open: null };
    }
    case 'named':
      return shapeOfName(type.name, scope, line);
  }
}

function shapeOfName(name: string, scope: Scope, line: number): Shape {
  switch (name) {
    case 'string':
      return TEXT;
    case 'int':
      return NUMBER;
    case 'bool':
      return BOOLEAN;
    case 'object':
      return { kind: 'object', properties: new Map(), open: ANY };
    case 'array':
      return { kind: 'array', item: ANY, count: null };
  }
  const place = findDeclaration(scope, name);
  const found = place?.template.types.find((one) => one.name === place.name);
  if (place && found) return shapeOfSyntax(found.type, { ...scope, template: place.template }, line);
  scope.report(line, `the type "${name}" does not exist`);
  return ANY;
}

/** What a parameter can be: its type, narrowed by its decorators. */
export function shapeOfParameter(parameter: Parameter, scope: Scope): Shape {
  const shape = shapeOfSyntax(parameter.type, scope, parameter.line);
  const limit = (name: string) => numberOf(parameter.decorators.find((one) => one.name === name));
  const allowed = parameter.decorators.find((one) => one.name === 'allowed')?.args[0];
  const values = allowed?.kind === 'array' ? allowed.items : null;
  if (shape.kind === 'text') {
    const least = limit('minLength');
    const most = limit('maxLength');
    const texts = values?.flatMap((value) => (value.kind === 'text' ? [value.parts.join('')] : [])) ?? null;
    return { kind: 'text', values: texts, ...(least === null ? {} : { least }), ...(most === null ? {} : { most }) };
  }
  if (shape.kind === 'number') {
    const least = limit('minValue');
    const most = limit('maxValue');
    const numbers = values?.flatMap((value) => (value.kind === 'number' ? [value.value] : [])) ?? null;
    return {
      kind: 'number',
      values: numbers,
      ...(least === null ? {} : { least }),
      ...(most === null ? {} : { most }),
    };
  }
  return shape;
}

/** The number that a decorator such as `@maxLength(12)` carries; null when there is none. */
export function numberOf(decorator: Decorator | undefined): number | null {
  const [argument] = decorator?.args ?? [];
  if (argument?.kind === 'number') return argument.value;
  if (argument?.kind === 'operation' && argument.operator === '-' && argument.operands[0]?.kind === 'number') {
    return -argument.operands[0].value;
  }
  return null;
}
