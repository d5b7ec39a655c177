import type { en } from './en.ts';

type Shape<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof T]: Shape<T[Key]> };

/**
 * Everything that alerts say in one language. English is the model: what it has, every language must have.
 * Arguments come in the nominative, and texts from outside come escaped; word order, case and plural are the language's own affair.
 */
export type Words = Shape<typeof en>;
