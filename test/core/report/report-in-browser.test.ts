import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { startChromium } from '../../../scripts/start-chromium.ts';
import { renderReport } from '../../../shared/core/report/render-report.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { hostileTenants, reportOf } from './sample-report.ts';

/** Elements that the page is made of: any other came out of a text. */
const STRANGERS = `[...new Set([...document.querySelectorAll('*')].map((one) => one.localName))].filter((name) => !(
  ' html head meta title style body main header footer section details summary h1 h2 h3 p ul li strong a bdi br pre code span time table thead tbody tr th td div svg rect '
).includes(' ' + name + ' '))`;

test.each(['light', 'dark'] as const)(
  '%s, on a phone: nothing is fetched, run or cut off, and hostile texts are text',
  async (colorScheme) => {
    let browser: Browser;
    try {
      browser = await startChromium();
    } catch (error) {
      console.warn(`SKIPPED: the report is not drawn, because Chromium does not start here. ${String(error)}`);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'dsw-report-'));
    try {
      const path = join(folder, 'report.html');
      writeFileSync(path, renderReport(reportOf(hostileTenants())));
      const context = await browser.newContext({ viewport: { width: 320, height: 700 }, colorScheme });
      const page = await context.newPage();
      const asked: string[] = [];
      const said: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('dialog', (dialog) => said.push(dialog.message()));
      page.on('console', (message) => said.push(message.text()));
      await page.goto(pathToFileURL(path).href);
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      expect({ asked: asked.length, said }).toEqual({ asked: 1, said: [] });
      expect(await page.evaluate(STRANGERS)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      // One heading per tenant: no text closed or opened a section.
      expect(await page.evaluate('document.querySelectorAll("section h2 > bdi").length')).toBe(HOSTILE_TEXTS.length);
      const ink = (await page.evaluate('getComputedStyle(document.body).backgroundColor')) as string;
      expect(ink).toBe(colorScheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)');
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
