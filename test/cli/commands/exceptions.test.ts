import { between } from '../../../shared/core/time.ts';
import { START, tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const ID = tenantId(1);
const WHY = ['--reason', 'scanner, ticket 4711', '--approved-by', 'CISO'];

interface Listed {
  readonly exceptions: readonly { readonly id: string; readonly tenantId: string }[];
}

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
});

afterEach(() => desk.close());

const list = async () => (await desk.read<Listed>('exceptions', 'list')).exceptions;
const add = (...more: string[]) => desk.run('exceptions', 'add', ID, ...WHY, ...more);

test('add names the exception and its last day; list shows it', async () => {
  const said = await add('--until', '2026-12-31');
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out).toMatch(
    /^exception [a-z2-7]{8}: Tenant 1 may be permissive until 2026-12-31 \(end of day, UTC\)\n$/,
  );
  const [exception] = await list();
  expect(exception).toEqual({
    tenantId: ID,
    name: 'Tenant 1',
    id: said.out.slice(10, 18),
    reason: 'scanner, ticket 4711',
    approvedBy: 'CISO',
    from: START,
    until: '2027-01-01T00:00:00.000Z',
  });
  expect((await desk.run('exceptions', 'list')).out).toContain('scanner, ticket 4711');
});

test('adding and removing are entries of the chain, with who', async () => {
  await add('--until', '2026-12-31');
  const id = (await list())[0]?.id ?? '';
  const said = await desk.run('exceptions', 'remove', id, '--by', 'Aino Virtanen');
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining('no longer holds') });
  expect(await list()).toEqual([]);
  const { entries, chain } = await desk.read<{ entries: object[]; chain: string }>('history', ID);
  expect(chain).toBe('intact');
  expect(entries).toMatchObject([
    { kind: 'exception-added', exceptionId: id, reason: 'scanner, ticket 4711', approvedBy: 'CISO' },
    { kind: 'exception-removed', exceptionId: id, by: 'Aino Virtanen' },
  ]);
});

test('the last day is inclusive, and an exception that has ended is no longer listed', async () => {
  await add('--until', '2026-11-20');
  desk.world.clock.advance(between(START, '2026-11-21T00:00:00.000Z') - 1);
  expect(await list()).toHaveLength(1);
  desk.world.clock.advance(1);
  expect(await list()).toEqual([]);
});

test.each([
  ['yesterday', ['--until', '2026-11-19'], '--until must not be in the past'],
  ['more than a year ahead', ['--until', '2027-11-22'], '--until must be at most one year ahead'],
  ['no day of the calendar', ['--until', '2027-02-30'], '--until must be a date such as 2027-03-31'],
  ['another form', ['--until', '31.12.2026'], '--until must be a date such as 2027-03-31'],
  ['no end', [], "required option '--until <date>' not specified"],
])('an end that is %s: exit 3, nothing recorded', async (_, args, expected) => {
  expect(await add(...args)).toEqual({ code: 3, out: '', err: expect.stringContaining(expected) });
  expect(await list()).toEqual([]);
});

test('a whole year ahead is allowed', async () => {
  expect(await add('--until', '2027-11-20')).toMatchObject({ code: 0 });
});

test.each([
  ['no reason', ['--approved-by', 'CISO', '--until', '2026-12-31'], "'--reason <text>' not specified"],
  ['no approver', ['--reason', 'x', '--until', '2026-12-31'], "'--approved-by <who>' not specified"],
  ['a blank reason', ['--reason', ' ', '--approved-by', 'CISO', '--until', '2026-12-31'], '--reason must be one line'],
])('%s: exit 3', async (_, args, expected) => {
  const said = await desk.run('exceptions', 'add', ID, ...args);
  expect(said).toEqual({ code: 3, out: '', err: expect.stringContaining(expected) });
});

test('an unknown tenant, an unknown exception: exit 3', async () => {
  const unknown = await desk.run('exceptions', 'add', tenantId(9), ...WHY, '--until', '2026-12-31');
  expect(unknown).toEqual({ code: 3, out: '', err: expect.stringContaining('not registered') });
  const removed = await desk.run('exceptions', 'remove', 'nonsense');
  expect(removed).toEqual({ code: 3, out: '', err: expect.stringContaining('dsw exceptions list') });
});
