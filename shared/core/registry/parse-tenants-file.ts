import type { z } from 'zod';
import { type TenantsFile, tenantsFile } from '../schemas.ts';
import { crossCheck } from './cross-check.ts';
import { type FileProblem, joinPath } from './file-problem.ts';
import { findSecrets } from './find-secrets.ts';
import { findRepeatedKeys, parseJson } from './parse-json.ts';

export type { FileProblem };

export type ParsedTenantsFile =
  | { readonly ok: true; readonly file: TenantsFile; readonly warnings: readonly FileProblem[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Largest file that is read, in bytes: 5,000 tenants need about one million. */
export const LARGEST_FILE = 16 * 1024 * 1024;

/** Reads a tenants file from its text. Nothing of it is used unless all of it is right. */
export function parseTenantsFile(text: string): ParsedTenantsFile {
  const size = Buffer.byteLength(text);
  if (size > LARGEST_FILE)
    return wrong('', `is ${megabytes(size)} MB; the largest tenants file is ${megabytes(LARGEST_FILE)} MB`);
  if (text.startsWith('\uFEFF')) return wrong('', 'begins with a byte order mark; save it as UTF-8 without BOM');
  const json = parseJson(text);
  if (!json.ok) return { ok: false, problems: [json.problem] };
  const secrets = findSecrets(json.value);
  const parsed = tenantsFile.safeParse(json.value);
  if (!parsed.success) return { ok: false, problems: [...secrets, ...parsed.error.issues.flatMap(describeIssue)] };
  const file = lowerIds(parsed.data);
  const problems = [...secrets, ...findRepeatedKeys(text), ...crossCheck(file)];
  if (problems.length > 0) return { ok: false, problems };
  const warnings =
    file.tenants.length === 0 ? [{ path: 'tenants', message: 'is empty: no tenant would be checked' }] : [];
  return { ok: true, file, warnings };
}

function wrong(path: string, message: string): { ok: false; problems: FileProblem[] } {
  return { ok: false, problems: [{ path, message }] };
}

function describeIssue(issue: z.core.$ZodIssue): FileProblem[] {
  const path = issue.path.reduce<string>((sofar, key) => joinPath(sofar, key as string | number), '');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: joinPath(path, key), message: 'is not a known key' }));
    case 'invalid_type':
      return [
        {
          path,
          message: issue.message.includes('undefined')
            ? 'is required'
            : `must be ${KINDS[issue.expected] ?? issue.expected}`,
        },
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

const KINDS: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'text',
};

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1);
}
