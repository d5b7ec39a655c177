import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../../scripts/start-chromium.ts';
import { tenantId } from '../support/open-world.ts';
import { type App, openApp } from './open-app.ts';

let app: App;
let browser: Browser | null = null;
let link: string;

beforeAll(async () => {
  app = await openApp(1, () => ({
    DSW_LINK_SECRET: 'a-link-secret-of-thirty-two-characters',
    DSW_PUBLIC_URL: 'https://dsw.example',
  }));
  app.simulator.tenant(tenantId(1)).setting = false;
  await app.fire('planSweep');
  await app.pump();
  const card = JSON.stringify(app.simulator.flow('ops').posted[0]?.card);
  link = /https:\/\/dsw\.example\/api\/acknowledge\?link=[\w.-]+/.exec(card)?.[0] ?? '';
  browser = await startChromium().catch((error: unknown) => {
    console.warn(`SKIPPED: the page is not opened, because Chromium does not start here. ${String(error)}`);
    return null;
  });
});

afterAll(async () => {
  await browser?.close();
  await app.close();
});

/** Everything that the page asks for goes to the app; nothing else may be asked for. */
async function serve(page: Page, asked: string[]): Promise<void> {
  await page.route('**/*', async (route) => {
    const request = route.request();
    const { origin, pathname, search } = new URL(request.url());
    asked.push(`${request.method()} ${origin}${pathname}`);
    const method = request.method() === 'POST' ? 'POST' : 'GET';
    const path = `${pathname.replace('/api/', '')}${search}`;
    const answer = await app.request('acknowledge', method, path, request.postData() ?? undefined);
    await route.fulfill({ status: answer.status, headers: answer.headers, body: answer.text });
  });
}

test('from the card to the acknowledgement on a phone, without script', async () => {
  if (browser === null) return;
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  const page = await context.newPage();
  const asked: string[] = [];
  await serve(page, asked);
  await page.goto(link);
  const wide = await page.locator('main').boundingBox();
  expect((wide?.x ?? 0) + (wide?.width ?? 999)).toBeLessThanOrEqual(320);
  for (const element of await page.locator('button, input:not([type=hidden]), select').all()) {
    expect((await element.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await page.fill('input[name=by]', 'Aino Virtanen');
  await page.selectOption('select[name=days]', '7');
  await page.click('button');
  await page.waitForLoadState();
  expect(await page.locator('main').innerText()).toContain('Aino Virtanen');
  expect(asked).toEqual(['GET https://dsw.example/api/acknowledge', 'POST https://dsw.example/api/acknowledge']);
  await context.close();
});

test('an expired link is a page, too: it says what to do and shows no alert', async () => {
  if (browser === null) return;
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  await serve(page, []);
  const response = await page.goto(`${link.slice(0, -3)}AAA`);
  expect(response?.status()).toBe(403);
  expect(await page.locator('h1').innerText()).not.toBe('');
  expect(await page.locator('main').innerText()).not.toContain('Tenant 1');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
});
