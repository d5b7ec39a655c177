import { cleanText } from '../alerts/clean-text.ts';
import { escapeHtml } from '../alerts/escape-text.ts';

/** A text from outside, as text of a page: nothing in it is obeyed. `most` counts graphemes. */
export function showText(text: string, most: number): string {
  return escapeHtml(cleanText(text, most));
}

/** `1 day`, `2 days`. */
export function showCount(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
