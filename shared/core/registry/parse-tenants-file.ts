import { type ParseError, parse } from 'jsonc-parser';
import type { z } from 'zod';
import { type TenantsFile, tenantsFile } from '../schemas.ts';

/** What is wrong, where: `path` is like `tenants[3].id`, empty for the file as a whole. Values are never repeated. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
}

export type ParsedTenantsFile =
  | { readonly ok: true; readonly file: TenantsFile; readonly warnings: readonly FileProblem[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Largest file that is read, in bytes: 5,000 tenants need about one million. */
export const LARGEST_FILE = 16 * 1024 * 1024;

/** Shapes that only secrets have: a signed URL, a webhook secret, a storage or client secret. */
const SECRET_SHAPES =
  /[?&]sig=|^whsec_|AccountKey=|SharedAccessSignature=|^[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}$/i;

/** Reads a tenants file from its text. Nothing of it is used unless all of it is right. */
export function parseTenantsFile(text: string): ParsedTenantsFile {
  const size = Buffer.byteLength(text);
  if (size > LARGEST_FILE)
    return wrong('', `is ${megabytes(size)} MB; the largest tenants file is ${megabytes(LARGEST_FILE)} MB`);
  if (text.startsWith('\uFEFF')) return wrong('', 'begins with a byte order mark; save it as UTF-8 without BOM');
  const json = parseJson(text);
  if (!json.ok) return json;
  const secrets = findSecrets(json.value, '');
  const parsed = tenantsFile.safeParse(json.value);
  if (!parsed.success) return { ok: false, problems: [...secrets, ...parsed.error.issues.flatMap(describeIssue)] };
  const file = lowerIds(parsed.data);
  const problems = [...secrets, ...findDuplicates(file), ...findUnknownChannels(file)];
  if (problems.length > 0) return { ok: false, problems };
  const warnings =
    file.tenants.length === 0 ? [{ path: 'tenants', message: 'is empty: no tenant would be checked' }] : [];
  return { ok: true, file, warnings };
}

function wrong(path: string, message: string): { ok: false; problems: FileProblem[] } {
  return { ok: false, problems: [{ path, message }] };
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; problems: FileProblem[] } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const start = text.trimStart().slice(0, 1);
    if (text.trim() === '') return wrong('', 'is empty; see docs/tenants.schema.json for its form');
    if (start !== '{' && start !== '[') {
      const csv = /^[^\n{]*[,;\t][^\n]*\r?\n/.test(text.trimStart());
      return wrong('', csv ? 'is not JSON; it looks like CSV' : 'is not JSON: it does not begin with {');
    }
    return wrong('', describeSyntax(text));
  }
}

/** Where the text stops being JSON. The engine's own message is not used: it repeats a piece of the file, which may be a secret. */
function describeSyntax(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: false, disallowComments: true });
  const offset = errors[0]?.offset ?? text.length;
  const lines = text.slice(0, offset).split('\n');
  const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
  const trailing = /,\s*$/.test(text.slice(0, offset)) && /^\s*[\]}]/.test(text.slice(offset));
  return trailing
    ? `is not JSON: there is a comma before the closing bracket at ${place}`
    : `is not JSON: look at ${place}`;
}

function findSecrets(value: unknown, path: string): FileProblem[] {
  if (typeof value === 'string') {
    if (!SECRET_SHAPES.test(value)) return [];
    return [{ path, message: 'contains a secret; put it into an application setting or Key Vault and name that here' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    findSecrets(one, join(path, Array.isArray(value) ? Number(key) : key)),
  );
}

function describeIssue(issue: z.core.$ZodIssue): FileProblem[] {
  const path = issue.path.reduce<string>((sofar, key) => join(sofar, key as string | number), '');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: join(path, key), message: 'is not a known key' }));
    case 'invalid_type':
      return [
        { path, message: issue.message.includes('undefined') ? 'is required' : `must be ${article(issue.expected)}` },
      ];
    case 'invalid_value':
      return [{ path, message: `must be one of ${issue.values.map(String).join(', ')}` }];
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? 'is not a valid name' }];
    case 'invalid_union':
      return [
        {
          path,
          message:
            'note' in issue && issue.note === 'No matching discriminator'
              ? 'must be teams-workflow, webhook or email'
              : issue.message,
        },
      ];
    case 'too_small':
      return [{ path, message: issue.origin === 'string' ? issue.message : `must have at least ${issue.minimum}` }];
    case 'too_big':
      return [{ path, message: issue.origin === 'string' ? issue.message : `must have at most ${issue.maximum}` }];
    default:
      return [{ path, message: issue.message }];
  }
}

function lowerIds(file: TenantsFile): TenantsFile {
  return { ...file, tenants: file.tenants.map((tenant) => ({ ...tenant, id: tenant.id.toLowerCase() })) };
}

function findDuplicates(file: TenantsFile): FileProblem[] {
  const first = new Map<string, number>();
  return file.tenants.flatMap(({ id }, at) => {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, at);
    return earlier === undefined
      ? []
      : [{ path: `tenants[${at}].id`, message: `is the same as tenants[${earlier}].id` }];
  });
}

function findUnknownChannels(file: TenantsFile): FileProblem[] {
  const known = new Set(Object.keys(file.channels ?? {}));
  const check = (path: string, names: readonly string[] | undefined) =>
    (names ?? []).flatMap((name, at) =>
      known.has(name)
        ? []
        : [{ path: `${path}[${at}]`, message: `names the channel "${name}", which "channels" does not define` }],
    );
  const { defaults } = file;
  const fallback = defaults?.fallback === undefined ? [] : check('defaults.fallback', [defaults.fallback]);
  return [
    ...check('defaults.channels', defaults?.channels),
    ...check('defaults.escalateTo', defaults?.escalateTo),
    ...fallback.map((one) => ({ ...one, path: 'defaults.fallback' })),
    ...file.tenants.flatMap((tenant, at) => [
      ...check(`tenants[${at}].channels`, tenant.channels),
      ...check(`tenants[${at}].escalateTo`, tenant.escalateTo),
    ]),
  ];
}

function join(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const safe = /^[\w$-]{1,64}$/.test(key) ? key : '(a key that is not a plain name)';
  return path === '' ? safe : `${path}.${safe}`;
}

function article(expected: string): string {
  return expected === 'object'
    ? 'an object'
    : expected === 'array'
      ? 'a list'
      : expected === 'string'
        ? 'text'
        : `a ${expected}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1);
}
