import { openScope } from './check-templates.ts';
import { inferShape } from './infer-shape.ts';
import type { Infra } from './infra.ts';
import { checkObjectType, checkType } from './match-type.ts';
import type { ResourceTypes } from './resource-types.ts';
import { itemOf, type Shape } from './shape.ts';
import { bodyOf, type Problem, propertyOf, type Resource, type Template } from './template.ts';

/** Properties that belong to Bicep, not to the resource. */
const OF_BICEP = new Set(['parent', 'scope', 'dependsOn']);

/** What the compiler says about a property that the published type does not have. */
const UNTYPED = 'BCP037';

/** Every resource against its published type: versions, properties, required ones, enums, read-only ones, parents, scopes. */
export function checkResources(infra: Infra, types: ResourceTypes): Problem[] {
  return [...infra.templates.values()].flatMap((template) => {
    const used = new Set<number>();
    const problems = template.resources.flatMap((resource) => checkResource(infra, types, template, resource, used));
    const idle = [...template.suppressions.keys()].filter((line) => !used.has(line));
    return [
      ...problems,
      ...idle.map((line) => ({
        file: template.path,
        line,
        message: 'a compiler message is silenced that would not come',
      })),
    ];
  });
}

function checkResource(
  infra: Infra,
  types: ResourceTypes,
  template: Template,
  resource: Resource,
  used: Set<number>,
): Problem[] {
  const { scope, problems } = openScope(infra, types, template);
  const body = types.body(resource.type, resource.version);
  if (body === null) {
    const known = types.versions(resource.type).join(', ') || 'none';
    scope.report(
      resource.line,
      `${resource.type}@${resource.version} is not among the pinned types (known versions: ${known})`,
    );
    return problems;
  }
  checkPlace(template, resource, types, scope.report);
  if (resource.existing) {
    checkExisting(resource, scope.report);
    return problems;
  }
  const shape = withoutBicep(inferBody(resource, inferShape(resource.body, { ...scope, report: () => undefined })));
  const excuse = (path: string, line: number, value: Shape) => {
    const documented = types.documented(resource.type, path);
    if (documented === null || !template.suppressions.get(line)?.includes(UNTYPED)) return false;
    used.add(line);
    checkObjectType(value, documented, path, line, { types, report: scope.report, excuse: () => false });
    return true;
  };
  checkType(shape, body, '', resource.line, { types, report: scope.report, excuse });
  return problems;
}

const inferBody = (resource: Resource, shape: Shape): Shape => (resource.body.kind === 'loop' ? itemOf(shape) : shape);

function withoutBicep(shape: Shape): Shape {
  if (shape.kind !== 'object') return shape;
  return { ...shape, properties: new Map([...shape.properties].filter(([name]) => !OF_BICEP.has(name))) };
}

/** An existing resource is found by its name (an app by its id) and says nothing else. */
function checkExisting(resource: Resource, report: (line: number, message: string) => void): void {
  const key = resource.type.startsWith('Microsoft.Graph/') ? 'appId' : 'name';
  const body = bodyOf(resource.body);
  if (propertyOf(body, key) === null) report(resource.line, `an existing ${resource.type} is found by "${key}"`);
  if (body.kind !== 'object') return;
  for (const { name, line } of body.properties) {
    if (name !== key && !OF_BICEP.has(name ?? '')) report(line, `an existing resource cannot be given "${name}"`);
  }
}

/** A child names a parent of the right type; only extension resources may name a scope. */
function checkPlace(
  template: Template,
  resource: Resource,
  types: ResourceTypes,
  report: (line: number, message: string) => void,
): void {
  const scopes = types.scopes(resource.type, resource.version);
  const body = bodyOf(resource.body);
  const parent = propertyOf(body, 'parent');
  const names = resource.type.split('/');
  const isChild = names.length > 2 && !resource.type.startsWith('Microsoft.Graph/');
  if (propertyOf(body, 'scope') !== null) {
    if (!scopes.includes('extension'))
      report(resource.line, `${resource.type} cannot be placed on another resource by "scope"`);
  } else if (!scopes.includes(template.targetScope)) {
    report(resource.line, `${resource.type} cannot be deployed at the scope ${template.targetScope}`);
  }
  if (!isChild) return;
  const symbol = parent?.kind === 'index' ? parent.of : parent;
  const found = symbol?.kind === 'name' ? template.resources.find((one) => one.name === symbol.name) : undefined;
  const expected = names.slice(0, -1).join('/');
  if (found?.type !== expected) report(resource.line, `${resource.type} needs a parent of the type ${expected}`);
}
