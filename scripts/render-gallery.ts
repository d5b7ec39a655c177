import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderCard } from '../shared/core/alerts/render-card.ts';
import { LANGUAGES } from '../shared/core/alerts/words/words.ts';
import { alertsOfEveryKind, contextOf } from '../test/support/alerts-of-every-kind.ts';
import { renderTeamsMarkdown } from '../test/support/render-teams-markdown.ts';
import { FONTS_DRAWN, japaneseFont } from './japanese-font.ts';
import { openCardPage } from './render-cards-in-browser.ts';
import { startChromium } from './start-chromium.ts';

const THEMES = ['light', 'dark'] as const;
const WIDTHS = [320, 1000] as const;
const OUT = join('reports', 'gallery');
const PICTURES = join('docs', 'pictures');
/** The pictures that documents show: a drift, its recovery, who did it, and a digest on a phone. */
const BEST = {
  'drifted-en-light-1000': 'card-drift.png',
  'drifted-ja-dark-320': 'card-drift-phone-japanese.png',
  'attributed-fi-light-1000': 'card-attributed-finnish.png',
  'digest-en-dark-320': 'card-digest-phone.png',
} as const;

/** Draws every sample alert in every language, theme and width with the real card library, into one page to look at. */
async function renderGallery(): Promise<void> {
  const samples = alertsOfEveryKind();
  const fonts = await japaneseFont();
  await mkdir(OUT, { recursive: true });
  const browser = await startChromium();
  try {
    for (const theme of THEMES) {
      for (const width of WIDTHS) {
        const cards = await openCardPage(browser, { theme, width }, renderTeamsMarkdown, fonts);
        for (const language of LANGUAGES) {
          for (const sample of samples) {
            const message = renderCard(sample.alert, contextOf(sample, language));
            const found = await cards.draw(message.attachments[0].content);
            if (found.length > 0) throw new Error(`${sample.name} in ${language}: ${found.join('; ')}`);
            const file = `${sample.name}-${language}-${theme}-${width}.png`;
            await cards.page.evaluate(FONTS_DRAWN);
            await cards.page.screenshot({ path: join(OUT, file), fullPage: true });
          }
        }
        console.log(`${theme}, ${width} px: ${samples.length * LANGUAGES.length} cards`);
        await cards.page.close();
      }
    }
  } finally {
    await browser.close();
  }
  await writeFile(join(OUT, 'index.html'), layOutIndex(samples.map((sample) => sample.name)));
  await mkdir(PICTURES, { recursive: true });
  for (const [from, to] of Object.entries(BEST)) await copyFile(join(OUT, `${from}.png`), join(PICTURES, to));
  console.log(`Open ${join(OUT, 'index.html')}`);
}

function layOutIndex(names: readonly string[]): string {
  const sections = names.map((name) => {
    const rows = LANGUAGES.map((language) => {
      const pictures = THEMES.flatMap((theme) =>
        WIDTHS.map(
          (width) =>
            `<img loading="lazy" width="${width}" alt="${name}, ${language}, ${theme}, ${width} pixels" src="${name}-${language}-${theme}-${width}.png">`,
        ),
      );
      return `<h3>${language}</h3><div>${pictures.join('')}</div>`;
    });
    return `<section id="${name}"><h2>${name}</h2>${rows.join('')}</section>`;
  });
  const contents = names.map((name) => `<a href="#${name}">${name}</a>`).join(' ');
  const style =
    'body{font-family:sans-serif;margin:16px}div{display:flex;gap:12px;align-items:flex-start;overflow-x:auto}';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Alert gallery</title><style>${style}</style><nav>${contents}</nav>${sections.join('\n')}</html>\n`;
}

await renderGallery();
