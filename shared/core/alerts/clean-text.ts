const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Controls, private use and noncharacters say nothing to a reader, and terminals obey some of them. */
const UNSHOWABLE = /[\p{Cc}\p{Co}\p{Noncharacter_Code_Point}]+/gu;
/**
 * Invisible characters reorder or hide what stands around them (bidi, zero-width, fillers, tags). Three uses carry meaning and stay:
 * a joiner inside an emoji, the emoji form of a sign, and the (non-)joiners of scripts whose letters change shape.
 */
const JOINING = '\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Malayalam}\\p{Script=Sinhala}';
const INVISIBLE = new RegExp(
  [
    '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u{FE0F}])\\u{200D}(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})\\u{FE0F}',
    '\\u{FE0F}(?=\\u{20E3})',
    `(?<=[${JOINING}])[\\u{200C}\\u{200D}](?=[${JOINING}])`,
    '([\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u{2800}])',
  ].join('|'),
  'gu',
);
/** More marks than any language stacks on one letter; beyond that they are drawn over the neighbouring lines. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
const BLANKS = /[^\S\u3000]+/g;

/**
 * Makes a text from outside fit to be shown: one line, well-formed, nothing invisible, at most `max` graphemes and `4 * max` UTF-8 bytes
 * (an ellipsis stands for the rest). What is left is what a reader would have seen.
 */
export function cleanText(raw: string, max: number): string {
  // Nobody can read a text that needs more code units than this, and the work must not grow with what an attacker sends.
  const bounded = raw.slice(0, max * 32);
  const cleaned = bounded
    .toWellFormed()
    .replace(LINE_BREAKS, ' ')
    .replace(UNSHOWABLE, '\u{FFFD}')
    .replace(INVISIBLE, (match, invisible) => (invisible === undefined ? match : ''))
    .replace(STACKED_MARKS, '$1')
    .replace(BLANKS, ' ')
    .trim();
  const capped = capText(cleaned, max);
  return bounded.length < raw.length && capped === cleaned ? `${capped}…` : capped;
}

/** Cuts between graphemes, never inside one; the ellipsis comes on top of `max`. */
function capText(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  let graphemes = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    graphemes += 1;
    if (graphemes > max || Buffer.byteLength(kept + segment) > 4 * max) return `${kept.trimEnd()}…`;
    kept += segment;
  }
  return kept;
}
