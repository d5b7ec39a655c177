import { type Infra, resolvePath } from './infra.ts';
import { literalText, type Problem } from './template.ts';
import { expressionsOf } from './walk.ts';

/** Every file that a template loads exists (as JSON where it says so), and every query file is loaded by one. */
export function checkFiles(infra: Infra): Problem[] {
  const loaded = new Set<string>();
  const problems = [...infra.templates.values()].flatMap((template) =>
    expressionsOf(template).flatMap((expression) => {
      if (expression.kind !== 'call' || !/^load(Text|Json)/.test(expression.name)) return [];
      const named = literalText(expression.args[0] ?? null);
      const path = resolvePath(template.path, named ?? '');
      const text = infra.text(path);
      const problem = (message: string) => [{ file: template.path, line: expression.line, message }];
      if (text === null) return problem(`${expression.name}() names ${named ?? 'no file'}, which does not exist`);
      loaded.add(path);
      return expression.name === 'loadJsonContent' && !isJson(text) ? problem(`${path} is no JSON`) : [];
    }),
  );
  const idle = infra.files.filter((path) => path.endsWith('.kql') && !loaded.has(path));
  return [...problems, ...idle.map((file) => ({ file, line: 1, message: 'no template loads this query' }))];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
