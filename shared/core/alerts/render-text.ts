import type { Alert } from './alert.ts';
import { escapeProse, escapeTerminal, type Show } from './escape-text.ts';
import type { AlertContext, Fact, Limits, Story } from './story.ts';
import { tellStory } from './tell-story.ts';

/** What a mail or a terminal is given: there is room for all that is worth reading. */
export const ROOMY: Limits = { text: 300, rows: 100, optional: true };

/** An alert as lines of plain text for a terminal. */
export function renderForTerminal(alert: Alert, context: AlertContext): string {
  return renderText(alert, context, escapeTerminal);
}

/** An alert as the plain-text part of a mail. */
export function renderForTextMail(alert: Alert, context: AlertContext): string {
  return renderText(alert, context, escapeProse);
}

function renderText(alert: Alert, context: AlertContext, show: Show): string {
  const story = tellStory(alert, context, show, ROOMY);
  const paragraphs = [
    [story.headline, story.impact, ...story.notes],
    listFacts(story.facts),
    ...story.groups.map((group) => [
      ...(group.heading === null ? [] : [group.heading]),
      ...group.rows.flatMap((row) => [`- ${row.title}`, `  ${row.detail}`]),
      ...(group.more === null ? [] : [group.more]),
    ]),
    listSteps(story),
    story.links.map((link) => `${link.title}: ${link.url}`),
    listFacts(story.proof),
    [story.sentBy],
  ];
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function listFacts(facts: readonly Fact[]): readonly string[] {
  return facts.map((fact) => `${fact.title}: ${fact.value}`);
}

function listSteps({ steps, whatToDo }: Story): readonly string[] {
  if (steps === null) return [];
  const command = steps.command === null ? [] : [`    ${steps.command}`];
  return [`${whatToDo}:`, ...steps.before, ...command, ...steps.after];
}
