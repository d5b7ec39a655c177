import { checkArguments } from './check-modules.ts';
import { openScope } from './check-templates.ts';
import { inferShape } from './infer-shape.ts';
import { type Infra, resolvePath } from './infra.ts';
import type { ResourceTypes } from './resource-types.ts';
import { type Shape, TEXT } from './shape.ts';
import type { Problem } from './template.ts';

/** Every parameter file, .bicepparam and .parameters.json, against the template that it is for. */
export function checkParameterFiles(infra: Infra, types: ResourceTypes): Problem[] {
  return [...checkBicepFiles(infra, types), ...checkJsonFiles(infra, types)];
}

function checkBicepFiles(infra: Infra, types: ResourceTypes): Problem[] {
  return infra.files
    .filter((path) => path.endsWith('.bicepparam'))
    .flatMap((path) => {
      const file = infra.templates.get(path);
      if (file === undefined) return [];
      const { scope, problems } = openScope(infra, types, file);
      const target = infra.templates.get(resolvePath(path, file.using ?? ''));
      if (target === undefined)
        return [{ file: path, line: 1, message: `is for ${file.using ?? 'no template'}, which does not exist` }];
      const given = new Map(
        file.variables.map((one) => [one.name, { shape: inferShape(one.value, scope), line: one.line }]),
      );
      checkArguments(given, target.parameters, 1, { ...scope, template: target }, scope.report);
      return problems;
    });
}

/** A JSON parameter file is for the template beside it of the same name. azd replaces `${NAME}` and `${NAME=default}`. */
function checkJsonFiles(infra: Infra, types: ResourceTypes): Problem[] {
  return infra.files
    .filter((path) => path.endsWith('.parameters.json'))
    .flatMap((path) => {
      const target = infra.templates.get(path.replace('.parameters.json', '.bicep'));
      if (target === undefined) return [{ file: path, line: 1, message: 'has no template of the same name' }];
      const { scope, problems } = openScope(infra, types, target);
      const parameters: Record<string, { value: unknown }> = JSON.parse(infra.text(path) ?? '{}').parameters;
      const given = new Map(
        Object.entries(parameters).map(([name, { value }]) => [name, { shape: shapeOfJson(value), line: 1 }]),
      );
      checkArguments(given, target.parameters, 1, scope, scope.report);
      return problems.map((problem) => ({ ...problem, file: path }));
    });
}

function shapeOfJson(value: unknown): Shape {
  if (typeof value !== 'string') return { kind: 'any' };
  const fallback = /^\$\{\w+=(.*)\}$/.exec(value)?.[1];
  if (fallback !== undefined) return { kind: 'text', values: [fallback] };
  return value.includes('${') ? { kind: 'any' } : { ...TEXT, kind: 'text', values: [value] };
}
