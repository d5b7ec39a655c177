import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { lineOf } from './read-expression.ts';
import { readTemplate } from './read-template.ts';
import type { Problem, Template } from './template.ts';

export type Parsed =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type ParseTemplate = (path: string, text: string) => Parsed;

const GRAMMAR = createRequire(join(process.cwd(), 'package.json')).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');

/** Loads the grammar once and gives a function that parses one file, named by its path below `infra/`. */
export async function loadParser(): Promise<ParseTemplate> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(new Uint8Array(readFileSync(GRAMMAR))));
  return (path, text) => {
    const tree = parser.parse(toKnownSyntax(path, text));
    if (tree === null) throw new Error(`${path}: the parser gave nothing`);
    if (tree.rootNode.hasError)
      return { ok: false, problems: findErrors(tree.rootNode).map((node) => describe(path, node)) };
    return { ok: true, template: readTemplate(path, tree.rootNode) };
  };
}

/**
 * The grammar is older than two statements and knows no parameter files. They are rewritten without moving anything, so
 * that lines stay true: `extension name` becomes a comment, and in parameter files `param a = 1` becomes `var   a = 1`.
 */
function toKnownSyntax(path: string, text: string): string {
  const known = text.replace(/^extension [A-Za-z]\w*$/gm, (line) => `//${line.slice(2)}`);
  return path.endsWith('.bicepparam') ? known.replace(/^param (?=\w+ *=)/gm, 'var   ') : known;
}

function findErrors(node: Node): Node[] {
  if (node.isError || node.isMissing) return [node];
  return node.children.flatMap((child) => (child?.hasError || child?.isMissing ? findErrors(child) : []));
}

function describe(path: string, node: Node): Problem {
  const near = node.text.split('\n')[0]?.slice(0, 60) ?? '';
  return { file: path, line: lineOf(node), message: `does not parse near "${near}"` };
}
