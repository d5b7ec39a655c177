import { isDeepStrictEqual } from 'node:util';
import { escapeCsv } from '../../../shared/core/alerts/escape-text.ts';
import { MAX_CARD_BYTES } from '../../../shared/core/alerts/fit-card.ts';
import { renderAcknowledgePage } from '../../../shared/core/alerts/render-acknowledge-page.ts';
import { renderCard } from '../../../shared/core/alerts/render-card.ts';
import { MAX_EVENT_BYTES, renderEvent } from '../../../shared/core/alerts/render-event.ts';
import { renderMail } from '../../../shared/core/alerts/render-mail.ts';
import { renderForTerminal } from '../../../shared/core/alerts/render-text.ts';
import type { AlertContext } from '../../../shared/core/alerts/story.ts';
import { LANGUAGES } from '../../../shared/core/alerts/words/words.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { alertsOfEveryKind, contextOf, type Sample } from '../../support/alerts-of-every-kind.ts';
import { renderTeamsMarkdown } from '../../support/render-teams-markdown.ts';
import { type OutsideTexts, REAL_TEXTS } from '../../support/sample-facts.ts';
import { cardOf, compileCardSchema, findLibraryFaults, findRuleBreaks, textsOf } from '../../support/validate-card.ts';

const findSchemaFaults = compileCardSchema();
const CASES = HOSTILE_TEXTS.map(({ tries, text }) => [tries, text.slice(0, 60), text] as const);
/** Tags that our own pages and mails are made of; any other, or one with other attributes, came out of a text. */
const OWN_TAGS =
  /<(?:!doctype html|\/?(?:html|head|body|title|main|article|div|h1|h2|p|dl|dt|dd|bdi|br|small|table|tr|th|td|pre|a|form|label|input|select|option|button|style)|meta)(?: (?:lang|charset|name|content|style|class|href|scope|method|type|value|required|maxlength|autocomplete)(?:="[^"]*")?)*>/g;

/** Controls, line breaks, and what reverses the order of reading. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function texts(hostile: string): OutsideTexts {
  return Object.fromEntries(Object.keys(REAL_TEXTS).map((field) => [field, hostile])) as OutsideTexts;
}

test('the corpus is large, and no text is in it twice', () => {
  expect(new Set(HOSTILE_TEXTS.map(({ text }) => text)).size).toBeGreaterThanOrEqual(200);
  expect(new Set(HOSTILE_TEXTS.map(({ text }) => text)).size).toBe(HOSTILE_TEXTS.length);
});

describe.each(CASES)('%s: %j in every field', (_, __, hostile) => {
  const samples = alertsOfEveryKind(texts(hostile));
  const rendered = LANGUAGES.flatMap((language, at) =>
    // Variants of a kind differ in their facts, not in their language: one of each kind is enough for the others.
    samples
      .filter((sample) => at === 0 || sample.name === sample.alert.facts.kind)
      .map((sample) => ({ ...sample, context: contextOf(sample, language, texts(hostile)) })),
  );
  /** What is wrong anywhere, each with where: one expectation for thousands of texts. */
  const faults = (find: (sample: Sample & { context: AlertContext }, at: number) => readonly unknown[]) =>
    rendered.flatMap((sample, at) =>
      find(sample, at).map((fault) => `${sample.name} in ${sample.context.language}: ${String(fault)}`),
    );

  test('cards stay valid, small and plain', () => {
    const found = faults(({ alert, context }) => {
      const message = renderCard(alert, context);
      const json = JSON.stringify(message);
      // A domain is shown as it is, on purpose; clients may link it.
      const shown = textsOf(message).map((text) => text.replace(`(${hostile},`, '('));
      return [
        ...(json.isWellFormed() ? [] : ['not well-formed']),
        ...(Buffer.byteLength(json) <= MAX_CARD_BYTES ? [] : ['too large']),
        ...findRuleBreaks(message),
        ...shown.filter((text) => renderTeamsMarkdown(text).replaceAll('&amp;', '&') !== text),
        ...(json.match(/[<>`]|\{\{|"entities"/g) ?? []),
      ];
    });
    expect(found).toEqual([]);
  });

  test('cards satisfy the official schema and library', () => {
    // Structure does not depend on the language; the slow validators see each kind once.
    const english = samples.map((sample) => cardOf(renderCard(sample.alert, contextOf(sample, 'en', texts(hostile)))));
    expect(english.flatMap((card) => [...findSchemaFaults(card), ...findLibraryFaults(card)])).toEqual([]);
  });

  test('events stay valid and small', () => {
    const found = faults(({ alert, context }) => {
      const event = renderEvent(alert, context, 'urn:example');
      const json = JSON.stringify(event);
      return [
        ...(json.isWellFormed() && isDeepStrictEqual(JSON.parse(json), event) ? [] : ['does not survive JSON']),
        ...(Buffer.byteLength(json) <= MAX_EVENT_BYTES ? [] : ['too large']),
        ...stringsIn(event).filter((text) => UNSEEN.test(text)),
      ];
    });
    expect(found).toEqual([]);
  });

  test('mails keep their subject on one line and their HTML closed', () => {
    const found = faults(({ alert, context }) => {
      const { subject, text, html } = renderMail(alert, context);
      return [
        ...(UNSEEN.test(subject) || subject.length > 1000 ? [subject] : []),
        ...(UNSEEN.test(text.replaceAll('\n', '')) ? [text] : []),
        ...(html.replace(OWN_TAGS, '').match(/[<>].{0,40}/g) ?? []),
      ];
    });
    expect(found).toEqual([]);
  });

  test('the acknowledge page keeps its HTML closed', () => {
    const acknowledgement = { by: hostile, at: hostile, until: hostile };
    const token = hostile.slice(0, 500);
    const found = faults(({ alert, context }, at) => {
      const state = (['valid', 'acknowledged', 'done'] as const)[at % 3] ?? 'valid';
      const page = renderAcknowledgePage({ state, alert, context, token, acknowledgement });
      return (
        page
          .replace(/<style>[^<]*<\/style>/, '')
          .replace(OWN_TAGS, '')
          .match(/[<>].{0,40}/g) ?? []
      );
    });
    expect(found).toEqual([]);
  });

  test('a terminal and a spreadsheet are given nothing to obey', () => {
    const found = faults(({ alert, context }) => {
      const text = renderForTerminal(alert, context).replaceAll('\n', '');
      return UNSEEN.test(text) ? [text] : [];
    });
    expect(found).toEqual([]);
    expect(escapeCsv(hostile, 100)).toMatch(/^"(?![=+\-@|%])(?:[^"]|"")*"$/);
  });
});
