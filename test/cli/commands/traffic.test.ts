import { FORGER, NOW, SCANNER, trafficOf } from '../../core/report/sample-report.ts';
import { sourceOf } from '../../core/traffic/build-state.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const ID = tenantId(1);

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 2));
});

afterAll(() => desk.close());

const store = (...state: Parameters<typeof trafficOf>) =>
  desk.world.services.traffic.store.saveState(ID, trafficOf(...state));

test('each source with what it is taken for, its thirty days, its senders and every reason', async () => {
  await store([FORGER, SCANNER, sourceOf(3, { class: 'header-only', senders: [], reasons: ['list-address'] })]);
  const { code, out } = await desk.run('traffic', ID);
  expect(code).toBe(0);
  expect(out).toContain('Tenant 1: coverage full, from hunting\n2026-10-01 to 2026-10-31 12:00 UTC\n');
  const [direct = '', header = ''] = out.split('Header only');
  expect(direct).toContain('198.51.100.77  likely a forgery (likely-spoof, 9 points)');
  expect(direct).toMatch(/ {29}█ {2}12 messages on 1 day, 1 to inboxes, 1 to junk/);
  expect(direct).toContain('as scanner@fabrikam.example');
  expect(direct).toContain('· messages carry QR codes');
  expect(header).toContain('bounce address of a mailing list');
});

test('a bar for each of the thirty days up to the reading', async () => {
  await store([SCANNER]);
  const bars = /^ {2}(.{30}) {2}144 messages/m.exec((await desk.run('traffic', ID)).out)?.[1] ?? '';
  // From the 2nd to the 31st of October: mail on the 5th to the 9th, 12th to 16th, 19th and 20th.
  expect([...bars].map((bar) => (bar === ' ' ? '.' : '#')).join('')).toBe('...#####..#####..##...........');
  expect(bars[18]).toBe('█');
});

test('JSON: one document in the shape of check, unknown figures null', async () => {
  await store([{ ...FORGER, delivery: null }, SCANNER], { more: 7 });
  const document = await desk.read<Record<string, unknown>>('traffic', ID);
  expect(document).toMatchObject({
    schemaVersion: 1,
    tenantId: ID,
    coverage: 'full',
    origin: 'hunting',
    reason: null,
    from: '2026-10-01T00:00:00.000Z',
    to: NOW,
    more: 7,
    sources: [
      {
        source: '198.51.100.77',
        class: 'direct-send',
        assessment: 'likely-spoof',
        reasons: ['self-to-self', 'qr-codes', 'many-impersonated-senders'],
        messages: 12,
        delivered: null,
        junked: null,
        blocked: null,
      },
      { source: '203.0.113.9', delivered: 1, junked: 1, blocked: 2, activeDays: 12 },
    ],
  });
});

test.each([
  ['permission-missing', 'consent to ThreatHunting.Read.All'],
  ['provisioning', '8bd644d1-64a1-4d4b-ae52-2e0cbf64e373'],
  ['licence-missing', 'Defender for Office 365 Plan 2'],
] as const)('%s: no coverage, the reason and what mends it; never "no mail"', async (reason, fix) => {
  await store([], { coverage: 'none', reason, detail: 'Graph said no', from: null, to: null });
  const { out } = await desk.run('traffic', ID);
  expect(out).toContain(`coverage none (${reason}: Graph said no)`);
  expect(out).toContain(fix);
  expect(out).not.toMatch(/no such mail/);
});

test('nothing seen is said only of what was read', async () => {
  await store([]);
  expect((await desk.run('traffic', ID)).out).toContain('no such mail was seen\n');
  await store([], { coverage: 'partial', reason: 'licence-missing' });
  expect((await desk.run('traffic', ID)).out).toContain('no such mail was seen in what could be read');
});

test('a tenant that nobody has read', async () => {
  expect((await desk.run('traffic', tenantId(2))).out).toContain('traffic was not read yet; dsw check reads it');
  expect(await desk.read('traffic', tenantId(2))).toMatchObject({ coverage: 'none', reason: 'not-read', sources: [] });
});

test('a long campaign leaves places for the devices; the rest is counted', async () => {
  const campaign = Array.from({ length: 100 }, (_, at) => sourceOf(at, { ...FORGER, source: `192.0.2.${at}` }));
  await store([...campaign, SCANNER], { more: 900 });
  const { out } = await desk.run('traffic', ID);
  expect(out).toContain('203.0.113.9');
  expect(out).toContain('… and 61 more; see --json');
  expect(out).toContain('… and 900 more sources');
});

test('hostile senders and names are shown as text', async () => {
  const sources = HOSTILE_TEXTS.slice(0, 250).map(({ text }, at) =>
    sourceOf(at, { source: text, senders: [text], reasons: [], days: [], score: 0 }),
  );
  for (let at = 0; at < sources.length; at += 40) {
    await store(sources.slice(at, at + 40), {
      detail: HOSTILE_TEXTS[at]?.text ?? null,
      reason: 'quota',
      coverage: 'partial',
    });
    const { out } = await desk.run('traffic', ID);
    expect(out.match(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b]/gu)).toBeNull();
  }
});
