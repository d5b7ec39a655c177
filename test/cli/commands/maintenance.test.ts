import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const ID = tenantId(1);

interface Listed {
  readonly windows: readonly { readonly id: string }[];
}

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
});

afterEach(() => desk.close());

const list = async () => (await desk.read<Listed>('maintenance', 'list')).windows;
const add = (from: string, until: string, ...more: string[]) => {
  return desk.run('maintenance', 'add', ID, '--from', from, '--until', until, '--reason', 'mail migration', ...more);
};

test('add, list, remove; each change is an entry of the chain', async () => {
  const said = await add('2026-11-20T20:00Z', '2026-11-20T23:00+01:00');
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out).toContain('held back from 2026-11-20T20:00:00.000Z to 2026-11-20T22:00:00.000Z');
  const id = (await list())[0]?.id ?? '';
  expect(await list()).toEqual([
    {
      tenantId: ID,
      name: 'Tenant 1',
      id,
      reason: 'mail migration',
      from: '2026-11-20T20:00:00.000Z',
      until: '2026-11-20T22:00:00.000Z',
      every: null,
    },
  ]);
  expect(await desk.run('maintenance', 'remove', id)).toMatchObject({ code: 0 });
  expect(await list()).toEqual([]);
  const { entries, chain } = await desk.read<{ entries: object[]; chain: string }>('history', ID);
  expect(chain).toBe('intact');
  expect(entries).toMatchObject([
    { kind: 'maintenance-added', windowId: id },
    { kind: 'maintenance-removed', windowId: id },
  ]);
});

test('dates alone: whole days, the last one included', async () => {
  await add('2026-11-21', '2026-11-22');
  expect(await list()).toMatchObject([{ from: '2026-11-21T00:00:00.000Z', until: '2026-11-23T00:00:00.000Z' }]);
});

test('a window may repeat', async () => {
  expect((await add('2026-11-20T20:00', '2026-11-20T23:00', '--every', 'week')).out).toContain(', every week');
  expect(await list()).toMatchObject([{ every: 'week', from: '2026-11-20T20:00:00.000Z' }]);
  expect((await desk.run('maintenance', 'list')).out).toMatch(/week +mail migration/);
});

test.each([
  ['ends before it begins', ['2026-11-20T20:00Z', '2026-11-20T19:00Z'], '--until must be after --from'],
  ['is longer than its period', ['2026-11-20', '2026-11-21', '--every', 'day'], 'must be shorter than that'],
  ['repeats otherwise', ['2026-11-20', '2026-11-20', '--every', 'month'], '--every must be day or week'],
  ['begins at no time', ['tonight', '2026-11-20'], '--from must be a time such as 2027-03-31T20:00Z'],
  ['ends at no time', ['2026-11-20', '2026-11-20T25:00Z'], '--until must be a time such as'],
])('a window that %s: exit 3, nothing recorded', async (_, args, expected) => {
  const [from = '', until = '', ...more] = args;
  const said = await add(from, until, ...more);
  expect(said).toEqual({ code: 3, out: '', err: expect.stringContaining(expected) });
  expect(await list()).toEqual([]);
});

test('an unknown tenant, an unknown window: exit 3', async () => {
  const times = ['--from', '2026-11-20', '--until', '2026-11-20', '--reason', 'x'];
  expect(await desk.run('maintenance', 'add', tenantId(9), ...times)).toMatchObject({ code: 3, out: '' });
  const removed = await desk.run('maintenance', 'remove', 'nonsense');
  expect(removed).toEqual({ code: 3, out: '', err: expect.stringContaining('dsw maintenance list') });
});
