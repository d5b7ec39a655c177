import type { Infra } from './infra.ts';
import { literalText, type Problem, type Template } from './template.ts';

/** Every parameter and output says what it is, and every text parameter without a default cannot be empty. */
export function checkDescriptions(infra: Infra): Problem[] {
  return [...infra.templates.values()].filter((template) => template.using === null).flatMap(checkTemplate);
}

function checkTemplate(template: Template): Problem[] {
  return [...template.parameters, ...template.outputs].flatMap(({ name, line, decorators }) => {
    const text = literalText(decorators.find((one) => one.name === 'description')?.args[0] ?? null) ?? '';
    return text.length >= 10 && text.endsWith('.')
      ? []
      : [{ file: template.path, line, message: `"${name}" needs a description, a sentence` }];
  });
}
