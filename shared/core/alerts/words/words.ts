import { en } from './en.ts';
import { fi } from './fi.ts';
import { ja } from './ja.ts';

/** The languages that a channel can ask for. */
export const LANGUAGES = ['en', 'ja', 'fi'] as const;

export type Language = (typeof LANGUAGES)[number];

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

/** The words of a language. */
export function wordsIn(language: Language): Words {
  switch (language) {
    case 'en':
      return en;
    case 'ja':
      return ja;
    case 'fi':
      return fi;
  }
}
