import type { Alert, AlertFacts } from './alert.ts';
import { escapeHtml, escapeProse } from './escape-text.ts';
import { nameAlert } from './name-alert.ts';
import { ROOMY, renderForTextMail } from './render-text.ts';
import type { AlertContext, Fact, Story, Tone } from './story.ts';
import { tellStory } from './tell-story.ts';
import { wordsIn } from './words/words.ts';

/** A mail without its addresses. The subject is one line without control characters; `html` is a whole document. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const LONGEST_SUBJECT = 200;

/** Renders an alert as a mail that a ticket system threads: all mails of one tenant's episode carry the same key. */
export function renderMail(alert: Alert, context: AlertContext): Mail {
  const story = tellStory(alert, context, escapeProse, ROOMY);
  return {
    subject: escapeProse(`[DSW-${threadKey(alert)}] ${story.headline}`, LONGEST_SUBJECT),
    text: renderForTextMail(alert, context),
    html: layOut(story, wordsIn(context.language).locale),
  };
}

/** Eight characters that stay the same through one episode of one tenant, and differ between episodes. */
export function threadKey(alert: Alert): string {
  return nameAlert(alert.tenant?.id ?? 'fleet', 'thread', nameEpisode(alert.facts, alert.id)).slice(0, 8);
}

function nameEpisode(facts: AlertFacts, alertId: string): string {
  switch (facts.kind) {
    case 'drifted':
    case 'found-permissive':
    case 'reminder':
    case 'recovered':
    case 'attributed':
    case 'spoofing-seen':
      return `open|${facts.episode}`;
    case 'blinded':
    case 'sighted':
    case 'fleet-blind':
    case 'fleet-sighted':
      return `blind|${facts.since}`;
    case 'exception-expiring':
      return `exception|${facts.exceptionId}`;
    case 'channel-broken':
      return `channel|${facts.channel}|${facts.since}`;
    case 'digest':
    case 'heartbeat':
    case 'test':
      return alertId;
  }
}

const EDGE: Record<Tone, string> = { attention: '#c4314b', warning: '#8a5a00', good: '#237b4b', accent: '#5b5fc7' };

/** Mail programs drop style sheets, so every style stands on its element; the colours are legible on white and on black. */
function layOut(story: Story, locale: string): string {
  const { headline, impact, notes, facts, groups, steps, proof, links, sentBy, tone, whatToDo } = story;
  const lists = groups.flatMap((group) => [
    ...(group.heading === null ? [] : [heading(group.heading)]),
    ...group.rows.map((row) => paragraph(`${bdi(row.title)}<br><small>${bdi(row.detail)}</small>`)),
    ...(group.more === null ? [] : [paragraph(escapeHtml(group.more))]),
  ]);
  const command = steps?.command ? [`<pre style="white-space:pre-wrap">${escapeHtml(steps.command)}</pre>`] : [];
  const buttons = links.map((link) => `<a href="${escapeHtml(link.url)}">${escapeHtml(link.title)}</a>`);
  const body = [
    `<h1 style="font-size:18px;margin:0 0 8px;padding-left:10px;border-left:6px solid ${EDGE[tone]}">${bdi(headline)}</h1>`,
    ...[impact, ...notes].map((text) => paragraph(bdi(text))),
    table(facts),
    ...lists,
    ...(steps === null ? [] : [heading(whatToDo), ...steps.before.map(prose), ...command, ...steps.after.map(prose)]),
    ...(buttons.length === 0 ? [] : [paragraph(buttons.join(' &nbsp; '))]),
    table(proof),
    paragraph(`<small>${bdi(sentBy)}</small>`),
  ];
  const style = 'font-family:Segoe UI,Arial,sans-serif;font-size:14px;line-height:1.45;max-width:680px';
  return [
    `<!doctype html><html lang="${escapeHtml(locale)}"><head><meta charset="utf-8">`,
    `<meta name="color-scheme" content="light dark"><title>${escapeHtml(headline)}</title></head>`,
    `<body><div style="${style}">${body.join('\n')}</div></body></html>`,
  ].join('\n');
}

/** Isolates a text of unknown direction, so that it cannot reorder what stands beside it. */
function bdi(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

function prose(text: string): string {
  return paragraph(bdi(text));
}

function paragraph(html: string): string {
  return `<p style="margin:0 0 8px">${html}</p>`;
}

function heading(text: string): string {
  return `<h2 style="font-size:15px;margin:14px 0 6px">${bdi(text)}</h2>`;
}

function table(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const rows = facts.map(
    ({ title, value }) =>
      `<tr><th scope="row" style="text-align:left;vertical-align:top;white-space:nowrap;padding:2px 12px 2px 0">${escapeHtml(title)}</th><td style="vertical-align:top;padding:2px 0;word-break:break-word">${bdi(value)}</td></tr>`,
  );
  return `<table style="border-collapse:collapse;margin:8px 0">${rows.join('')}</table>`;
}
