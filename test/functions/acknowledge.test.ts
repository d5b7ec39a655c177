import { signLink } from '../../shared/adapters/channels/sign-link.ts';
import { readStorage } from '../end-to-end/read-storage.ts';
import { tenantId } from '../support/open-world.ts';
import { type App, openApp } from './open-app.ts';

const SECRET = 'a-link-secret-of-thirty-two-characters';
const ID = tenantId(1);
const DAY = 86_400_000;

let app: App;
let token: string;

beforeAll(async () => {
  app = await openApp(1, () => ({ DSW_LINK_SECRET: SECRET, DSW_PUBLIC_URL: 'https://dsw.example' }));
  await app.fire('planSweep');
  app.simulator.tenant(ID).setting = false;
  await app.pump();
  token = tokenOn(app);
});

afterAll(() => app.close());

/** The token of the acknowledge link on the newest card. */
function tokenOn({ simulator }: App): string {
  const card = JSON.stringify(simulator.flow('ops').posted.at(-1)?.card);
  return /https:\/\/dsw\.example\/api\/acknowledge\?link=([\w.-]+)"/.exec(card)?.[1] ?? '';
}

const get = (link: string) => app.request('acknowledge', 'GET', `acknowledge?link=${encodeURIComponent(link)}`);
const post = (form: Readonly<Record<string, string>>) =>
  app.request('acknowledge', 'POST', 'acknowledge', new URLSearchParams(form).toString());
const target = () => {
  const [tenant = '', alertId = '', channel = ''] = token.split('.');
  return { tenantId: tenant, alertId, channel };
};

/** What the ledger holds of acknowledgements. */
async function acknowledgements() {
  const rows = await readStorage(app.storage);
  return rows.filter((row) => row.startsWith('table ledger') && row.includes('\\"kind\\":\\"acknowledged\\"'));
}

test('a GET, as link scanners send it, shows the alert with a form and changes nothing', async () => {
  const before = await readStorage(app.storage);
  const page = await get(token);
  await get(token);
  expect(page.status).toBe(200);
  expect(page.text).toContain('Tenant 1');
  expect(page.text).toContain(target().alertId);
  expect(page.text).toMatch(/<form method="post">[\s\S]*<button type="submit">/);
  expect(page.text).not.toMatch(/<script|https?:\/\//i);
  expect(await readStorage(app.storage)).toEqual(before);
});

test('it is sent with strict headers, whatever it says', async () => {
  for (const page of [await get(token), await get('x'), await post({ token: 'x', by: 'x' })]) {
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      ),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
    });
  }
});

const FORGED: readonly [string, () => string][] = [
  ['no link', () => ''],
  ['nonsense', () => 'x'],
  ['another tenant', () => token.replace(/^3d1c/, '3d1d')],
  ['another alert', () => token.replace(target().alertId, 'A'.repeat(26))],
  ['a later expiry', () => token.replace(/\.(\d{13})\./, (_, expiry) => `.${Number(expiry) + 1}.`)],
  ['a changed signature', () => `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`],
  ['another secret', () => signLink(target(), `${SECRET}2`, new Date())],
  ['an expired link', () => signLink(target(), SECRET, new Date(Date.now() - 31 * DAY))],
  ['an alert that is not there', () => signLink({ ...target(), alertId: 'A'.repeat(26) }, SECRET, new Date())],
  ['enormous', () => 'a'.repeat(100_000)],
];

test.each(FORGED)('%s: 403, nothing of any alert is shown, nothing is recorded', async (_, make) => {
  const link = make();
  for (const page of [await get(link), await post({ token: link, by: 'Mallory', days: '' })]) {
    expect(page.status).toBe(403);
    expect(page.text).not.toContain('Tenant 1');
    expect(page.text).not.toContain('<form');
  }
  expect(await acknowledgements()).toEqual([]);
});

test('a POST without a name asks for it, and records nothing', async () => {
  for (const by of ['', '   ', '\u200b\u202e']) {
    const page = await post({ token, by, days: '7' });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<form method="post">');
  }
  expect(await acknowledgements()).toEqual([]);
});

test('a POST acknowledges: recorded in the chain with who and until when, and shown on the next visit', async () => {
  const by = '<b>Aino</b>\r\nVirtanen';
  const page = await post({ token, by, days: '7' });
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('<b>Aino');
  const recorded = await acknowledgements();
  expect(recorded).toHaveLength(1);
  expect(recorded[0]).toContain('<b>Aino</b> Virtanen');
  const again = await get(token);
  expect(again.text).toContain('Aino');
  const { tenants } = JSON.parse((await app.request('status', 'GET', 'status')).text);
  expect(tenants[0]).toMatchObject({ verdict: 'permissive', state: 'permissive' });
});

test('without DSW_LINK_SECRET every link is refused, and cards carry none', async () => {
  await app.close();
  const storage = app.storage;
  app = await openApp(1, () => ({ AzureWebJobsStorage: storage, DSW_PUBLIC_URL: 'https://dsw.example' }));
  expect((await get(token)).status).toBe(403);
  app.simulator.tenant(ID).setting = true;
  for (const run of ['run-a', 'run-b']) await app.check(1, run);
  await app.pump();
  expect(app.simulator.flow('ops').posted).toHaveLength(1);
  expect(JSON.stringify(app.simulator.flow('ops').posted)).not.toContain('acknowledge?link=');
});
