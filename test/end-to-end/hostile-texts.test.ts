import { readFileSync } from 'node:fs';
import { startChromium } from '../../scripts/start-chromium.ts';
import { parseTenantsFile } from '../../shared/core/registry/parse-tenants-file.ts';
import { HOUR, MINUTE } from '../../shared/core/time.ts';
import { plainError } from '../../simulator/exchange/exchange-errors.ts';
import { graphError } from '../../simulator/graph/graph-errors.ts';
import { type Desk, fleetFile, openDesk } from '../cli/open-desk.ts';
import { HOSTILE_TEXTS } from '../fixtures/hostile-texts.ts';
import { tenantId } from '../support/open-world.ts';

/** What a terminal obeys, and what reverses or hides text on it. */
const OBEYED = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u{e0000}-\u{e007f}]/u;
const TEXTS = HOSTILE_TEXTS.map(({ text }) => text);
/** A tenants file refuses control characters in a name; whatever else it takes may become one. */
const NAMES = TEXTS.filter((name) => parseTenantsFile(JSON.stringify({ tenants: [{ id: tenantId(1), name }] })).ok);

let desk: Desk;
const printed: { command: string; isJson: boolean; out: string; err: string }[] = [];

async function run(...args: string[]) {
  const said = await desk.run(...args);
  printed.push({ command: args.join(' ').slice(0, 40), isJson: args.includes('--json'), ...said });
  return said;
}

/** A fleet of tenants with hostile names; each one's Exchange answers with another hostile text. */
beforeAll(async () => {
  desk = await openDesk();
  const { simulator, env } = desk.world;
  const tenants = NAMES.map((name, at) => ({ id: tenantId(at + 1), name, domains: [`d${at}.example`] }));
  const path = desk.write('tenants.json', fleetFile(desk.world, 0, { tenants }));
  env.DSW_TENANT_BUDGET = '5s';
  for (const { id } of tenants) simulator.tenant(id).setting = true;
  await run('tenants', 'import', path);
  const drifting = tenants.filter((_, at) => at % 4 === 0).map(({ id }) => id);
  await run('check', '--no-traffic', '--tenant', ...drifting);

  for (const [at, { id }] of tenants.entries()) {
    const text = TEXTS[at] ?? '';
    const tenant = simulator.tenant(id);
    if (at % 4 === 0) Object.assign(tenant, { setting: false });
    else tenant.behave('exchange', plainError(403, 'Forbidden', text.slice(0, 20_000)));
    tenant.behave('graph/hunting', graphError(500, 'x', text.slice(0, 5000)));
    tenant.auditRecords.push({
      id: `${at}`,
      createdDateTime: '2026-11-20T08:11:00Z',
      operation: 'Set-OrganizationConfig',
      auditLogRecordType: 'exchangeAdmin',
      userPrincipalName: text.slice(0, 5000),
      clientIp: text.slice(0, 500),
      auditData: {
        ResultStatus: 'True',
        AppId: text.slice(0, 500),
        Parameters: [{ Name: 'RejectDirectSend', Value: 'False' }],
      },
    });
  }
  desk.world.clock.advance(15 * MINUTE);
  await run('check', '--no-traffic', '--json');
  desk.world.clock.advance(7 * HOUR);
  await run('check', '--no-traffic', '--tenant', ...drifting.slice(0, 20), tenantId(2), tenantId(3));
  // Audit queries that were still running when that check ended are looked at by the next one.
  desk.world.clock.advance(15 * MINUTE);
  await run('check', '--no-traffic', '--tenant', tenantId(2));
  const oneOfEachKind = new Map(HOSTILE_TEXTS.map(({ tries, text }) => [tries, text])).values();
  for (const [at, text] of [...oneOfEachKind].entries()) {
    const why = ['--reason', text, '--approved-by', text, '--until', '2026-12-31'];
    await run('exceptions', 'add', tenantId(at + 1), ...why);
  }
  for (const list of ['exceptions', 'maintenance', 'alerts', 'tenants']) {
    await run(list, 'list');
    await run(list, 'list', '--json');
  }
  await run('status');
  await run('status', '--json');
  for (let at = 1; at <= 81; at += 20) {
    await run('history', tenantId(at));
    await run('history', tenantId(at), '--json');
    await run('doctor', tenantId(at + 1));
  }
  await run('tenants', 'remove', TEXTS[0] ?? '');
  await run('check', '--tenants', TEXTS.find((text) => text.includes('\u001b')) ?? '');
}, 120_000);

afterAll(() => desk.close());

test('the fleet is as hostile as it can be, and the audit accounts came through', () => {
  expect(NAMES.length).toBeGreaterThan(100);
  expect(printed.some(({ command, out }) => command.startsWith('history') && out.includes('attributed'))).toBe(true);
  expect(printed.some(({ out }) => out.includes('exception-added'))).toBe(true);
});

test('nothing from outside makes the terminal do anything', () => {
  const obeyed = printed
    .filter(({ isJson }) => !isJson)
    .flatMap(({ command, out, err }) => `${out}${err}`.split('\n').map((line) => ({ command, line })))
    .filter(({ line }) => OBEYED.test(line));
  expect(obeyed.slice(0, 5)).toEqual([]);
});

test('each JSON document is one line, and names come back as they were given', () => {
  const documents = printed.filter(({ isJson }) => isJson);
  expect(documents.length).toBeGreaterThan(10);
  for (const { command, out } of documents) {
    expect({ command, lines: out.trimEnd().split('\n').length, ends: out.endsWith('\n') }).toEqual({
      command,
      lines: 1,
      ends: true,
    });
    expect(JSON.parse(out)).toHaveProperty('schemaVersion', 1);
  }
  const check = documents.find(({ command }) => command.startsWith('check'));
  const { tenants } = JSON.parse(check?.out ?? '') as { tenants: { name: string }[] };
  expect(new Set(tenants.map(({ name }) => name))).toEqual(new Set(NAMES));
});

test('the report shows every text as text, in a real browser', async () => {
  const path = desk.write('report.html', '');
  await desk.run('report', '--out', path);
  const html = readFileSync(path, 'utf8');
  const browser = await startChromium().catch((error: unknown) => {
    console.warn(`SKIPPED: the report is not opened, because Chromium does not start here. ${String(error)}`);
    return null;
  });
  if (browser === null) return;
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  page.on('dialog', (dialog) => fetched.push(dialog.message()));
  await page.setContent(html);
  const seen = (await page.evaluate(`({
    tags: [...new Set([...document.body.querySelectorAll('*')].map((one) => one.localName))].sort(),
    handlers: [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]).filter(({ name }) => name.startsWith('on')).length,
    outside: [...document.querySelectorAll('a')].filter((one) => !one.getAttribute('href').startsWith('#t-')).length,
    sections: document.querySelectorAll('section[id]').length,
    names: [...document.querySelectorAll('section[id] h2 bdi')].filter((one) => one.children.length === 0).length,
  })`)) as { tags: string[]; handlers: number; outside: number; sections: number; names: number };
  await browser.close();
  const own =
    'a badge bdi br code dd details div dl dt footer h1 h2 h3 header li main p section small span strong summary table tbody td th thead time tr ul';
  expect(seen.tags.filter((tag) => !own.split(' ').includes(tag))).toEqual([]);
  expect(seen).toMatchObject({ handlers: 0, outside: 0, sections: NAMES.length, names: NAMES.length });
  expect(fetched).toEqual([]);
});
