/** What is wrong, where: `path` is like `tenants[3].id`, empty for the file as a whole. Values are never repeated. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
}

/** Shapes that only secrets have: a signed URL, a webhook secret, a storage or client secret. */
const SECRET_SHAPES =
  /[?&]sig=|^whsec_|AccountKey=|SharedAccessSignature=|^[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,34}$/i;

/** Whether a text has a shape that only secrets have. */
export function looksSecret(text: string): boolean {
  return SECRET_SHAPES.test(text);
}

/** The path of a member. A key that is no plain name, or looks like a secret, is not repeated. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const isPlain = /^[\w$-]{1,64}$/.test(key) && !looksSecret(key);
  const shown = isPlain ? key : '(a key that is not a plain name)';
  return path === '' ? shown : `${path}.${shown}`;
}
