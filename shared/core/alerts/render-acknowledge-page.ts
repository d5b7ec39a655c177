import type { Acknowledgement } from '../setting/tenant-state.ts';
import type { Instant } from '../time.ts';
import { ACKNOWLEDGE_STYLE } from './acknowledge-style.ts';
import type { Alert } from './alert.ts';
import { escapeHtml, escapeProse } from './escape-text.ts';
import { formatTimesFor, type Times } from './format-time.ts';
import { ROOMY } from './render-text.ts';
import type { AlertContext, Story } from './story.ts';
import { tellStory } from './tell-story.ts';
import { type Language, wordsIn } from './words/words.ts';
import type { Words } from './words/words-shape.ts';

/** What the page is to say. Only `valid` and `acknowledged` carry a form; `token` is what the link was signed with. */
export type AcknowledgePage =
  | { readonly state: 'valid'; readonly alert: Alert; readonly context: AlertContext; readonly token: string }
  | {
      readonly state: 'acknowledged';
      readonly alert: Alert;
      readonly context: AlertContext;
      readonly token: string;
      readonly acknowledgement: Acknowledgement;
    }
  | {
      readonly state: 'done';
      readonly alert: Alert;
      readonly context: AlertContext;
      readonly acknowledgement: Acknowledgement;
    }
  /** Expired or forged: nothing about any alert or tenant is shown. */
  | { readonly state: 'refused'; readonly language: Language };

/** What the form posts beside `token` and `by`: for how many days reminders stop; empty means until the episode ends. */
export const ACKNOWLEDGE_DAYS = ['1', '7', '30', ''] as const;
/** Most characters of the name that the form takes. */
export const LONGEST_NAME = 100;

/**
 * Renders the page behind a card's acknowledge link: a whole HTML document without script, to be sent with `acknowledgeHeaders()`.
 * Seeing it changes nothing; the form posts `token`, `by` and `days` to the page's own address.
 */
export function renderAcknowledgePage(page: AcknowledgePage): string {
  switch (page.state) {
    case 'refused': {
      const words = wordsIn(page.language);
      const { refusedTitle, refused } = words.acknowledge;
      return layOut(words, refusedTitle, [paragraph(refused)]);
    }
    case 'valid': {
      const { words, article } = prepare(page);
      const { title, explain } = words.acknowledge;
      return layOut(words, title, [article, paragraph(explain), form(words, page.token)]);
    }
    case 'acknowledged': {
      const { words, times, article } = prepare(page);
      const { alreadyTitle, again } = words.acknowledge;
      const facts = describe(words, times, page.acknowledgement);
      return layOut(words, alreadyTitle, [...facts, article, paragraph(again), form(words, page.token)]);
    }
    case 'done': {
      const { words, times, article } = prepare(page);
      const { doneTitle, done } = words.acknowledge;
      const by = escapeProse(page.acknowledgement.by, LONGEST_NAME);
      const until = tellUntil(words, times, page.acknowledgement);
      return layOut(words, doneTitle, [paragraph(done(by)), ...until, article]);
    }
  }
}

function prepare({ alert, context }: { alert: Alert; context: AlertContext }) {
  const words = wordsIn(context.language);
  const times = formatTimesFor(words.locale, context.timeZone);
  return { words, times, article: showAlert(tellStory(alert, context, escapeProse, ROOMY)) };
}

function describe(words: Words, times: Times, acknowledgement: Acknowledgement): readonly string[] {
  const { by, at } = acknowledgement;
  const already = words.acknowledge.already(escapeProse(by, LONGEST_NAME), tellTime(words, times, at));
  return [paragraph(already), ...tellUntil(words, times, acknowledgement)];
}

function tellUntil(words: Words, times: Times, { until }: Acknowledgement): readonly string[] {
  if (until === null) return [];
  return [paragraph(words.acknowledge.until(tellTime(words, times, until)))];
}

function tellTime({ say }: Words, times: Times, instant: Instant): string {
  const local = times.local(instant);
  return local === null ? escapeProse(times.utc(instant), 64) : say.inZone(local, times.zone);
}

function showAlert({ headline, impact, notes, facts, proof, tone }: Story): string {
  const texts = [impact, ...notes].map(paragraph).join('');
  const list = [...facts, ...proof].map(({ title, value }) => `<dt>${escapeHtml(title)}</dt><dd>${bdi(value)}</dd>`);
  return `<article class="${tone}"><h2>${bdi(headline)}</h2>${texts}<dl>${list.join('')}</dl></article>`;
}

function form({ acknowledge }: Words, token: string): string {
  const { yourName, howLong, oneDay, oneWeek, oneMonth, untilClosed, button } = acknowledge;
  const names = [oneDay, oneWeek, oneMonth, untilClosed];
  const options = ACKNOWLEDGE_DAYS.map((days, at) => `<option value="${days}">${escapeHtml(names[at] ?? '')}</option>`);
  return [
    '<form method="post">',
    `<input type="hidden" name="token" value="${escapeHtml(token)}">`,
    `<label>${escapeHtml(yourName)}<input name="by" required maxlength="${LONGEST_NAME}" autocomplete="name"></label>`,
    `<label>${escapeHtml(howLong)}<select name="days">${options.join('')}</select></label>`,
    `<button type="submit">${escapeHtml(button)}</button>`,
    '</form>',
  ].join('\n');
}

function paragraph(text: string): string {
  return `<p>${bdi(text)}</p>`;
}

/** Isolates a text of unknown direction, so that it cannot reorder what stands beside it. */
function bdi(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

function layOut(words: Words, title: string, content: readonly string[]): string {
  return [
    `<!doctype html>\n<html lang="${words.locale}">\n<head>\n<meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${ACKNOWLEDGE_STYLE}</style>`,
    `</head>\n<body>\n<main>\n<h1>${escapeHtml(title)}</h1>`,
    ...content,
    '</main>\n</body>\n</html>\n',
  ].join('\n');
}
