import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { startChromium } from '../../../scripts/start-chromium.ts';
import { acknowledgeHeaders } from '../../../shared/core/alerts/acknowledge-style.ts';
import { renderAcknowledgePage } from '../../../shared/core/alerts/render-acknowledge-page.ts';
import { LANGUAGES } from '../../../shared/core/alerts/words/words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { REAL_TEXTS } from '../../support/sample-facts.ts';

const hostileName = 'W'.repeat(120);
const sample = alertsOfEveryKind({ ...REAL_TEXTS, tenantName: hostileName })[0]!;

let browser: Browser | null = null;
let server: Server;
let address: string;
const posted: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => posted.push(body));
    request.on('end', () => {
      const language = LANGUAGES.find((one) => request.url?.startsWith(`/${one}`)) ?? 'en';
      const context = contextOf(sample, language);
      response.writeHead(200, acknowledgeHeaders());
      response.end(renderAcknowledgePage({ state: 'valid', alert: sample.alert, context, token: 'a.b' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    browser = await startChromium();
  } catch (error) {
    console.warn(`SKIPPED: the page is not opened, because Chromium does not start here. ${String(error)}`);
  }
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
});

/** Chromium cannot be had on every machine; what it would show is then said to be skipped, above. */
const inBrowser = (name: string, run: (browser: Browser) => Promise<void>) =>
  test(name, async () => (browser === null ? undefined : run(browser)), 60_000);

inBrowser('on a phone nothing sticks out, and the style is let through by the policy', async (chromium) => {
  for (const language of LANGUAGES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await chromium.newPage({ viewport: { width: 320, height: 640 }, colorScheme });
      const refused: string[] = [];
      page.on('console', (message) => refused.push(message.text()));
      await page.goto(`${address}/${language}`);
      const [width, background] = (await page.evaluate(
        '[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]',
      )) as [number, string];
      expect(width).toBeLessThanOrEqual(320);
      expect(background).toBe(colorScheme === 'dark' ? 'rgb(31, 31, 31)' : 'rgb(255, 255, 255)');
      expect(refused).toEqual([]);
      await page.close();
    }
  }
});

inBrowser('works without script: the button posts token, name and days to the page itself', async (chromium) => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address}/en?token=a.b`);
  expect(posted).toEqual([]);
  await page.fill('input[name=by]', 'Jane Doe');
  await page.selectOption('select[name=days]', '7');
  await Promise.all([page.waitForRequest((request) => request.method() === 'POST'), page.click('button')]);
  await page.waitForLoadState();
  expect(posted).toEqual(['token=a.b&by=Jane+Doe&days=7']);
  await context.close();
});

inBrowser('a name is asked for', async (chromium) => {
  const before = posted.length;
  const page = await chromium.newPage();
  await page.goto(`${address}/en`);
  await page.click('button');
  expect(await page.evaluate("document.querySelector('input[name=by]').matches(':invalid')")).toBe(true);
  expect(posted).toHaveLength(before);
  await page.close();
});
