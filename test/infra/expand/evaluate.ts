import { type Expression, literalText } from '../check/template.ts';
import { callBuiltIn, listOf } from './call-built-in.ts';
import { Deployed, isMembers, Later, toText, type Value } from './values.ts';

/** What an expression can see. */
export interface Sight {
  /** The value of a declared name, or of an item of the loop around. */
  name(name: string): Value;
  /** Calls a function of the templates; undefined when there is none of that name. */
  own(name: string, args: readonly Value[]): Value | undefined;
  /** The text of a file, by its path as the template writes it. */
  file(path: string): string;
}

type Call = Extract<Expression, { kind: 'call' }>;

/** What an expression is worth with given parameters. Throws where the deployment would fail. */
export function evaluate(expression: Expression, sight: Sight): Value {
  const value = (one: Expression) => evaluate(one, sight);
  switch (expression.kind) {
    case 'text':
      return expression.parts.map((part) => (typeof part === 'string' ? part : toText(value(part)))).join('');
    case 'number':
    case 'boolean':
      return expression.value;
    case 'null':
      return null;
    case 'name':
      return sight.name(expression.name);
    case 'object':
      return Object.fromEntries(
        expression.properties.map(({ name, key, value: of }) => [
          name ?? (key === null ? '' : toText(value(key))),
          value(of),
        ]),
      );
    case 'array':
      return expression.items.map(value);
    case 'loop':
      return listOf(value(expression.over)).map((item, index) =>
        evaluate(expression.body, withItem(sight, { [expression.item]: item, [expression.index ?? '']: index })),
      );
    case 'ternary':
      return value(expression.condition) === true ? value(expression.yes) : value(expression.no);
    case 'member':
      return memberOf(value(expression.of), expression.name, expression.line);
    case 'index': {
      const index = value(expression.index);
      const of = value(expression.of);
      return typeof index === 'number' ? itemOf(of, index) : memberOf(of, toText(index), expression.line);
    }
    case 'call':
      return call(expression, sight);
    case 'operation':
      return operate(expression.operator, expression.operands.map(value));
    case 'if':
    case 'lambda':
      throw new Error(`line ${expression.line}: a value cannot be a ${expression.kind}`);
  }
}

function call(expression: Call, sight: Sight): Value {
  const [first, second] = expression.args;
  switch (expression.name) {
    case 'loadTextContent':
      return sight.file(literalText(first ?? null) ?? '');
    case 'loadJsonContent':
      return JSON.parse(sight.file(literalText(first ?? null) ?? ''));
    case 'map':
    case 'filter': {
      if (first === undefined || second?.kind !== 'lambda')
        throw new Error(`line ${expression.line}: ${expression.name}() needs a lambda`);
      const [item = ''] = second.parameters;
      const of = (one: Value) => evaluate(second.body, withItem(sight, { [item]: one }));
      const list = listOf(evaluate(first, sight));
      return expression.name === 'map' ? list.map(of) : list.filter((one) => of(one) === true);
    }
    default: {
      const args = expression.args.map((one) => evaluate(one, sight));
      return sight.own(expression.name, args) ?? callBuiltIn(expression.name, args);
    }
  }
}

function withItem(sight: Sight, items: Readonly<Record<string, Value>>): Sight {
  return { ...sight, name: (name) => items[name] ?? sight.name(name) };
}

function memberOf(of: Value, name: string, line: number): Value {
  if (of instanceof Deployed) {
    return name === 'id' || name === 'name'
      ? of[name]
          .split('/')
          .slice(name === 'id' ? 0 : -1)
          .join('/')
      : new Later(of.name, name);
  }
  if (of instanceof Later) return new Later(of.of, `${of.path}.${name}`);
  const found = isMembers(of) ? of[name] : undefined;
  if (found === undefined) throw new Error(`line ${line}: there is no "${name}"`);
  return found;
}

function itemOf(of: Value, index: number): Value {
  const found = listOf(of)[index];
  if (found === undefined) throw new Error(`there is no item ${index}`);
  return found;
}

function operate(operator: string, [one = null, other = null]: readonly Value[]): Value {
  switch (operator) {
    case '!':
      return one !== true;
    case '==':
      return one === other;
    case '!=':
      return one !== other;
    case '+':
      return Number(one) + Number(other);
    default:
      throw new Error(`the expansion does not know the operator ${operator}`);
  }
}
