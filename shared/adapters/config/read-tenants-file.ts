import { readFileSync, statSync } from 'node:fs';
import { type FileProblem, LARGEST_FILE, parseTenantsFile } from '../../core/registry/parse-tenants-file.ts';
import type { TenantsFile } from '../../core/schemas.ts';
import { ConfigurationError } from './setting-reader.ts';

/** Problems shown of one file; a file of another kind altogether has thousands. */
const MOST_SHOWN = 20;

/** Reads a tenants file from disk. Throws a `ConfigurationError` that names the file, each wrong place and what to do. */
export function readTenantsFile(path: string): { readonly file: TenantsFile; readonly warnings: readonly string[] } {
  const text = readText(path);
  return parse(text, path, findWindowsLineEnd(text));
}

/** A file that a person hands over is held to one form, so that the same list never differs between two machines. */
function findWindowsLineEnd(text: string): readonly FileProblem[] {
  const at = text.indexOf('\r\n');
  if (at === -1) return [];
  const line = text.slice(0, at).split('\n').length;
  return [{ path: '', message: `has Windows line ends (CRLF), the first in line ${line}; save it with LF line ends` }];
}

/** Reads what `DSW_TENANTS` holds: the text of a tenants file, or its path. Its line ends are those of the machine that deployed it. */
export function readDeployedTenants(setting: string): TenantsFile {
  const text = setting.trimStart().startsWith('{') ? setting : readText(setting, 'DSW_TENANTS');
  return parse(text, 'DSW_TENANTS').file;
}

function readText(path: string, name = path): string {
  try {
    // Looked at first, so that a huge file is not read at all.
    const { size } = statSync(path);
    if (size > LARGEST_FILE) {
      const megabytes = (size / 1024 / 1024).toFixed(1);
      throw new ConfigurationError(
        `${name} is ${megabytes} MB; the largest tenants file is ${LARGEST_FILE / 1024 / 1024} MB`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const what = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new ConfigurationError(`${name}: the file ${what}`);
  }
}

function parse(
  text: string,
  name: string,
  found: readonly FileProblem[] = [],
): { file: TenantsFile; warnings: string[] } {
  const parsed = parseTenantsFile(text);
  const problems = parsed.ok ? found : [...found, ...parsed.problems];
  if (parsed.ok && problems.length === 0)
    return { file: parsed.file, warnings: parsed.warnings.map((one) => describe(name, one)) };
  const shown = problems.slice(0, MOST_SHOWN).map((one) => describe(name, one));
  const more = problems.length - shown.length;
  throw new ConfigurationError([...shown, ...(more > 0 ? [`… and ${more} more problems`] : [])].join('\n'));
}

function describe(name: string, { path, message }: FileProblem): string {
  return path === '' ? `${name} ${message}` : `${name}: ${path} ${message}`;
}
