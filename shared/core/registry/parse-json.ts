import { type ParseError, parse, visit } from 'jsonc-parser';
import { type FileProblem, joinPath } from './file-problem.ts';

/** JSON of a file, or what keeps it from being that. Nothing of the file is repeated: it may be a secret. */
export function parseJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: FileProblem } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, problem: { path: '', message: describeFault(text) } };
  }
}

function describeFault(text: string): string {
  const trimmed = text.trimStart();
  if (trimmed === '') return 'is empty; see docs/tenants.schema.json for its form';
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return describeSyntax(text);
  const firstLine = trimmed.slice(0, 10_000).split(/\r\n?|\n/, 1)[0] ?? '';
  const isCsv = /[,;\t]/.test(firstLine) && !firstLine.includes('{');
  return isCsv ? 'is not JSON; it looks like CSV' : 'is not JSON: it does not begin with {';
}

/** Where the text stops being JSON. The engine's own message is not used: it repeats a piece of the file. */
function describeSyntax(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: false, disallowComments: true });
  const offset = errors[0]?.offset ?? text.length;
  const lines = text.slice(0, offset).split('\n');
  const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
  const trailing = /,\s*$/.test(text.slice(0, offset)) && /^\s*[\]}]/.test(text.slice(offset));
  return trailing
    ? `is not JSON: there is a comma before the closing bracket at ${place}`
    : `is not JSON: look at ${place}`;
}

/** Keys that stand twice in one object: JSON keeps only the last, and a tenant or channel would be lost without a word. */
export function findRepeatedKeys(json: string): FileProblem[] {
  const problems: FileProblem[] = [];
  const open: Set<string>[] = [];
  visit(json, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, _offset, _length, _line, _column, pathOf) => {
      const keys = open.at(-1);
      if (keys?.has(key)) {
        const path = [...pathOf(), key].reduce<string>(joinPath, '');
        problems.push({ path, message: 'stands twice in the same object; only the last one would count' });
      }
      keys?.add(key);
    },
  });
  return problems;
}
