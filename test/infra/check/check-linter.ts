import type { Infra } from './infra.ts';
import { bodyOf, type Expression, literalText, type Problem, propertyOf, type Template } from './template.ts';
import { allOf, expressionsOf } from './walk.ts';

/** Hosts that differ between clouds and have a function that gives them. */
const CLOUD_HOSTS =
  /core\.windows\.net|vault\.azure\.net|database\.windows\.net|login\.microsoftonline\.com|management\.azure\.com|graph\.microsoft\.com/;

/** Rules of the official linter that need no types. Each is named as there, so that its page explains it. */
export function checkLinter(infra: Infra): Problem[] {
  return [...infra.templates.values()]
    .filter((template) => template.using === null)
    .flatMap((template) => [...checkTexts(template), ...checkKeys(template), ...checkBodies(template)]);
}

function checkTexts(template: Template): Problem[] {
  const all = expressionsOf(template);
  // A computed key must be a text, even when it is one value.
  const keys = new Set(all.flatMap((one) => (one.kind === 'object' ? one.properties.map(({ key }) => key) : [])));
  return all.flatMap((one) => {
    if (one.kind !== 'text' || keys.has(one)) return [];
    const written = one.parts.filter((part) => typeof part === 'string').join('');
    const problem = (message: string) => [{ file: template.path, line: one.line, message }];
    if (CLOUD_HOSTS.test(written)) return problem('no-hardcoded-env-urls: environment() knows this host');
    return one.parts.length === 1 && typeof one.parts[0] === 'object'
      ? problem('simplify-interpolation: the value alone is enough')
      : [];
  });
}

function checkKeys(template: Template): Problem[] {
  return expressionsOf(template).flatMap((one) =>
    one.kind !== 'object'
      ? []
      : one.properties
          .filter(({ name, key }) => key !== null && /^[A-Za-z_]\w*$/.test(name ?? ''))
          .map(({ name, line }) => ({
            file: template.path,
            line,
            message: `prefer-unquoted-property-names: ${name} needs no quotes`,
          })),
  );
}

function checkBodies(template: Template): Problem[] {
  return [...template.resources, ...template.modules].flatMap(({ body }) => {
    const inner = bodyOf(body);
    return [...checkLocation(inner), ...checkWaiting(inner)].map(({ line, message }) => ({
      file: template.path,
      line,
      message,
    }));
  });
}

/** A region belongs to a parameter; `global` is the one place that is none. */
function checkLocation(body: Expression): { line: number; message: string }[] {
  const params = propertyOf(body, 'params');
  return [body, ...(params === null ? [] : [params])].flatMap((one) => {
    const location = propertyOf(one, 'location');
    const written = literalText(location);
    return location === null || written === null || written === 'global'
      ? []
      : [{ line: location.line, message: `no-hardcoded-location: "${written}" belongs to a parameter` }];
  });
}

function checkWaiting(body: Expression): { line: number; message: string }[] {
  const list = propertyOf(body, 'dependsOn');
  if (list?.kind !== 'array' || body.kind !== 'object') return [];
  const used = new Set(
    body.properties
      .filter((one) => one.name !== 'dependsOn')
      .flatMap((one) => allOf(one.value))
      .flatMap((one) => (one.kind === 'name' ? [one.name] : [])),
  );
  return list.items.flatMap((one) =>
    one.kind === 'name' && used.has(one.name)
      ? [{ line: one.line, message: `no-unnecessary-dependson: "${one.name}" is used, so it is waited for` }]
      : [],
  );
}
