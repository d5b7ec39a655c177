import type { Infra } from './infra.ts';
import { literalText, type Problem, type Template } from './template.ts';

const FILE = 'modules/storage.bicep';

/** What the app keeps its data in, as its code names it. */
export interface DataNames {
  readonly tables: readonly string[];
  readonly queues: readonly string[];
}

/** Both directions: every table and queue (with its poison queue) that the code uses is declared, and no other. */
export function checkData(infra: Infra, code: DataNames): Problem[] {
  const template = infra.templates.get(FILE);
  if (template === undefined) return [{ file: FILE, line: 1, message: 'does not exist or does not parse' }];
  const queues = code.queues.flatMap((name) => [name, `${name}-poison`]);
  return [...compare(template, 'tables', 'table', code.tables), ...compare(template, 'queues', 'queue', queues)];
}

function compare(template: Template, variable: string, word: string, used: readonly string[]): Problem[] {
  const list = template.variables.find((one) => one.name === variable);
  const declared = list?.value.kind === 'array' ? list.value.items.map((item) => literalText(item) ?? '') : [];
  const problem = (message: string) => ({ file: template.path, line: list?.line ?? 1, message });
  return [
    ...used
      .filter((name) => !declared.includes(name))
      .map((name) => problem(`the code uses the ${word} "${name}", which is not declared`)),
    ...declared
      .filter((name) => !used.includes(name))
      .map((name) => problem(`the ${word} "${name}" is declared, but the code does not use it`)),
  ];
}
