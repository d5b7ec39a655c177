/** What a query of the product carries in its text: the tenant's domains, the period, and the word lists. */
export interface HuntingConstants {
  /** The name in the first comment line. */
  readonly query: string;
  readonly own: ReadonlySet<string>;
  readonly below: RegExp;
  readonly start: number;
  readonly end: number;
  text(name: string): RegExp;
  list(name: string): readonly string[];
  /** One of the terms of a list, standing alone in the text. */
  terms(name: string): RegExp;
}

/** Milliseconds by which queries look before and after their period. */
export const MARGIN = 3 * 86_400_000;

/** Reads the constants of a query; null when it is not one of the product's. */
export function readConstants(query: string): HuntingConstants | null {
  const name = /^\/\/ direct-send-watch: ([a-z-]+)\r?\n/.exec(query)?.[1];
  if (name === undefined) return null;
  const pattern = (key: string) => toRegExp(find(query, key, /@"([^"]*)"/));
  const list = (key: string) => JSON.parse(find(query, key, /dynamic\((\[[^\]]*\])\)/)) as string[];
  const terms = (key: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${list(key).join('|')})(?![\\p{L}\\p{N}])`, 'u');
  return {
    query: name,
    own: new Set(list('Own')),
    below: pattern('Below'),
    start: Date.parse(find(query, 'Start', /datetime\(([^)]*)\)/)),
    end: Date.parse(find(query, 'End', /datetime\(([^)]*)\)/)),
    text: once(pattern),
    list: once(list),
    terms: once(terms),
  };
}

function once<T>(read: (key: string) => T): (key: string) => T {
  const found = new Map<string, T>();
  return (key) => {
    const value = found.get(key) ?? read(key);
    found.set(key, value);
    return value;
  };
}

function find(query: string, key: string, form: RegExp): string {
  const found = new RegExp(`^let ${key} = ${form.source};`, 'm').exec(query)?.[1];
  if (found === undefined) throw new Error(`The query does not define ${key} in the form ${form.source}.`);
  return found;
}

function toRegExp(pattern: string): RegExp {
  return pattern.startsWith('(?i)') ? new RegExp(pattern.slice(4), 'iu') : new RegExp(pattern, 'u');
}
