import type { Expression, Template, TypeSyntax } from './template.ts';

/** The expressions directly inside an expression. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'text':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'object':
      return expression.properties.flatMap((property) =>
        property.key === null ? [property.value] : [property.key, property.value],
      );
    case 'array':
      return expression.items;
    case 'loop':
      return [expression.over, expression.body];
    case 'if':
      return [expression.condition, expression.body];
    case 'ternary':
      return [expression.condition, expression.yes, expression.no];
    case 'member':
      return [expression.of];
    case 'index':
      return [expression.of, expression.index];
    case 'call':
      return expression.on === null ? expression.args : [expression.on, ...expression.args];
    case 'operation':
      return expression.operands;
    case 'lambda':
      return [expression.body];
    case 'number':
    case 'boolean':
    case 'null':
    case 'name':
      return [];
  }
}

/** An expression and everything inside it. */
export function allOf(expression: Expression): Expression[] {
  return [expression, ...childrenOf(expression).flatMap(allOf)];
}

/** The expressions that a file is made of, without its decorators. */
export function expressionsOf(template: Template): Expression[] {
  const defaults = template.parameters.flatMap((one) => (one.value === null ? [] : [one.value]));
  const bodies = [...template.resources, ...template.modules, ...template.functions].map((one) => one.body);
  return [...defaults, ...[...template.variables, ...template.outputs].map((one) => one.value), ...bodies].flatMap(
    allOf,
  );
}

/** Every name that a file uses: of values, functions and types. */
export function namesUsed(template: Template): ReadonlySet<string> {
  const values = expressionsOf(template).flatMap((one) =>
    one.kind === 'name' || (one.kind === 'call' && one.on === null) ? [one.name] : [],
  );
  const types = [
    ...template.parameters.map((one) => one.type),
    ...template.outputs.map((one) => one.type),
    ...template.types.map((one) => one.type),
    ...template.functions.flatMap((one) => [one.returns, ...one.parameters.map((parameter) => parameter.type)]),
  ];
  return new Set([...values, ...types.flatMap(namesInType)]);
}

function namesInType(type: TypeSyntax): string[] {
  switch (type.kind) {
    case 'named':
      return [type.name];
    case 'array':
    case 'nullable':
      return namesInType(type.of);
    case 'object':
      return type.properties.flatMap((one) => namesInType(one.type));
  }
}
