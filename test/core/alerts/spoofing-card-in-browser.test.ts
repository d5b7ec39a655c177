import type { Browser } from 'playwright-core';
import { openCardPage } from '../../../scripts/render-cards-in-browser.ts';
import { startChromium } from '../../../scripts/start-chromium.ts';
import { renderCard } from '../../../shared/core/alerts/render-card.ts';
import { LANGUAGES } from '../../../shared/core/alerts/words/words.ts';
import { REASON_CODES } from '../../../shared/core/traffic/reason-words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { renderTeamsMarkdown } from '../../support/render-teams-markdown.ts';
import { spoofingOf } from '../../support/spoofing-alert.ts';

/** What sticks out of the drawn card at the right, and markup that came out of a text. */
const FAULTS = `(() => {
  const right = document.getElementById('card').getBoundingClientRect().right;
  return [...document.querySelectorAll('#card .ac-textBlock')]
    .filter((block) => block.scrollWidth > block.clientWidth || block.getBoundingClientRect().right > right || block.children.length > 0)
    .map((block) => block.textContent);
})()`;

test('with every reason, in every language, the card of forged mail fits on a phone of 320 px', async () => {
  let browser: Browser;
  try {
    browser = await startChromium();
  } catch (error) {
    console.warn(`SKIPPED: the card is not drawn, because Chromium does not start here. ${String(error)}`);
    return;
  }
  try {
    const phone = await openCardPage(browser, { theme: 'light', width: 320 }, renderTeamsMarkdown);
    const sample = alertsOfEveryKind().find(({ name }) => name === 'spoofing-seen')!;
    // Four reasons are named of a source.
    const sources = Array.from({ length: Math.ceil(REASON_CODES.length / 4) }, (_, at) => ({
      source: `2001:db8:${at}:beef::/64`,
      reasons: REASON_CODES.slice(4 * at, 4 * at + 4),
    }));
    for (const language of LANGUAGES) {
      const card = renderCard(spoofingOf(sample, sources), contextOf(sample, language));
      expect(await phone.draw(card.attachments[0].content)).toEqual([]);
      expect({ language, cutOff: await phone.page.evaluate(FAULTS) }).toEqual({ language, cutOff: [] });
    }
  } finally {
    await browser.close();
  }
}, 60_000);
