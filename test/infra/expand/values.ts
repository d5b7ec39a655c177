/** A resource that a template declares or names, once its own name is known. */
export class Deployed {
  readonly type: string;
  /** With the names of its parents, parted by slashes. */
  readonly name: string;
  readonly id: string;

  constructor(type: string, name: string, id: string) {
    this.type = type;
    this.name = name;
    this.id = id;
  }
}

/** What a resource tells only after it was deployed, such as an endpoint; shown as `<name: path>`. */
export class Later {
  readonly of: string;
  readonly path: string;

  constructor(of: string, path: string) {
    this.of = of;
    this.path = path;
  }

  toJSON(): string {
    return `<${this.of}: ${this.path}>`;
  }
}

/** What an expression is worth. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Deployed
  | Later
  | readonly Value[]
  | { readonly [name: string]: Value };

export type Members = { readonly [name: string]: Value };

export function isMembers(value: Value | undefined): value is Members {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Later) &&
    !(value instanceof Deployed)
  );
}

/** A value as part of a text. */
export function toText(value: Value): string {
  if (value instanceof Later) return value.toJSON();
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`${JSON.stringify(value)} is no text`);
}
