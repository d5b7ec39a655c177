import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { hostConfigLike, pageStyleLike, type Theme } from './teams-look.ts';

/** A page of the real card library, in which cards are drawn one after the other. */
export interface CardPage {
  readonly page: Page;
  /** Draws a card into `#card` and returns what the library found wrong with it. */
  draw(card: unknown): Promise<readonly string[]>;
}

declare const AdaptiveCards: typeof import('adaptivecards');
declare const document: {
  getElementById(id: string): { replaceChildren(...nodes: unknown[]): void };
  createTextNode(text: string): unknown;
};

/** Opens a page that draws cards as Teams would: its width and theme, and `markdown` for what its clients make of text. */
export async function openCardPage(
  browser: Browser,
  look: { readonly theme: Theme; readonly width: number },
  markdown: (text: string) => string,
  extraStyle = '',
  from: string = process.cwd(),
): Promise<CardPage> {
  const page = await browser.newPage({ viewport: { width: look.width, height: 600 }, deviceScaleFactor: 1 });
  const style = `${extraStyle}\n${pageStyleLike(look.theme)}`;
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${style}</style><div id="card"></div>`);
  const library = createRequire(join(from, 'package.json')).resolve('adaptivecards/dist/adaptivecards.js');
  await page.addScriptTag({ path: library });
  await page.evaluate(`window.renderMarkdown = ${markdown.toString()}`);
  const hostConfig = hostConfigLike(look.theme);
  return { page, draw: (card) => page.evaluate(drawCard, { card, hostConfig }) };
}

/** Runs in the browser. */
function drawCard({ card, hostConfig }: { card: unknown; hostConfig: object }): string[] {
  const { renderMarkdown } = globalThis as unknown as { renderMarkdown: (text: string) => string };
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = renderMarkdown(text);
    result.didProcess = true;
  };
  const context = new AdaptiveCards.SerializationContext();
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  parsed.parse(card, context);
  const found = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  document.getElementById('card').replaceChildren(parsed.render());
  return found;
}
