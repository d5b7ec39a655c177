import { type Infra, resolvePath } from '../check/infra.ts';
import { type Expression, propertyOf, type Resource, type Template } from '../check/template.ts';
import { callBuiltIn, PLACE } from './call-built-in.ts';
import { evaluate, type Sight } from './evaluate.ts';
import { Deployed, isMembers, type Members, type Value } from './values.ts';

/** One resource (or the call of a module) as it would be sent to Azure. */
export interface Expanded {
  readonly type: string;
  readonly id: string;
  /** Names of what it waits for without using it. */
  readonly waitsFor: readonly string[];
  readonly body: Members;
}

/** A whole deployment. */
export interface Expansion {
  readonly resources: readonly Expanded[];
  readonly outputs: Members;
}

/** Stands for a name while it is being worked out. */
const WAITING = Symbol('waiting');

/** Expands a parameter file: every resource that its template deploys, in order, and the outputs. */
export function expandParameters(infra: Infra, path: string): Expansion {
  const file = templateOf(infra, path);
  const blind: Sight = { name: noName, own: () => undefined, file: (named) => textOf(infra, path, named) };
  const given = Object.fromEntries(file.variables.map(({ name, value }) => [name, evaluate(value, blind)]));
  return expandTemplate(infra, resolvePath(path, file.using ?? ''), given);
}

/** Expands one template with given parameters. Throws where the deployment would fail. */
export function expandTemplate(infra: Infra, path: string, given: Members): Expansion {
  const template = templateOf(infra, path);
  const resources: Expanded[] = [];
  const known = new Map<string, Value | typeof WAITING>();
  const sight: Sight = {
    name(name) {
      const value = known.get(name);
      if (value === WAITING) throw new Error(`${path}: "${name}" waits for itself`);
      if (value !== undefined) return value;
      known.set(name, WAITING);
      const resolved = resolveName(name);
      known.set(name, resolved);
      return resolved;
    },
    own: (name, args) => callOwn(infra, template, name, args),
    file: (named) => textOf(infra, path, named),
  };
  const resolveName = (name: string): Value => {
    const parameter = template.parameters.find((one) => one.name === name);
    if (parameter !== undefined) {
      const value = given[name] ?? (parameter.value === null ? undefined : evaluate(parameter.value, sight));
      if (value === undefined) throw new Error(`${path}: the parameter "${name}" is not given`);
      return value;
    }
    const variable = template.variables.find((one) => one.name === name);
    if (variable !== undefined) return evaluate(variable.value, sight);
    const resource = template.resources.find((one) => one.name === name);
    if (resource !== undefined) return expandBody(resource.body, sight, (body) => deploy(resource, body));
    const module = template.modules.find((one) => one.name === name);
    if (module === undefined) return noName(name);
    return expandBody(module.body, sight, (body) => {
      const inner = expandTemplate(infra, resolvePath(path, module.path), isMembers(body.params) ? body.params : {});
      resources.push({
        type: 'module',
        id: module.path,
        waitsFor: waitsFor(module.body),
        body: { name: body.name ?? null },
      });
      resources.push(...inner.resources);
      return { outputs: inner.outputs };
    });
  };
  const deploy = (resource: Resource, { parent, scope, name, ...body }: Members): Deployed => {
    const own = nameOf(resource, parent ?? null, String(name));
    const types = resource.type.split('/');
    const under =
      scope instanceof Deployed ? scope.id : template.targetScope === 'subscription' ? PLACE.subscription : PLACE.group;
    const steps = own.split('/').map((step, index) => `${types[index + 1]}/${step}`);
    const deployed = new Deployed(resource.type, own, `${under}/providers/${types[0]}/${steps.join('/')}`);
    const { dependsOn: _, ...sent } = body;
    if (!resource.existing)
      resources.push({
        type: `${resource.type}@${resource.version}`,
        id: deployed.id,
        waitsFor: waitsFor(resource.body),
        body: sent,
      });
    return deployed;
  };
  for (const { name } of [...template.resources, ...template.modules]) sight.name(name);
  return {
    resources,
    outputs: Object.fromEntries(template.outputs.map((one) => [one.name, evaluate(one.value, sight)])),
  };
}

/** A body behind its condition and loop; null when the condition says no. */
function expandBody(body: Expression, sight: Sight, make: (body: Members) => Value): Value {
  if (body.kind === 'if') return evaluate(body.condition, sight) === true ? expandBody(body.body, sight, make) : null;
  const plain = (one: Value) => make(isMembers(one) ? one : {});
  const value = evaluate(body, sight);
  return Array.isArray(value) ? value.map(plain) : plain(value);
}

function nameOf(resource: Resource, parent: Value, name: string): string {
  if (parent === null) return name;
  if (!(parent instanceof Deployed) || parent.type !== resource.type.slice(0, resource.type.lastIndexOf('/'))) {
    throw new Error(`the parent of "${resource.name}" is of another type`);
  }
  return `${parent.name}/${name}`;
}

function waitsFor(body: Expression): string[] {
  const inner = body.kind === 'loop' || body.kind === 'if' ? body.body : body;
  const list = propertyOf(inner, 'dependsOn');
  return list?.kind === 'array' ? list.items.map((one) => (one.kind === 'name' ? one.name : '')) : [];
}

function callOwn(infra: Infra, template: Template, name: string, args: readonly Value[]): Value | undefined {
  const from = template.imports.find((one) => one.as === name);
  const home = from === undefined ? template : templateOf(infra, resolvePath(template.path, from.from));
  const found = home.functions.find((one) => one.name === (from?.name ?? name));
  if (found === undefined) return undefined;
  const locals = new Map(found.parameters.map((one, index) => [one.name, args[index] ?? null]));
  return evaluate(found.body, {
    name: (one) => locals.get(one) ?? noName(one),
    own: (one, inner) => callOwn(infra, home, one, inner) ?? callBuiltIn(one, inner),
    file: (named) => textOf(infra, home.path, named),
  });
}

function templateOf(infra: Infra, path: string): Template {
  const found = infra.templates.get(path);
  if (found === undefined) throw new Error(`${path} does not exist or does not parse`);
  return found;
}

function textOf(infra: Infra, from: string, named: string): string {
  const text = infra.text(resolvePath(from, named));
  if (text === null) throw new Error(`${from} loads ${named}, which does not exist`);
  return text;
}

function noName(name: string): never {
  throw new Error(`nothing is called "${name}"`);
}
