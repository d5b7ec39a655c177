import { cleanText } from './clean-text.ts';

/** Turns a text from outside into one that a medium shows as it is; `max` counts graphemes. */
export type Show = (raw: string, max: number) => string;

const ACTIVE_IN_MARKDOWN = /[[\]*~#<>`\\{}]|={2,}/g;
/** Inside a word an underscore is no emphasis in any Markdown in use, and account names are full of them. */
const LOOSE_UNDERSCORE = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
const ENTITY = /&(?=#?\w+;)/g;
const LIST_MARKER = /^(?:[-+](?=[\s-]|$)|\d+(?=[.)](?:\s|$)))/;
const TO_FULL_WIDTH = 0xfee0;

const EMAIL_ADDRESS = /^[("'<]*[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+[)"'>,;.:]*$/u;
const SLASHES = /:?\/{2,}/g;
const SCHEME = /(?<![a-z0-9])(https?|ftp|mailto|tel|sms|sip|javascript|vbscript|data|file|msteams|skype):/gi;
const WEB_PREFIX = /(?<![a-z0-9])(www\d*)\./gi;
const HOST_NAME = /[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.(?:xn--[\w-]+|\p{L}{2,})(?![\p{L}\p{N}])/gu;

/**
 * For Adaptive Card text, which clients render as Markdown. Active characters become their full-width twins: phones ignore or print
 * the backslash of an escape (the parser that they share takes `[` for a link whatever stands before it), so a backslash protects nobody.
 */
export function escapeMarkdown(raw: string, max: number): string {
  return breakLinks(cleanText(raw, max))
    .replace(ACTIVE_IN_MARKDOWN, toFullWidth)
    .replace(LOOSE_UNDERSCORE, toFullWidth)
    .replace(ENTITY, toFullWidth)
    .replace(LIST_MARKER, toFullWidth);
}

/** For text that a mail program or a browser shows: clean and without live links; structure is escaped by `escapeHtml` around it. */
export function escapeProse(raw: string, max: number): string {
  return breakLinks(cleanText(raw, max));
}

/** For a terminal: no escape sequence, control or invisible character is left. */
export function escapeTerminal(raw: string, max: number): string {
  return cleanText(raw, max);
}

/** For HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One CSV field (RFC 4180): always quoted, and never read as a formula by a spreadsheet. */
export function escapeCsv(raw: string, max: number): string {
  const text = cleanText(raw, max);
  const inert = /^[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/**
 * Clients make links of bare addresses, and an attacker chooses what they lead to. The usual notation of security reports,
 * `https[://]evil[.]example`, stays readable and no client links it. Mail addresses stay: their target is what is seen.
 */
function breakLinks(text: string): string {
  return text.replace(/\S+/g, (word) =>
    EMAIL_ADDRESS.test(word)
      ? word
      : word
          .replace(SLASHES, '[$&]')
          .replace(SCHEME, '$1[:]')
          .replace(HOST_NAME, (host) => host.replaceAll('.', '[.]'))
          .replace(WEB_PREFIX, '$1[.]'),
  );
}

function toFullWidth(ascii: string): string {
  return ascii.replace(/./g, (character) => String.fromCharCode(character.charCodeAt(0) + TO_FULL_WIDTH));
}
