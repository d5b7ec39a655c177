import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendantsOf, startChild, waitUntilGone } from './start-child.ts';

const folder = mkdtempSync(join(tmpdir(), 'dsw-demo-test-'));
const report = join(folder, 'made', 'report.html');
const start = () => startChild(['demo', '--out', report]);
const ESCAPE = '\u001b';

afterAll(() => rmSync(folder, { recursive: true }));

test('the demonstration ends by itself with code 0, shows every act and its cards, and leaves no process behind', async () => {
  const child = start();
  await child.said('1. The first sweep');
  const started = descendantsOf(child.pid);
  expect(started.length).toBeGreaterThan(0);
  const { code, out, err } = await child.ended;
  expect(code).toBe(0);
  for (const kind of ['baseline', 'found-permissive', 'drifted', 'attributed', 'blinded', 'fleet-blind', 'recovered']) {
    expect(out).toContain(kind);
  }
  const cards = Number(/sweeps and (\d+) cards/.exec(out)?.[1]);
  expect(out.match(/^ {2}┃ .*–.*$/gm)?.length).toBeGreaterThan(0);
  expect(cards).toBeGreaterThan(5);
  expect(out).toContain('chain intact');
  expect(out).toContain(`report written to ${report}`);
  expect(`${out}${err}`).not.toContain(ESCAPE);
  expect(`${out}${err}`).not.toMatch(/SIMULATEDSECRET|sig=/);
  expect(await waitUntilGone(started)).toEqual([]);
});

test('its report is one page: no script, and nothing that would be fetched', () => {
  expect(existsSync(report)).toBe(true);
  const page = readFileSync(report, 'utf8');
  expect(page).toContain('Fabrikam GmbH');
  expect(page).not.toMatch(
    /<script|\bon\w+="|javascript:|<(?:link|img|iframe|object|embed)\b|(?:src|href)="(?!#)|@import|url\(/i,
  );
  expect(page).not.toContain('SIMULATEDSECRET');
});

test.each([
  ['at the very beginning', 'Direct Send Watch', 'SIGINT', 130],
  ['in the middle', '3. The audit log catches up', 'SIGINT', 130],
  ['when it is asked to end', '2. Somebody reopens the hole', 'SIGTERM', 143],
] as const)(
  'interrupted %s: ends with the signal’s code and leaves no process behind',
  async (_, said, signal, expected) => {
    const child = start();
    await child.said(said);
    const started = descendantsOf(child.pid);
    child.kill(signal);
    const { code } = await child.ended;
    expect(code).toBe(expected);
    expect(await waitUntilGone([child.pid, ...started])).toEqual([]);
  },
  60_000,
);
