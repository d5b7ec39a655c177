import { LANGUAGES, type Language, wordsIn } from '../../../../shared/core/alerts/words/words.ts';
import { REASON_CODES } from '../../../../shared/core/traffic/reason-words.ts';

type Said = string | ((...values: never[]) => string);

/** Every word of a language by its path, functions called with marks that cannot occur in a text. */
function leavesOf(language: Language): ReadonlyMap<string, Said> {
  const leaves = new Map<string, Said>();
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string' || typeof value === 'function') leaves.set(path, value as Said);
    else for (const [key, one] of Object.entries(value as object)) walk(one, path === '' ? key : `${path}.${key}`);
  };
  walk(wordsIn(language), '');
  return leaves;
}

function say(path: string, leaf: Said, englishArity: number): string {
  if (typeof leaf === 'string') return leaf;
  const marks = path.startsWith('count.') ? [3] : Array.from({ length: englishArity }, (_, at) => `⟦${at}⟧`);
  return (leaf as (...values: unknown[]) => string)(...marks);
}

const ENGLISH = leavesOf('en');
const PATHS = [...ENGLISH.keys()];
const arity = (path: string) => (ENGLISH.get(path) as (...values: never[]) => string).length ?? 0;
const inLanguage = (language: Language, path: string) => say(path, leavesOf(language).get(path) as Said, arity(path));

/** Names of products, settings, permissions, protocols and codes, which every language leaves as they are; `on` is Finnish for `is`. */
const NAMES = new Set(
  `Direct Send RejectDirectSend True False Exchange Online Microsoft Teams ManageAsApp GCC High DoD Get OrganizationConfig
  DSW_EXCHANGE_URL EXCHANGE_URL URL sig Power Automate Platform Graph Purview Key Vault Mail Mail.Send AuditLogsQuery Read All
  Defender for Office Plan SHA From P1 P2 IP UTC dsw alerts ack DNS SPF DKIM DMARC QR on DLP Global Reader Anyone ID`.split(
    /\s+/,
  ),
);

test.each(LANGUAGES)('%s has every word, and none is empty', (language) => {
  expect([...leavesOf(language).keys()].sort()).toEqual([...PATHS].sort());
  for (const path of PATHS) expect(inLanguage(language, path).trim()).not.toBe('');
});

test.each(LANGUAGES)('%s uses every placeholder that English uses', (language) => {
  for (const path of PATHS) {
    const marks = (text: string) => [...text.matchAll(/⟦\d⟧/g)].map(([mark]) => mark).sort();
    expect({ path, marks: marks(inLanguage(language, path)) }).toEqual({ path, marks: marks(inLanguage('en', path)) });
  }
});

test.each(LANGUAGES)('%s holds nothing that Markdown, HTML or a link detector would act on', (language) => {
  for (const path of PATHS) {
    const text = inLanguage(language, path);
    expect({ path, text: text.match(/[[\]*~#<>`\\{}]|:\/\/|^[-+] |^\d+[.)] |\n/) }).toEqual({ path, text: null });
  }
});

describe.each(['ja', 'fi'] as const)('%s', (language) => {
  test('leaves nothing in English but names', () => {
    for (const path of PATHS) {
      if (path === 'locale') continue;
      const words = (text: string) => new Set(text.replace(/⟦\d⟧/g, ' ').match(/[A-Za-z][\w]+/g) ?? []);
      const english = words(inLanguage('en', path));
      const left = [...words(inLanguage(language, path))].filter((word) => english.has(word) && !NAMES.has(word));
      expect({ path, left }).toEqual({ path, left: [] });
    }
  });
});

test('Japanese is written in Japanese, and its sentences are polite', () => {
  for (const path of PATHS) {
    const text = inLanguage('ja', path);
    const letters = text.replace(/⟦\d⟧|SHA-256|ja-JP/g, '').match(/\p{L}+/gu) ?? [];
    if (letters.length > 0) expect(text).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]|^ja-JP$/u);
    for (const sentence of text.split('。').slice(0, -1)) {
      expect(`${path}: ${sentence}`).toMatch(
        /(ます|です|ません|でした|ました|ください|ましたが|せん)(?:\s?\([^)]*\))?$/,
      );
    }
  }
});

test('counts follow the plural rules of the language', () => {
  expect([0, 1, 2, 1500].map(wordsIn('en').count.messages)).toEqual([
    '0 messages',
    '1 message',
    '2 messages',
    '1,500 messages',
  ]);
  expect([0, 1, 2].map(wordsIn('fi').count.alerts)).toEqual(['0 hälytystä', '1 hälytys', '2 hälytystä']);
  expect([1, 2].map(wordsIn('ja').count.tenants)).toEqual(['1 テナント', '2 テナント']);
});

describe.each(LANGUAGES)('reasons of an assessment in %s', (language) => {
  const { trafficReason } = wordsIn(language);
  const said = REASON_CODES.map((code) => ({ code, words: trafficReason[code] }));

  test('every code has words of its own, and they are not the code', () => {
    expect(Object.keys(trafficReason).sort()).toEqual([...REASON_CODES].sort());
    expect(new Set(said.map(({ words }) => words)).size).toBe(REASON_CODES.length);
    expect(said.filter(({ code, words }) => words.includes(code))).toEqual([]);
  });

  test('they are short enough to stand several in a line on a phone', () => {
    // A Japanese character is about twice as wide.
    const width = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2fff' ? 2 : 1), 0);
    expect(said.filter(({ words }) => width(words) > 46)).toEqual([]);
  });

  test('they stand inside a line: no sentence, no separator of the line', () => {
    expect(said.filter(({ words }) => /[.。·]|^\s|\s$/.test(words))).toEqual([]);
  });
});
