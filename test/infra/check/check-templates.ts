import { inferShape } from './infer-shape.ts';
import { type Infra, resolvePath } from './infra.ts';
import { checkShape } from './match-shape.ts';
import type { ResourceTypes } from './resource-types.ts';
import { type Scope, shapeOfParameter, shapeOfSyntax } from './scope.ts';
import type { Problem, Template } from './template.ts';
import { namesUsed } from './walk.ts';

/** A scope for one file that collects its problems, each once. */
export function openScope(
  infra: Infra,
  types: ResourceTypes,
  template: Template,
): { scope: Scope; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = (line: number, message: string) => {
    const known = problems.some((one) => one.line === line && one.message === message);
    if (!known) problems.push({ file: template.path, line, message });
  };
  return { scope: { infra, types, template, locals: new Map(), report }, problems };
}

/** Every name, function, property and output that any expression uses must exist; parameters and outputs fit their types. */
export function checkSymbols(infra: Infra, types: ResourceTypes): Problem[] {
  return [...infra.templates.values()].flatMap((template) => {
    const { scope, problems } = openScope(infra, types, template);
    for (const parameter of template.parameters) {
      const target = shapeOfParameter(parameter, scope);
      if (parameter.value === null) continue;
      checkShape(
        inferShape(parameter.value, scope),
        target,
        `the default of "${parameter.name}"`,
        parameter.line,
        scope.report,
      );
    }
    for (const { value } of template.variables) inferShape(value, scope);
    for (const { body } of [...template.resources, ...template.modules]) inferShape(body, scope);
    for (const output of template.outputs) {
      const target = shapeOfSyntax(output.type, scope, output.line);
      checkShape(inferShape(output.value, scope), target, `the output "${output.name}"`, output.line, scope.report);
    }
    for (const own of template.functions) {
      const locals = new Map(
        own.parameters.map((one) => [one.name, shapeOfSyntax(one.type, scope, own.line)] as const),
      );
      const result = inferShape(own.body, { ...scope, locals });
      checkShape(
        result,
        shapeOfSyntax(own.returns, scope, own.line),
        `the result of ${own.name}()`,
        own.line,
        scope.report,
      );
    }
    return [...problems, ...checkImports(infra, template), ...checkUnused(template)];
  });
}

function checkImports(infra: Infra, template: Template): Problem[] {
  return template.imports.flatMap((one) => {
    const source = infra.templates.get(resolvePath(template.path, one.from));
    const found = [...(source?.functions ?? []), ...(source?.types ?? []), ...(source?.variables ?? [])].find(
      (each) => each.name === one.name,
    );
    const exported = found?.decorators.some((decorator) => decorator.name === 'export') ?? false;
    return exported
      ? []
      : [{ file: template.path, line: one.line, message: `${one.from} does not export "${one.name}"` }];
  });
}

/** What is declared and not used is a slip or a leftover; the compiler's linter says so too. */
function checkUnused(template: Template): Problem[] {
  if (template.using !== null) return [];
  const used = namesUsed(template);
  const declared = [
    ...template.parameters,
    ...template.variables,
    ...template.resources.filter((one) => one.existing),
    ...template.imports.map((one) => ({ name: one.as, line: one.line })),
  ];
  return declared
    .filter(({ name }) => !used.has(name))
    .map(({ name, line }) => ({ file: template.path, line, message: `"${name}" is declared and not used` }));
}
