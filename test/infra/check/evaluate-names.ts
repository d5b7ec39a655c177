import type { Expression, Template } from './template.ts';

type Value = string | { readonly [name: string]: string };

/** Runs a function of the naming file with given texts. Knows just what that file uses, and throws on anything else. */
export function evaluateFunction(template: Template, name: string, args: readonly string[]): Value {
  const found = template.functions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${template.path} has no function "${name}"`);
  const locals = new Map(found.parameters.map((parameter, index) => [parameter.name, args[index] ?? '']));
  return evaluate(found.body, template, locals);
}

function evaluate(expression: Expression, template: Template, locals: ReadonlyMap<string, string>): Value {
  const text = (one: Expression): string => {
    const value = evaluate(one, template, locals);
    if (typeof value !== 'string') throw new Error(`line ${one.line}: expected a text`);
    return value;
  };
  switch (expression.kind) {
    case 'text':
      return expression.parts.map((part) => (typeof part === 'string' ? part : text(part))).join('');
    case 'name': {
      const value = locals.get(expression.name);
      if (value === undefined) throw new Error(`line ${expression.line}: "${expression.name}" is unknown`);
      return value;
    }
    case 'object':
      return Object.fromEntries(expression.properties.map((property) => [property.name ?? '', text(property.value)]));
    case 'call':
      return call(expression, template, text);
    default:
      throw new Error(`line ${expression.line}: names are made of texts, not of a ${expression.kind}`);
  }
}

function call(
  expression: Extract<Expression, { kind: 'call' }>,
  template: Template,
  text: (one: Expression) => string,
): Value {
  const [first, second, third] = expression.args;
  if (first === undefined) throw new Error(`line ${expression.line}: ${expression.name}() without arguments`);
  switch (expression.name) {
    case 'toLower':
      return text(first).toLowerCase();
    case 'replace':
      return second && third ? text(first).replaceAll(text(second), text(third)) : text(first);
    case 'take':
      return second?.kind === 'number' ? text(first).slice(0, second.value) : text(first);
    default:
      return evaluateFunction(template, expression.name, expression.args.map(text));
  }
}
