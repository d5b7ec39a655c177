import fc from 'fast-check';
import { cleanText } from '../../../shared/core/alerts/clean-text.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';

const CONTROLS = /\p{Cc}/u;
/** Everything that reorders, hides or is not seen, but for the joiners inside emoji and joining scripts. */
const DECEPTIVE =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|[\ufe00-\ufe0e]|[\u{e0000}-\u{e0fff}]/u;

const countGraphemes = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length;

function expectClean(text: string, max: number): void {
  expect(text.isWellFormed()).toBe(true);
  expect(text).not.toMatch(CONTROLS);
  expect(text).not.toMatch(DECEPTIVE);
  expect(countGraphemes(text)).toBeLessThanOrEqual(max + 1);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4 * max + 3);
}

test.each(HOSTILE_TEXTS.map(({ tries, text }) => [tries, text.slice(0, 60), text] as const))(
  '%s: %j is clean afterwards',
  (_, __, text) => {
    for (const max of [40, 300]) expectClean(cleanText(text, max), max);
  },
);

test('any string at all is clean afterwards, and cleaning twice changes nothing', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.uint16Array().map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 50 }), (text, max) => {
      const cleaned = cleanText(text, max);
      expectClean(cleaned, max);
      expect(cleanText(cleaned, max + 1)).toBe(cleaned);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test.each([
  'Fabrikam GmbH',
  'Årsta & Søn A/S, Ünïcode',
  '株式会社テスト　東京支店',
  'الشركة العربية',
  'می‌خواهم',
  'कंपनी लिमिटेड',
  '👨‍👩‍👧‍👦 Family, 🏳️‍🌈, 👍🏽, 1️⃣, ❤️',
])('an honest name stays as it is: %s', (name) => {
  expect(cleanText(name, 100)).toBe(name);
});

test('what was hidden is taken out, and what was there is left', () => {
  expect(cleanText('Fab\u200brik\u00adam', 50)).toBe('Fabrikam');
  expect(cleanText('invoice\u202efdp.exe', 50)).toBe('invoicefdp.exe');
  expect(cleanText('a\u001b[31mred\u0007', 50)).toBe('a�[31mred�');
  expect(cleanText('one\r\ntwo\tthree', 50)).toBe('one two three');
  expect(cleanText('a\ud800b', 50)).toBe('a�b');
  expect(cleanText('\u3164\u200b ', 50)).toBe('');
});

test('a long text ends between graphemes, with an ellipsis', () => {
  expect(cleanText('abcdef', 6)).toBe('abcdef');
  expect(cleanText('abcdefg', 6)).toBe('abcdef…');
  expect(cleanText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 20)).toBe('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦');
  expect(cleanText(`${'\u200b'.repeat(5000)}tail`, 100)).toBe('…');
});
