import { inferCall } from './infer-call.ts';
import { resolvePath } from './infra.ts';
import { type Scope, shapeOfParameter, shapeOfSyntax, withLocals } from './scope.ts';
import { ANY, BOOLEAN, type Entry, itemOf, memberOf, NUMBER, type Shape, unionOf } from './shape.ts';
import type { Expression, Module } from './template.ts';

/** Most combinations of a text with known parts that are written out. */
const MOST_VALUES = 50;

/** What an expression can be. Names, functions and properties that do not exist are reported on the way. */
export function inferShape(expression: Expression, scope: Scope): Shape {
  const infer = (one: Expression) => inferShape(one, scope);
  switch (expression.kind) {
    case 'text':
      return inferText(expression.parts, scope);
    case 'number':
      return { kind: 'number', values: [expression.value] };
    case 'boolean':
      return { kind: 'boolean', values: [expression.value] };
    case 'null':
      return { kind: 'null' };
    case 'name':
      return inferName(expression.name, expression.line, scope);
    case 'array': {
      const items = expression.items.map(infer);
      return { kind: 'array', item: items.length === 0 ? ANY : unionOf(items), count: items.length };
    }
    case 'object':
      return inferObject(expression, scope);
    case 'loop':
      return inferLoop(expression, scope);
    case 'if':
      expectBoolean(expression.condition, scope);
      return infer(expression.body);
    case 'ternary':
      expectBoolean(expression.condition, scope);
      return unionOf([infer(expression.yes), infer(expression.no)]);
    case 'member':
      return inferMember(expression, scope);
    case 'index':
      return inferIndex(infer(expression.of), infer(expression.index), expression.line, scope);
    case 'call':
      return inferCall(expression, scope, inferShape);
    case 'operation':
      return inferOperation(expression.operator, expression.operands.map(infer));
    case 'lambda':
      return ANY;
  }
}

function inferText(parts: readonly (string | Expression)[], scope: Scope): Shape {
  let values: string[] | null = [''];
  for (const part of parts) {
    const shape = typeof part === 'string' ? { kind: 'text' as const, values: [part] } : inferShape(part, scope);
    const known = shape.kind === 'text' || shape.kind === 'number' ? shape.values?.map(String) : undefined;
    values =
      values && known && values.length * known.length <= MOST_VALUES
        ? values.flatMap((before) => known.map((one) => before + one))
        : null;
  }
  return { kind: 'text', values };
}

function inferObject(expression: Extract<Expression, { kind: 'object' }>, scope: Scope): Shape {
  const properties = new Map<string, Entry>();
  let open: Shape | null = null;
  for (const property of expression.properties) {
    if (property.key !== null) inferShape(property.key, scope);
    const shape = inferShape(property.value, scope);
    if (property.name === null) open = open === null ? shape : unionOf([open, shape]);
    else if (properties.has(property.name)) scope.report(property.line, `the property "${property.name}" stands twice`);
    else properties.set(property.name, { shape, required: true, line: property.line });
  }
  return { kind: 'object', properties, open };
}

function inferLoop(loop: Extract<Expression, { kind: 'loop' }>, scope: Scope): Shape {
  const over = inferShape(loop.over, scope);
  if (over.kind !== 'array' && over.kind !== 'any' && over.kind !== 'union')
    scope.report(loop.line, 'loops over something that is no array');
  const item = itemOf(over);
  const names: [string, Shape][] = [
    [loop.item, item],
    ...(loop.index === null ? [] : [[loop.index, NUMBER] as [string, Shape]]),
  ];
  return { kind: 'array', item: inferShape(loop.body, withLocals(scope, names)), count: null };
}

function inferName(name: string, line: number, scope: Scope): Shape {
  const local = scope.locals.get(name);
  if (local !== undefined) return local;
  const { template } = scope;
  const outside = { ...scope, locals: new Map<string, Shape>() };
  const parameter = template.parameters.find((one) => one.name === name);
  if (parameter !== undefined) return shapeOfParameter(parameter, outside);
  const variable = template.variables.find((one) => one.name === name);
  if (variable !== undefined) return inferShape(variable.value, outside);
  const resource = template.resources.find((one) => one.name === name);
  if (resource !== undefined) {
    const body = scope.types.body(resource.type, resource.version);
    const one: Shape = body?.ref === undefined ? ANY : { kind: 'published', type: scope.types.object(body.ref) };
    return resource.body.kind === 'loop' ? { kind: 'array', item: one, count: null } : one;
  }
  if (template.modules.some((one) => one.name === name)) return ANY;
  scope.report(line, `"${name}" does not exist here`);
  return ANY;
}

function inferMember(expression: Extract<Expression, { kind: 'member' }>, scope: Scope): Shape {
  const { of, name, line } = expression;
  if (of.kind === 'member' && of.name === 'outputs' && of.of.kind === 'name') {
    const { name: called } = of.of;
    const module = scope.template.modules.find((one) => one.name === called);
    if (module !== undefined) return inferOutput(module, name, line, scope);
  }
  const shape = inferShape(of, scope);
  const member = memberOf(shape, name, scope.types);
  if (member === null) scope.report(line, `there is no property "${name}" here`);
  return member ?? ANY;
}

function inferOutput(module: Module, name: string, line: number, scope: Scope): Shape {
  const template = scope.infra.templates.get(resolvePath(scope.template.path, module.path));
  const output = template?.outputs.find((one) => one.name === name);
  if (template && output) return shapeOfSyntax(output.type, { ...scope, template }, output.line);
  scope.report(line, `the module "${module.name}" has no output "${name}"`);
  return ANY;
}

function inferIndex(of: Shape, index: Shape, line: number, scope: Scope): Shape {
  if (of.kind === 'array' || of.kind === 'union') return itemOf(of);
  if (of.kind !== 'object' || index.kind !== 'text') return ANY;
  const names = index.values ?? [...of.properties.keys()];
  for (const name of names) {
    if (memberOf(of, name, scope.types) === null) scope.report(line, `there is no property "${name}" here`);
  }
  return unionOf(names.map((name) => memberOf(of, name, scope.types) ?? ANY));
}

function inferOperation(operator: string, operands: readonly Shape[]): Shape {
  if (operator === '??') return unionOf(operands.map((one) => (one.kind === 'null' ? ANY : one)));
  if (['+', '-', '*', '/', '%'].includes(operator)) {
    const [only] = operands;
    return operands.length === 1 && only?.kind === 'number'
      ? { kind: 'number', values: only.values?.map((one) => -one) ?? null }
      : NUMBER;
  }
  return BOOLEAN;
}

function expectBoolean(condition: Expression, scope: Scope): void {
  const shape = inferShape(condition, scope);
  if (shape.kind !== 'boolean' && shape.kind !== 'any') scope.report(condition.line, 'the condition is no boolean');
}
