import type { Node } from 'web-tree-sitter';
import type { Expression, Property } from './template.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  "\\'": "'",
  '\\\\': '\\',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\$': '$',
};

/** Node kinds that stand between others and mean nothing of their own. */
const isMeaningful = (node: Node) => node.type !== 'comment' && node.type !== 'diagnostic_comment';

/** The named children of a node, without comments. */
export function partsOf(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null && isMeaningful(child));
}

/** Line of a node, from 1. */
export const lineOf = (node: Node) => node.startPosition.row + 1;

/** Turns a syntax node into an expression. Throws on syntax that the checks do not know, rather than skip it. */
export function readExpression(node: Node): Expression {
  return liftLambda(read(node));
}

function read(node: Node): Expression {
  const line = lineOf(node);
  const parts = partsOf(node);
  const at = (index: number) => readExpression(nth(parts, index, node));
  switch (node.type) {
    case 'string':
      return { line, kind: 'text', parts: readText(node) };
    case 'number':
      return { line, kind: 'number', value: Number(node.text) };
    case 'boolean':
      return { line, kind: 'boolean', value: node.text === 'true' };
    case 'null':
      return { line, kind: 'null' };
    case 'identifier':
      return { line, kind: 'name', name: node.text };
    case 'object':
      return { line, kind: 'object', properties: parts.map(readProperty) };
    case 'array':
      return { line, kind: 'array', items: parts.map(readExpression) };
    case 'parenthesized_expression':
      return at(0);
    case 'for_statement':
      return readLoop(node, parts);
    case 'if_statement':
      return { line, kind: 'if', condition: at(0), body: at(1) };
    case 'ternary_expression':
      return { line, kind: 'ternary', condition: read(nth(parts, 0, node)), yes: at(1), no: at(2) };
    case 'member_expression':
      return { line, kind: 'member', of: read(nth(parts, 0, node)), name: nth(parts, 1, node).text };
    case 'subscript_expression':
      return { line, kind: 'index', of: read(nth(parts, 0, node)), index: at(1) };
    case 'binary_expression':
      return { line, kind: 'operation', operator: operatorOf(node), operands: [read(nth(parts, 0, node)), at(1)] };
    case 'unary_expression':
      return { line, kind: 'operation', operator: operatorOf(node), operands: [at(0)] };
    case 'lambda_expression':
      return { line, kind: 'lambda', parameters: namesOf(nth(parts, 0, node)), body: read(nth(parts, 1, node)) };
    case 'call_expression':
      return readCall(line, read(nth(parts, 0, node)), partsOf(nth(parts, 1, node)).map(readExpression));
    default:
      throw new Error(`line ${line}: the checks do not know the syntax "${node.type}": ${node.text.slice(0, 60)}`);
  }
}

function nth(parts: readonly Node[], index: number, node: Node): Node {
  const part = parts[index];
  if (part === undefined) throw new Error(`line ${lineOf(node)}: incomplete ${node.type}`);
  return part;
}

function operatorOf(node: Node): string {
  return node.childForFieldName('operator')?.text ?? '';
}

function namesOf(node: Node): string[] {
  return node.type === 'identifier' ? [node.text] : partsOf(node).map((part) => part.text);
}

function readText(node: Node): (string | Expression)[] {
  return partsOf(node).map((part) => {
    if (part.type === 'interpolation') return readExpression(nth(partsOf(part), 0, part));
    return part.type === 'escape_sequence' ? (ESCAPES[part.text] ?? part.text) : part.text;
  });
}

function readProperty(node: Node): Property {
  const [key, value] = partsOf(node);
  if (node.type !== 'object_property' || key === undefined || value === undefined) {
    throw new Error(`line ${lineOf(node)}: the checks do not know this part of an object: ${node.text.slice(0, 60)}`);
  }
  const line = lineOf(node);
  if (key.type === 'identifier') return { line, name: key.text, key: null, value: readExpression(value) };
  const written = readExpression(key);
  const fixed = written.kind === 'text' && written.parts.every((part) => typeof part === 'string');
  return { line, name: fixed ? written.parts.join('') : null, key: written, value: readExpression(value) };
}

function readLoop(node: Node, parts: readonly Node[]): Expression {
  const names = partsOf(nth(parts, 0, node));
  const [item, index] = names.length > 0 ? names.map((name) => name.text) : [nth(parts, 0, node).text];
  const body = readExpression(nth(parts, 2, node));
  return {
    line: lineOf(node),
    kind: 'loop',
    item: item ?? '',
    index: index ?? null,
    over: readExpression(nth(parts, 1, node)),
    body,
  };
}

function readCall(line: number, callee: Expression, args: readonly Expression[]): Expression {
  if (callee.kind === 'name') return { line, kind: 'call', name: callee.name, on: null, args };
  if (callee.kind === 'member') return { line, kind: 'call', name: callee.name, on: callee.of, args };
  // The grammar reads "x => f(x)" as "(x => f)(x)"; the call belongs inside.
  if (callee.kind === 'lambda') return { ...callee, body: readCall(line, callee.body, args) };
  throw new Error(`line ${line}: the checks do not know what is called here`);
}

/** The grammar binds "=>" too tightly: "x => x.a == 1" is read as "(x => x).a == 1". This moves the arrow outwards. */
function liftLambda(expression: Expression): Expression {
  const lift = (inner: Expression, rebuild: (body: Expression) => Expression): Expression => {
    const lifted = liftLambda(inner);
    return lifted.kind === 'lambda' ? { ...lifted, body: rebuild(lifted.body) } : expression;
  };
  switch (expression.kind) {
    case 'member':
      return lift(expression.of, (of) => ({ ...expression, of }));
    case 'index':
      return lift(expression.of, (of) => ({ ...expression, of }));
    case 'ternary':
      return lift(expression.condition, (condition) => ({ ...expression, condition }));
    case 'operation': {
      const [first, ...others] = expression.operands;
      return first === undefined || others.length === 0
        ? expression
        : lift(first, (body) => ({ ...expression, operands: [body, ...others] }));
    }
    default:
      return expression;
  }
}
