import { escapeProse } from '../../../shared/core/alerts/escape-text.ts';
import { renderMail, threadKey } from '../../../shared/core/alerts/render-mail.ts';
import { ROOMY, renderForTextMail } from '../../../shared/core/alerts/render-text.ts';
import type { Fact, Story } from '../../../shared/core/alerts/story.ts';
import { tellStory } from '../../../shared/core/alerts/tell-story.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { readTexts } from './read-texts.ts';

const SAMPLES = alertsOfEveryKind().map((sample) => [sample.name, sample] as const);
const sampleOf = (name: string) => SAMPLES.find(([one]) => one === name)![1];

/** Everything that a story says, in the order of reading. */
function partsOf(story: Story, join: (fact: Fact) => readonly string[], title: (text: string) => string) {
  const { headline, impact, notes, facts, groups, steps, whatToDo, proof, sentBy } = story;
  const commands = steps === null || steps.command === null ? [] : [steps.command];
  return {
    before: [
      ...[headline, impact, ...notes, ...facts.flatMap(join)],
      ...groups.flatMap(({ heading, rows, more }) => [
        ...(heading === null ? [] : [heading]),
        ...rows.flatMap((row) => [row.title, row.detail]),
        ...(more === null ? [] : [more]),
      ]),
      ...(steps === null ? [] : [title(whatToDo), ...steps.before, ...commands, ...steps.after]),
    ],
    after: [...proof.flatMap(join), sentBy],
  };
}

test.each(SAMPLES)('%s: the HTML of a mail says the whole story, once and in order', (_, sample) => {
  const context = contextOf(sample, 'en');
  const story = tellStory(sample.alert, context, escapeProse, ROOMY);
  const { before, after } = partsOf(story, ({ title, value }) => [title, value], String);
  const { html } = renderMail(sample.alert, context);
  expect(readTexts(html)).toEqual([...before, ...story.links.map(({ title }) => title), ...after]);
  expect([...html.matchAll(/ href="([^"]*)"/g)].map(([, url]) => url)).toEqual(story.links.map(({ url }) => url));
  expect(html).toContain(`<title>${story.headline}</title>`);
});

test.each(SAMPLES)('%s: so does its text', (_, sample) => {
  const context = contextOf(sample, 'en');
  const story = tellStory(sample.alert, context, escapeProse, ROOMY);
  const { before, after } = partsOf(
    story,
    ({ title, value }) => [`${title}: ${value}`],
    (text) => `${text}:`,
  );
  const lines = renderForTextMail(sample.alert, context).split('\n');
  const links = story.links.map(({ title, url }) => `${title}: ${url}`);
  const told = lines.map((line) => line.replace(/^(?:- |\s+)/, '')).filter((line) => line !== '');
  expect(told).toEqual([...before, ...links, ...after]);
});

test.each(['en', 'ja', 'fi'] as const)('without links and samples nothing empty is left behind, in %s', (language) => {
  const { alert, context } = sampleOf('test');
  const { html, text } = renderMail(alert, { ...contextOf({ name: '', alert, context }, language), links: {} });
  expect(html).not.toMatch(/<p[^>]*><\/p>|<table[^>]*><\/table>|undefined|null/);
  expect(text).not.toMatch(/\n\n\n|undefined|null/);
});

test('the tone of a mail is a colour of its own', () => {
  const names = ['drifted', 'blinded', 'recovered', 'attributed'];
  const colours = names.map((name) => {
    const { html } = renderMail(sampleOf(name).alert, contextOf(sampleOf(name), 'en'));
    return /border-left:6px solid (#[0-9a-f]{6})"/.exec(html)?.[1];
  });
  expect(colours).not.toContain(undefined);
  expect(new Set(colours).size).toBe(names.length);
});

describe('a mail about the whole fleet', () => {
  const ofFleet = (name: string, change: object = {}) => {
    const { alert } = sampleOf(name);
    return threadKey({ ...alert, facts: { ...alert.facts, ...change } });
  };

  test('belongs to the blindness that it opens or closes', () => {
    expect(ofFleet('fleet-blind')).toBe(ofFleet('fleet-sighted'));
    expect(ofFleet('fleet-blind', { since: '2026-11-19T00:00:00.000Z' })).not.toBe(ofFleet('fleet-blind'));
  });

  test('belongs to the fault of one channel', () => {
    const again = ofFleet('channel-broken', { waiting: 99 });
    expect(again).toBe(ofFleet('channel-broken'));
    expect(ofFleet('channel-broken', { channel: 'siem' })).not.toBe(again);
    expect(ofFleet('channel-broken', { since: '2026-11-19T00:00:00.000Z' })).not.toBe(again);
  });

  test.each(['digest', 'heartbeat', 'test'])('stands alone: %s', (name) => {
    const { alert } = sampleOf(name);
    expect(threadKey({ ...alert, id: 'ANOTHER' })).not.toBe(threadKey(alert));
  });
});

test('the end of an exception is one matter, and the end of another exception another', () => {
  const { alert } = sampleOf('exception-expiring');
  const other = { ...alert, facts: { ...alert.facts, exceptionId: 'x-2' } } as typeof alert;
  expect(threadKey({ ...alert, id: 'ANOTHER' })).toBe(threadKey(alert));
  expect(threadKey(other)).not.toBe(threadKey(alert));
});
