import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

/** Anything that a browser would fetch or run. */
const ACTIVE = /<script|\bon\w+=|javascript:|<(?:link|img|iframe|object|embed)\b|(?:src|href)="(?!#)|@import|url\(/i;

test('one page without script and without anything to load; every tenant with its ledger', async () => {
  await desk.world.register(fleetFile(desk.world, 3));
  desk.world.simulator.tenant(tenantId(1)).setting = false;
  desk.world.simulator.tenant(tenantId(2)).consent = 'app-absent';
  await desk.check();
  const path = join(desk.write('x', ''), '..', 'made', 'report.html');
  expect(await desk.run('report', '--out', path)).toEqual({ code: 0, out: `report written to ${path}\n`, err: '' });
  const page = readFileSync(path, 'utf8');
  expect(page).not.toMatch(ACTIVE);
  for (const text of ['Tenant 1', 'Tenant 2', 'Tenant 3', 'PERMISSIVE', 'unknown', 'chain'])
    expect(page).toContain(text);
  expect(page.match(/>intact</g)).toHaveLength(3);
});

test('an empty registry is a page too', async () => {
  const path = desk.write('report.html', '');
  expect(await desk.run('report', '--out', path)).toMatchObject({ code: 0 });
  expect(readFileSync(path, 'utf8')).toContain('0 tenants');
});

test('a place that cannot be written: exit 3 with the cause', async () => {
  const file = desk.write('file', '');
  const path = join(file, 'report.html');
  const said = await desk.run('report', '--out', path);
  expect(said).toEqual({ code: 3, out: '', err: expect.stringMatching(/^dsw: --out: the file cannot be written \(E/) });
  expect(existsSync(path)).toBe(false);
});
