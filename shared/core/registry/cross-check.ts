import type { TenantsFile } from '../schemas.ts';
import type { FileProblem } from './file-problem.ts';

/** What a schema cannot say of a tenants file: ids and names of channels that repeat, names of channels that do not exist. */
export function crossCheck(file: TenantsFile): FileProblem[] {
  const known = new Set(Object.keys(file.channels ?? {}));
  const { defaults, tenants } = file;
  const fallback = defaults?.fallback;
  return [
    ...findRepeated(tenants.map(({ id }, at) => [`tenants[${at}].id`, id])),
    ...checkList('defaults.channels', defaults?.channels, known),
    ...checkList('defaults.escalateTo', defaults?.escalateTo, known),
    ...findUnknown(fallback === undefined ? [] : [['defaults.fallback', fallback]], known),
    ...tenants.flatMap((tenant, at) => [
      ...checkList(`tenants[${at}].channels`, tenant.channels, known),
      ...checkList(`tenants[${at}].escalateTo`, tenant.escalateTo, known),
    ]),
  ];
}

type Place = readonly [path: string, name: string];

function checkList(path: string, names: readonly string[] = [], known: ReadonlySet<string>): FileProblem[] {
  const places = names.map((name, at): Place => [`${path}[${at}]`, name]);
  return [...findRepeated(places), ...findUnknown(places, known)];
}

function findRepeated(places: readonly Place[]): FileProblem[] {
  const first = new Map<string, string>();
  return places.flatMap(([path, name]) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, path);
    return earlier === undefined ? [] : [{ path, message: `is the same as ${earlier}` }];
  });
}

function findUnknown(places: readonly Place[], known: ReadonlySet<string>): FileProblem[] {
  return places
    .filter(([, name]) => !known.has(name))
    .map(([path]) => ({ path, message: 'names a channel that "channels" does not define' }));
}
