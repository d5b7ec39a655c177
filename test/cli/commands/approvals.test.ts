import { DAY } from '../../../shared/core/time.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const WHY = ['--reason', 'scanner, 3rd floor', '--by', 'Aino Virtanen'];

let desk: Desk;
let nth = 0;
/** Each test has a tenant of its own. */
let ID: string;

beforeAll(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 20));
});

afterAll(() => desk.close());

beforeEach(() => {
  nth += 1;
  ID = tenantId(nth);
});

const add = (source: string, ...more: string[]) =>
  desk.run(
    'approvals',
    'add',
    ID,
    source,
    ...(more.includes('--until') ? [] : ['--until', '2026-12-31']),
    ...WHY,
    ...more,
  );
interface Listed {
  readonly id: string;
  readonly tenantId: string;
  readonly block: string;
  readonly until: string;
}
const list = async () =>
  (await desk.read<{ approvals: Listed[] }>('approvals', 'list')).approvals.filter(({ tenantId: id }) => id === ID);

test('an approval is said, listed, and taken back; the ledger keeps both', async () => {
  expect(await add('203.0.113.9', '--sender', 'Scan@Fabrikam.example')).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^approval \w{8}: 203\.0\.113\.9 as scan@fabrikam\.example is known at Tenant 1 until 2026-12-31\n$/,
    ),
  });
  const [approval] = await list();
  expect(approval).toMatchObject({ tenantId: ID, sender: 'scan@fabrikam.example', until: '2027-01-01T00:00:00.000Z' });
  expect((await desk.run('approvals', 'list')).out).toContain('scanner, 3rd floor');
  const removed = await desk.run('approvals', 'remove', approval?.id ?? '', '--by', 'Eero');
  expect(removed).toMatchObject({ code: 0, out: expect.stringContaining('no longer holds') });
  expect(await list()).toEqual([]);
  const { entries } = await desk.read<{ entries: { kind: string; by?: string }[] }>('history', ID);
  expect(entries.map(({ kind, by }) => [kind, by])).toEqual(
    expect.arrayContaining([
      ['source-approved', 'Aino Virtanen'],
      ['approval-removed', 'Eero'],
    ]),
  );
});

test('it ends after its last day and is no longer listed', async () => {
  await add('203.0.113.9', '--until', '2026-11-21');
  desk.world.clock.advance(1.5 * DAY);
  expect(await list()).toHaveLength(1);
  desk.world.clock.advance(DAY);
  expect(await list()).toEqual([]);
});

test.each(['203.0.113.0/24', '203.0.113.9/32', '2001:db8:1::/48', '2001:DB8:1:2::/64', ' 203.0.113.9 '])(
  '%j can be approved',
  async (source) => {
    expect(await add(source)).toMatchObject({ code: 0, err: '' });
    expect((await list()).map(({ block }) => block)).toEqual([source.trim().toLowerCase()]);
  },
);

test.each([
  ['0.0.0.0/0', 'wider than /24'],
  ['203.0.0.0/16', 'wider than /24'],
  ['::/0', 'wider than /48'],
  ['mail.fabrikam.example', 'must be an address or a block'],
  ['203.0.113.9/33', 'must be an address or a block'],
])('%s is refused', async (source, expected) => {
  expect(await add(source)).toMatchObject({ code: 3, out: '', err: expect.stringContaining(expected) });
  expect(await list()).toEqual([]);
});

test('a year is the longest, and the end is not in the past', async () => {
  expect(await add('203.0.113.9', '--until', '2027-11-19')).toMatchObject({ code: 0 });
  expect(await add('203.0.113.9', '--until', '2027-11-25')).toMatchObject({
    code: 3,
    err: expect.stringContaining('one year'),
  });
  expect(await add('203.0.113.9', '--until', 'soon')).toMatchObject({
    code: 3,
    err: expect.stringContaining('--until'),
  });
});

test('an id that is not there, a tenant that is not there: exit 3, nothing recorded', async () => {
  expect(await desk.run('approvals', 'remove', 'nothing')).toMatchObject({ code: 3, out: '' });
  const said = await desk.run('approvals', 'add', tenantId(99), '203.0.113.9', '--until', '2026-12-31', ...WHY);
  expect(said).toMatchObject({ code: 3, out: '' });
  expect(await list()).toEqual([]);
});

test('hostile reasons and names are refused or shown as text', async () => {
  for (const { text } of HOSTILE_TEXTS.slice(0, 60)) {
    const said = await desk.run(
      'approvals',
      'add',
      ID,
      '203.0.113.9',
      '--until',
      '2026-12-31',
      '--reason',
      text,
      '--by',
      text,
    );
    expect([0, 3]).toContain(said.code);
  }
  const { out } = await desk.run('approvals', 'list');
  expect(out.split('\n').length).toBeGreaterThan(20);
  expect(out.match(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b]/gu)).toBeNull();
}, 60_000);
