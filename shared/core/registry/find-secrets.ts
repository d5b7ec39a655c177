import { type FileProblem, joinPath, looksSecret } from './file-problem.ts';

const REFUSAL = 'contains a secret; put it into an application setting or Key Vault and name that here';
/** The schema nests five levels; what goes far beyond is refused before it can exhaust the stack. */
const DEEPEST = 32;

/** Every place of a parsed file where a secret stands, keys included, and every place that is nested too deeply to look into. */
export function findSecrets(value: unknown, path = '', depth = 0): FileProblem[] {
  if (typeof value === 'string') return looksSecret(value) ? [{ path, message: REFUSAL }] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (depth > DEEPEST) return [{ path, message: 'is nested deeper than a tenants file ever is' }];
  if (Array.isArray(value)) return value.flatMap((one, at) => findSecrets(one, joinPath(path, at), depth + 1));
  return Object.entries(value).flatMap(([key, one]) => {
    const place = joinPath(path, key);
    const inside = findSecrets(one, place, depth + 1);
    return looksSecret(key) ? [{ path: place, message: REFUSAL }, ...inside] : inside;
  });
}
