import type { Node } from 'web-tree-sitter';
import { lineOf, partsOf, readExpression } from './read-expression.ts';
import { readType } from './read-type.ts';
import { type Decorator, type Expression, literalText, type Template } from './template.ts';

type Building = {
  -readonly [Key in keyof Template]: Template[Key] extends readonly (infer Item)[] ? Item[] : Template[Key];
};

/** Reads the syntax tree of one file into its declarations. Throws on statements that the checks do not know. */
export function readTemplate(path: string, root: Node): Template {
  const template: Building = {
    path,
    targetScope: 'resourceGroup',
    using: null,
    imports: [],
    parameters: [],
    variables: [],
    resources: [],
    modules: [],
    outputs: [],
    functions: [],
    types: [],
    suppressions: readSuppressions(root),
  };
  let decorators: Decorator[] = [];
  for (const node of partsOf(root)) {
    if (node.type === 'decorators') {
      decorators = partsOf(node).map(readDecorator);
      continue;
    }
    addStatement(template, node, decorators);
    decorators = [];
  }
  return template;
}

function addStatement(template: Building, node: Node, decorators: readonly Decorator[]): void {
  const parts = partsOf(node);
  const at = (index: number): Node => {
    const part = parts[index];
    if (part === undefined) throw new Error(`${template.path} line ${lineOf(node)}: incomplete ${node.type}`);
    return part;
  };
  const expression = (index: number): Expression => readExpression(at(index));
  const text = (index: number): string => literalText(expression(index)) ?? '';
  const declared = () => ({ name: at(0).text, line: lineOf(node), decorators });
  switch (node.type) {
    case 'metadata_declaration':
      return;
    case 'target_scope_assignment':
      template.targetScope = text(0);
      return;
    case 'using_statement':
      template.using = text(0);
      return;
    case 'import_functionality':
      template.imports.push(...readImports(node, text(parts.length - 1)));
      return;
    case 'parameter_declaration':
      template.parameters.push({
        ...declared(),
        type: readType(at(1)),
        value: parts[2] === undefined ? null : expression(2),
      });
      return;
    case 'variable_declaration':
      template.variables.push({ ...declared(), value: expression(1) });
      return;
    case 'output_declaration':
      template.outputs.push({ ...declared(), type: readType(at(1)), value: expression(2) });
      return;
    case 'type_declaration':
      template.types.push({ ...declared(), type: readType(at(1)) });
      return;
    case 'module_declaration':
      template.modules.push({ ...declared(), path: text(1), body: expression(2) });
      return;
    case 'resource_declaration': {
      const [type = '', version = ''] = text(1).split('@');
      const existing = node.children.some((child) => child?.type === 'existing');
      template.resources.push({ ...declared(), type, version, existing, body: expression(2) });
      return;
    }
    case 'user_defined_function': {
      const parameters = partsOf(at(1)).map((one) => {
        const [name, type] = partsOf(one);
        if (name === undefined || type === undefined)
          throw new Error(`${template.path}: incomplete function parameter`);
        return { name: name.text, type: readType(type) };
      });
      template.functions.push({ ...declared(), parameters, returns: readType(at(2)), body: expression(3) });
      return;
    }
    default:
      throw new Error(`${template.path} line ${lineOf(node)}: the checks do not know the statement "${node.type}"`);
  }
}

function readDecorator(node: Node): Decorator {
  const [call] = partsOf(node);
  const [name, args] = call === undefined ? [] : partsOf(call);
  return { name: name?.text ?? '', args: args === undefined ? [] : partsOf(args).map(readExpression) };
}

/** `import { a, b as c } from 'x'`: the tree has only the names, so the text tells which belong together. */
function readImports(node: Node, from: string): { name: string; as: string; from: string; line: number }[] {
  const list = /\{([^}]*)\}/.exec(node.text)?.[1] ?? '';
  return list.split(',').map((one) => {
    const [name = '', as = name] = one.trim().split(/\s+as\s+/);
    return { name, as, from, line: lineOf(node) };
  });
}

function readSuppressions(root: Node): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const comment of root.descendantsOfType('diagnostic_comment')) {
    const codes = /^#disable-next-line (.+)$/.exec(comment?.text.trim() ?? '')?.[1];
    if (comment && codes) found.set(lineOf(comment) + 1, codes.trim().split(/\s+/));
  }
  return found;
}
