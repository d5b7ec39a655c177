import { escapeProse } from '../../../shared/core/alerts/escape-text.ts';
import { renderAcknowledgePage } from '../../../shared/core/alerts/render-acknowledge-page.ts';
import { ROOMY } from '../../../shared/core/alerts/render-text.ts';
import { tellStory } from '../../../shared/core/alerts/tell-story.ts';
import { LANGUAGES, wordsIn } from '../../../shared/core/alerts/words/words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { readTexts } from './read-texts.ts';

const SAMPLE = alertsOfEveryKind().find(({ name }) => name === 'drifted-exception-ended')!;
const { alert } = SAMPLE;
const AT = '2026-11-20T10:00:00.000Z';
const UNTIL = '2026-11-27T10:00:00.000Z';

describe.each(LANGUAGES)('%s', (language) => {
  const context = { ...contextOf(SAMPLE, language), timeZone: 'UTC' };
  const words = wordsIn(language).acknowledge;
  const { headline, impact, notes, facts, proof } = tellStory(alert, context, escapeProse, ROOMY);
  const told = [headline, impact, ...notes, ...[...facts, ...proof].flatMap(({ title, value }) => [title, value])];
  const form = [
    ...[words.yourName, words.howLong],
    ...[words.oneDay, words.oneWeek, words.oneMonth, words.untilClosed, words.button],
  ];
  const [shownAt, shownUntil] = ['2026-11-20T10:00:00Z', '2026-11-27T10:00:00Z'];
  const ends = { by: 'Kim', at: AT, until: UNTIL };

  test('the page shows the alert and asks for a name and for how long', () => {
    const page = renderAcknowledgePage({ state: 'valid', alert, context, token: 'abc' });
    expect(readTexts(page)).toEqual([words.title, ...told, words.explain, ...form]);
    expect(page).toContain(`<title>${words.title}</title>`);
    expect(page).toContain('<meta name="viewport" content="width=device-width,initial-scale=1">');
    expect(page).toMatch(/<form method="post">[\s\S]*<button type="submit">[\s\S]*<\/form>/);
    expect(page.trimEnd()).toMatch(/<\/main>\n<\/body>\n<\/html>$/);
  });

  test('who acknowledged already, and until when, stands before it', () => {
    const page = renderAcknowledgePage({ state: 'acknowledged', alert, context, token: 'abc', acknowledgement: ends });
    const before = [words.already('Kim', shownAt), words.until(shownUntil)];
    expect(readTexts(page)).toEqual([words.alreadyTitle, ...before, ...told, words.again, ...form]);
  });

  test('afterwards it says what was done, and asks nothing', () => {
    const acknowledgement = { ...ends, until: null };
    const page = renderAcknowledgePage({ state: 'done', alert, context, acknowledgement });
    expect(readTexts(page)).toEqual([words.doneTitle, words.done('Kim'), ...told]);
  });

  test('with a time zone the end is told in that zone', () => {
    const zoned = { ...context, timeZone: 'Asia/Tokyo' };
    const page = renderAcknowledgePage({ state: 'done', alert, context: zoned, acknowledgement: ends });
    expect(readTexts(page)[2]).toMatch(/Asia\/Tokyo/);
    expect(readTexts(page)[2]).not.toContain(shownUntil);
  });

  test('a link that does not hold tells nothing of any alert', () => {
    const page = renderAcknowledgePage({ state: 'refused', language });
    expect(readTexts(page)).toEqual([words.refusedTitle, words.refused]);
  });
});
