import type { Alert } from './alert.ts';
import { escapeMarkdown } from './escape-text.ts';
import { fitIntoBytes, MAX_CARD_BYTES } from './fit-card.ts';
import type { AlertContext, Fact, Group, Steps, Story } from './story.ts';
import { tellStory } from './tell-story.ts';

/** The elements that every Teams client shows and the workflow's parser accepts. */
type Element =
  | {
      readonly type: 'TextBlock';
      readonly text: string;
      readonly wrap: true;
      readonly size?: 'Small' | 'Large';
      readonly weight?: 'Bolder';
      readonly isSubtle?: true;
      readonly fontType?: 'Monospace';
      readonly spacing?: 'None' | 'Small' | 'Medium';
      readonly separator?: boolean;
    }
  | { readonly type: 'Container'; readonly style: string; readonly bleed: true; readonly items: readonly Element[] }
  | { readonly type: 'ColumnSet'; readonly spacing: 'Small'; readonly columns: readonly [Column, Column] };

interface Column {
  readonly type: 'Column';
  readonly width: string;
  readonly items: readonly Element[];
}

/** What is posted to a Teams workflow: one message with one Adaptive Card. */
export interface TeamsMessage {
  readonly type: 'message';
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly contentUrl: null;
      readonly content: AdaptiveCard;
    },
  ];
}

interface AdaptiveCard {
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly type: 'AdaptiveCard';
  readonly version: '1.4';
  readonly fallbackText: string;
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly Element[];
  readonly actions?: readonly { readonly type: 'Action.OpenUrl'; readonly title: string; readonly url: string }[];
}

/** Renders an alert as a Teams message of at most `maxBytes`, by default 24,576; whatever its texts hold, that much is enough. */
export function renderCard(alert: Alert, context: AlertContext, maxBytes = MAX_CARD_BYTES): TeamsMessage {
  return fitIntoBytes((limits) => layOut(tellStory(alert, context, escapeMarkdown, limits)), maxBytes);
}

function layOut(story: Story): TeamsMessage {
  const { headline, impact, notes, facts, groups, steps, proof, links, tone, sentBy } = story;
  const content: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: headline,
    msteams: { width: 'Full' },
    body: [
      { type: 'Container', style: tone, bleed: true, items: [title(headline), paragraph(impact)] },
      ...notes.map(paragraph),
      ...facts.map(layOutFact),
      ...groups.flatMap(layOutGroup),
      ...(steps === null ? [] : layOutSteps(steps, story.whatToDo)),
      ...proof.map((fact, at) => smallPrint(`${fact.title}: ${fact.value}`, at === 0)),
      smallPrint(sentBy, false),
    ],
    ...(links.length === 0 ? {} : { actions: links.map((link) => ({ type: 'Action.OpenUrl', ...link }) as const) }),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function title(text: string): Element {
  return { type: 'TextBlock', size: 'Large', weight: 'Bolder', wrap: true, text };
}

function paragraph(text: string) {
  return { type: 'TextBlock', wrap: true, text } as const;
}

function heading(text: string): Element {
  return { ...paragraph(text), weight: 'Bolder', spacing: 'Medium' };
}

/**
 * Two columns and not a FactSet: a FactSet never breaks a long word, so that on a phone the end of an account or an id is cut off.
 */
function layOutFact(fact: Fact): Element {
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: '96px', items: [{ ...paragraph(fact.title), weight: 'Bolder' }] },
      { type: 'Column', width: 'stretch', items: [paragraph(fact.value)] },
    ],
  };
}

function smallPrint(text: string, first: boolean): Element {
  return { ...paragraph(text), size: 'Small', isSubtle: true, spacing: first ? 'Medium' : 'None', separator: first };
}

function layOutGroup(group: Group): readonly Element[] {
  return [
    ...(group.heading === null ? [] : [heading(group.heading)]),
    ...group.rows.flatMap((row): Element[] => [
      { ...paragraph(row.title), spacing: 'Small' },
      { ...paragraph(row.detail), size: 'Small', isSubtle: true, spacing: 'None' },
    ]),
    ...(group.more === null ? [] : [{ ...paragraph(group.more), spacing: 'Small' } as const]),
  ];
}

/** The command stands alone, in one block, so that it is copied whole. */
function layOutSteps({ before, command, after }: Steps, whatToDo: string): readonly Element[] {
  const commands: Element[] = command === null ? [] : [{ ...paragraph(command), fontType: 'Monospace' }];
  return [heading(whatToDo), ...before.map(paragraph), ...commands, ...after.map(paragraph)];
}
