import { en } from './en.ts';
import { fi } from './fi.ts';
import { ja } from './ja.ts';
import type { Words } from './words-shape.ts';

/** The languages that a channel can ask for. */
export const LANGUAGES = ['en', 'ja', 'fi'] as const;

export type Language = (typeof LANGUAGES)[number];

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
