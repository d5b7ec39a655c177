import { openScope } from './check-templates.ts';
import { inferShape } from './infer-shape.ts';
import { type Infra, resolvePath } from './infra.ts';
import { checkShape } from './match-shape.ts';
import type { ResourceTypes } from './resource-types.ts';
import { type Scope, shapeOfParameter } from './scope.ts';
import type { Shape } from './shape.ts';
import {
  bodyOf,
  type Expression,
  literalText,
  type Module,
  type Parameter,
  type Problem,
  propertyOf,
  type Template,
} from './template.ts';

/** Azure's limit for the name of a deployment, which is what a module becomes. */
const LONGEST_NAME = 64;

const OF_A_MODULE = new Set(['name', 'params', 'scope', 'dependsOn']);

/** Every module call: the file exists, each parameter exists there and is of the right kind, and none that is required is missing. */
export function checkModules(infra: Infra, types: ResourceTypes): Problem[] {
  return [...infra.templates.values()].flatMap((template) => {
    const { scope, problems } = openScope(infra, types, template);
    const names = new Set<string>();
    for (const module of template.modules) {
      const name = literalText(propertyOf(bodyOf(module.body), 'name')) ?? '';
      if (name === '' || name.length > LONGEST_NAME || names.has(name))
        scope.report(module.line, `the module "${module.name}" needs a name of its own`);
      names.add(name);
      checkModule(module, scope);
    }
    return problems;
  });
}

function checkModule(module: Module, scope: Scope): void {
  const target = scope.infra.templates.get(resolvePath(scope.template.path, module.path));
  if (target === undefined) {
    scope.report(module.line, `the module file ${module.path} does not exist`);
    return;
  }
  const body = bodyOf(module.body);
  if (target.targetScope !== scope.template.targetScope && !isGroup(propertyOf(body, 'scope'), scope.template)) {
    scope.report(module.line, `${module.path} is for a ${target.targetScope}: name one in "scope"`);
  }
  for (const property of body.kind === 'object' ? body.properties : []) {
    if (!OF_A_MODULE.has(property.name ?? '')) scope.report(property.line, `a module has no "${property.name}"`);
  }
  const params = propertyOf(body, 'params');
  const given = params === null ? new Map() : propertiesOf(inferShape(params, { ...scope, report: () => undefined }));
  if (params !== null) checkLimits(params, target.parameters, scope);
  checkArguments(given, target.parameters, module.line, { ...scope, template: target }, scope.report);
}

const LIMITS = ['minValue', 'maxValue', 'minLength', 'maxLength'];

/** A parameter that is handed on keeps the limits of the one that takes it, so that a wrong value is refused at the door. */
function checkLimits(params: Expression, declared: readonly Parameter[], scope: Scope): void {
  for (const { name, value, line } of params.kind === 'object' ? params.properties : []) {
    const source = value.kind === 'name' ? scope.template.parameters.find((one) => one.name === value.name) : undefined;
    const target = declared.find((one) => one.name === name);
    if (source === undefined || target === undefined) continue;
    for (const limit of LIMITS) {
      const wanted = limitOf(target, limit);
      if (wanted !== null && limitOf(source, limit) !== wanted)
        scope.report(line, `the parameter "${source.name}" needs the same @${limit}(${wanted}) as "${target.name}"`);
    }
  }
}

function limitOf({ decorators }: Parameter, limit: string): number | null {
  const value = decorators.find((one) => one.name === limit)?.args[0];
  if (value?.kind === 'operation') return value.operands[0]?.kind === 'number' ? -value.operands[0].value : null;
  return value?.kind === 'number' ? value.value : null;
}

function isGroup(scope: ReturnType<typeof propertyOf>, template: Template): boolean {
  if (scope?.kind !== 'name') return false;
  return template.resources.find((one) => one.name === scope.name)?.type === 'Microsoft.Resources/resourceGroups';
}

const propertiesOf = (shape: Shape) => (shape.kind === 'object' ? shape.properties : new Map());

/** Given parameters against declared ones; also used for parameter files. `scope` is that of the declaring template. */
export function checkArguments(
  given: ReadonlyMap<string, { shape: Shape; line: number }>,
  declared: readonly Parameter[],
  line: number,
  scope: Scope,
  report: (line: number, message: string) => void,
): void {
  const where = scope.template.path;
  for (const [name, entry] of given) {
    const parameter = declared.find((one) => one.name === name);
    if (parameter === undefined) report(entry.line, `${where} has no parameter "${name}"`);
    else checkGiven(entry.shape, parameter, entry.line, scope, report);
  }
  for (const { name, value } of declared) {
    if (value === null && !given.has(name)) report(line, `the parameter "${name}" of ${where} is required`);
  }
}

function checkGiven(
  shape: Shape,
  parameter: Parameter,
  line: number,
  scope: Scope,
  report: (line: number, message: string) => void,
): void {
  checkShape(shape, shapeOfParameter(parameter, scope), `the parameter "${parameter.name}"`, line, report);
  const least = parameter.decorators.find((one) => one.name === 'minLength')?.args[0];
  if (shape.kind === 'array' && shape.count !== null && least?.kind === 'number' && shape.count < least.value) {
    report(line, `the parameter "${parameter.name}" needs at least ${least.value} entries`);
  }
}
