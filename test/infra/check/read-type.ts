import type { Node } from 'web-tree-sitter';
import { lineOf, partsOf } from './read-expression.ts';
import type { TypeSyntax } from './template.ts';

/** Turns the syntax of a type into its tree. Throws on forms that the templates do not use. */
export function readType(node: Node): TypeSyntax {
  const [first] = partsOf(node);
  switch (node.type) {
    case 'primitive_type':
    case 'identifier':
      return { kind: 'named', name: node.text };
    case 'type':
      return readType(need(first, node));
    case 'array_type':
      return { kind: 'array', of: readType(need(first, node)) };
    case 'nullable_type':
      return { kind: 'nullable', of: readType(need(first, node)) };
    case 'object':
      return {
        kind: 'object',
        properties: partsOf(node)
          .filter((part) => part.type === 'object_property')
          .map(readMember),
      };
    default:
      throw new Error(`line ${lineOf(node)}: the checks do not know the type "${node.text.slice(0, 60)}"`);
  }
}

function readMember(node: Node): { name: string; type: TypeSyntax } {
  const [name, type] = partsOf(node);
  return { name: need(name, node).text, type: readType(need(type, node)) };
}

function need(part: Node | undefined, node: Node): Node {
  if (part === undefined) throw new Error(`line ${lineOf(node)}: incomplete type "${node.text}"`);
  return part;
}
