import type { Browser } from 'playwright-core';
import { type CardPage, openCardPage } from '../../../scripts/render-cards-in-browser.ts';
import { startChromium } from '../../../scripts/start-chromium.ts';
import { renderCard } from '../../../shared/core/alerts/render-card.ts';
import { LANGUAGES } from '../../../shared/core/alerts/words/words.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { renderTeamsMarkdown } from '../../support/render-teams-markdown.ts';
import { type OutsideTexts, REAL_TEXTS } from '../../support/sample-facts.ts';
import { textsOf } from '../../support/validate-card.ts';

let browser: Browser | null = null;
let phone: CardPage;

beforeAll(async () => {
  try {
    browser = await startChromium();
  } catch (error) {
    console.warn(`SKIPPED: cards are not drawn, because Chromium does not start here. ${String(error)}`);
    return;
  }
  phone = await openCardPage(browser, { theme: 'light', width: 320 }, renderTeamsMarkdown);
}, 60_000);

afterAll(async () => browser?.close());

/** What the drawn card shows: its texts, the tags inside them, and what sticks out of the card at the right. */
function look(): Promise<{ texts: string[]; tags: string[]; cutOff: string[] }> {
  return phone.page.evaluate(`(() => {
    const blocks = [...document.querySelectorAll('#card .ac-textBlock')];
    const right = document.getElementById('card').getBoundingClientRect().right;
    return {
      texts: blocks.map((block) => block.textContent),
      tags: blocks.flatMap((block) => [...block.querySelectorAll('*')]).map((element) => element.outerHTML),
      cutOff: blocks
        .filter((block) => block.scrollWidth > block.clientWidth || block.getBoundingClientRect().right > right)
        .map((block) => block.textContent),
    };
  })()`);
}

/** Chromium cannot be had on every machine; what it would show is then said to be skipped, above. */
const inBrowser = (name: string, run: () => Promise<void>) =>
  test(name, async () => (browser === null ? undefined : run()), 240_000);

inBrowser('the stand-in for Teams does render links, bold, lists and mentions in an unescaped card', async () => {
  const text = '[Click](https://evil.example) **bold** <at>All</at> www.evil.com';
  await phone.draw({ type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', wrap: true, text }] });
  const { tags } = await look();
  expect(new Set(tags.map((tag) => /^<\w+/.exec(tag)?.[0]))).toEqual(new Set(['<a', '<strong', '<span']));
});

inBrowser('every hostile text is drawn as text, letter by letter', async () => {
  const found: string[] = [];
  for (const [at, { tries, text }] of HOSTILE_TEXTS.entries()) {
    const texts = Object.fromEntries(Object.keys(REAL_TEXTS).map((field) => [field, text])) as OutsideTexts;
    // A domain is shown as it is, on purpose; it is judged elsewhere.
    const samples = alertsOfEveryKind({ ...texts, domain: REAL_TEXTS.domain });
    // Drawing is slow: each text goes through three of the fifteen kinds, and every kind is met.
    const kinds = samples.filter((one) => one.name === one.alert.facts.kind);
    for (const sample of kinds.filter((_, kind) => kind % 5 === at % 5)) {
      const message = renderCard(sample.alert, contextOf(sample, LANGUAGES[at % LANGUAGES.length] ?? 'en', texts));
      const faults = await phone.draw(message.attachments[0].content);
      const drawn = await look();
      const wanted = textsOf(message).slice(0, drawn.texts.length);
      if (faults.length + drawn.tags.length + drawn.cutOff.length > 0 || drawn.texts.join('\n') !== wanted.join('\n')) {
        found.push(`${tries}, ${sample.name}: ${JSON.stringify({ faults, ...drawn }).slice(0, 300)}`);
      }
    }
  }
  expect(found).toEqual([]);
});

inBrowser('no card is cut off on a phone, in any language', async () => {
  const found: string[] = [];
  for (const language of LANGUAGES) {
    for (const sample of alertsOfEveryKind()) {
      await phone.draw(renderCard(sample.alert, contextOf(sample, language)).attachments[0].content);
      const { cutOff } = await look();
      found.push(...cutOff.map((text) => `${sample.name} in ${language}: ${text}`));
    }
  }
  expect(found).toEqual([]);
});
