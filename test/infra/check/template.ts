/** A Bicep expression, as far as the checks need to understand it. `line` counts from 1. */
export type Expression = { readonly line: number } & (
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'object'; readonly properties: readonly Property[] }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'loop';
      readonly item: string;
      readonly index: string | null;
      readonly over: Expression;
      readonly body: Expression;
    }
  | { readonly kind: 'if'; readonly condition: Expression; readonly body: Expression }
  | { readonly kind: 'ternary'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly on: Expression | null;
      readonly args: readonly Expression[];
    }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[] }
  | { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: Expression }
);

/** One entry of an object; `name` is null when the key is computed. */
export interface Property {
  readonly name: string | null;
  readonly key: Expression | null;
  readonly value: Expression;
  readonly line: number;
}

/** A type as written behind `param`, `output`, `type` and `func`. */
export type TypeSyntax =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'array'; readonly of: TypeSyntax }
  | { readonly kind: 'nullable'; readonly of: TypeSyntax }
  | { readonly kind: 'object'; readonly properties: readonly { readonly name: string; readonly type: TypeSyntax }[] };

export interface Decorator {
  readonly name: string;
  readonly args: readonly Expression[];
}

interface Declared {
  readonly name: string;
  readonly line: number;
  readonly decorators: readonly Decorator[];
}

export interface Parameter extends Declared {
  readonly type: TypeSyntax;
  readonly value: Expression | null;
}

export interface Variable extends Declared {
  readonly value: Expression;
}

export interface Output extends Declared {
  readonly type: TypeSyntax;
  readonly value: Expression;
}

export interface Resource extends Declared {
  readonly type: string;
  readonly version: string;
  readonly existing: boolean;
  readonly body: Expression;
}

export interface Module extends Declared {
  readonly path: string;
  readonly body: Expression;
}

export interface UserFunction extends Declared {
  readonly parameters: readonly { readonly name: string; readonly type: TypeSyntax }[];
  readonly returns: TypeSyntax;
  readonly body: Expression;
}

export interface UserType extends Declared {
  readonly type: TypeSyntax;
}

export interface Import {
  readonly name: string;
  readonly as: string;
  readonly from: string;
  readonly line: number;
}

/** One .bicep or .bicepparam file. In the latter, `variables` holds the assigned parameters. */
export interface Template {
  /** Path below `infra/`, with forward slashes. */
  readonly path: string;
  readonly targetScope: string;
  /** What a parameter file is for; null in templates. */
  readonly using: string | null;
  readonly imports: readonly Import[];
  readonly parameters: readonly Parameter[];
  readonly variables: readonly Variable[];
  readonly resources: readonly Resource[];
  readonly modules: readonly Module[];
  readonly outputs: readonly Output[];
  readonly functions: readonly UserFunction[];
  readonly types: readonly UserType[];
  /** Compiler codes silenced for the line after the comment, by that line. */
  readonly suppressions: ReadonlyMap<number, readonly string[]>;
}

/** Something wrong, where, in words for the person who edits the template. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The object behind the conditions and loops of a resource or module. */
export function bodyOf(expression: Expression): Expression {
  return expression.kind === 'loop' || expression.kind === 'if' ? bodyOf(expression.body) : expression;
}

/** The value of a property of an object expression; null when it is not there. */
export function propertyOf(expression: Expression, name: string): Expression | null {
  if (expression.kind !== 'object') return null;
  return expression.properties.find((property) => property.name === name)?.value ?? null;
}

/** The text of a string without interpolation; null for everything else. */
export function literalText(expression: Expression | null): string | null {
  if (expression?.kind !== 'text') return null;
  return expression.parts.every((part) => typeof part === 'string') ? expression.parts.join('') : null;
}
