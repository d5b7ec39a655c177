import { later, MINUTE } from '../../../shared/core/time.ts';
import { teamsBehaviours } from '../../../simulator/teams/teams-behaviours.ts';
import { START, tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

interface AlertRow {
  readonly id: string;
  readonly tenantId: string | null;
  readonly kind: string;
  readonly status: string;
  readonly lastError: string | null;
}

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
});

afterEach(() => desk.close());

const list = async () => (await desk.read<{ alerts: AlertRow[] }>('alerts', 'list')).alerts;

/** The tenant is found permissive; returns the id of the alert that said so. */
async function findPermissive(): Promise<string> {
  desk.world.simulator.tenant(tenantId(1)).setting = false;
  const { tenants } = await desk.check();
  return tenants[0]?.alerts[0]?.id ?? '';
}

describe('alerts list', () => {
  test('nothing yet', async () => {
    expect(await desk.read('alerts', 'list')).toEqual({ schemaVersion: 1, alerts: [] });
  });

  test('the whole row of an accepted alert, and of an acknowledged one', async () => {
    const id = await findPermissive();
    const row = {
      id,
      tenantId: tenantId(1),
      kind: 'found-permissive',
      channel: 'ops',
      status: 'accepted',
      createdAt: START,
      acceptedAt: START,
      attempts: 1,
      lastError: null,
    };
    expect(await list()).toEqual([{ ...row, acknowledged: false, acknowledgement: null }]);
    desk.world.clock.advance(MINUTE);
    await desk.run('alerts', 'ack', id.toLowerCase(), '--by', 'Aino Virtanen', '--for', '7d');
    const acknowledgement = { by: 'Aino Virtanen', at: later(START, MINUTE), until: '2026-11-27T08:01:00.000Z' };
    expect(await list()).toEqual([{ ...row, acknowledged: true, acknowledgement }]);
    expect((await desk.run('alerts', 'list')).out).toContain('acknowledged by Aino Virtanen');
  });

  test('newest first, with what keeps an alert from being accepted', async () => {
    const first = await findPermissive();
    const { simulator } = desk.world;
    simulator.flow('ops').behave(teamsBehaviours.signatureLost);
    simulator.tenant(tenantId(1)).setting = true;
    await desk.check(MINUTE);
    await desk.check(MINUTE);
    const rows = await list();
    expect(rows.map(({ kind, status }) => [kind, status])).toContainEqual(['recovered', 'parked']);
    expect(rows.at(-1)?.id).toBe(first);
    const parked = rows.find(({ kind }) => kind === 'recovered');
    expect(parked?.lastError).toBe('answered 401 DirectApiAuthorizationRequired');
    expect((await desk.run('alerts', 'list')).out).toContain('answered 401 DirectApiAuthorizationRequired');
  });

  test('an alert of the fleet has no tenant', async () => {
    await desk.world.register(fleetFile(desk.world, 1, { defaults: { channels: ['ops'], fallback: 'spare' } }));
    await findPermissive();
    desk.world.simulator.flow('ops').state = 'Deleted';
    desk.world.simulator.tenant(tenantId(1)).setting = true;
    await desk.check(MINUTE);
    await desk.check(MINUTE);
    expect(await list()).toContainEqual(expect.objectContaining({ kind: 'channel-broken', tenantId: null }));
  });
});

describe('alerts ack', () => {
  test('says what it did: of an open episode, of one that is over', async () => {
    const id = await findPermissive();
    expect((await desk.run('alerts', 'ack', id, '--by', 'Aino')).out).toContain('no more reminders');
    desk.world.simulator.tenant(tenantId(1)).setting = true;
    await desk.check(MINUTE);
    const recovered = (await desk.check(MINUTE)).tenants[0]?.alerts[0]?.id ?? '';
    expect((await desk.run('alerts', 'ack', id, '--by', 'Aino')).out).toContain('over already');
    expect((await desk.run('alerts', 'ack', recovered, '--by', 'Aino')).code).toBe(0);
  });

  test('is an entry of the chain, with who and until when', async () => {
    const id = await findPermissive();
    await desk.run('alerts', 'ack', id, '--by', '青空 太郎');
    const { entries, chain } = await desk.read<{ entries: object[]; chain: string }>('history', tenantId(1));
    expect(chain).toBe('intact');
    expect(entries.at(-1)).toMatchObject({ kind: 'acknowledged', alertId: id, by: '青空 太郎', until: null });
  });

  test.each([
    ['an unknown id', ['AAAA', '--by', 'Aino'], 'there is no alert with that id; see: dsw alerts list'],
    ['no name', ['AAAA'], "required option '--by <who>' not specified"],
    ['a blank name', ['AAAA', '--by', ' '], '--by must be one line of 1 to 256 characters'],
    ['a name of two lines', ['AAAA', '--by', 'A\nB'], '--by must be one line'],
    ['a wrong duration', ['AAAA', '--by', 'Aino', '--for', 'soon'], '--for must be a duration such as 7d'],
  ])('%s: exit 3', async (_, args, expected) => {
    const said = await desk.run('alerts', 'ack', ...args);
    expect(said).toEqual({ code: 3, out: '', err: expect.stringContaining(expected) });
  });
});

describe('alerts test', () => {
  test('exit 0 after a 2xx, and no word of "delivered"', async () => {
    const said = await desk.run('alerts', 'test', 'ops');
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toContain('ops accepted the test alert');
    expect(said.out).not.toContain('delivered');
    expect(desk.world.simulator.flow('ops').posted).toHaveLength(1);
    expect(await desk.run('alerts', 'test', 'siem')).toMatchObject({ code: 0 });
    expect(desk.world.simulator.webhook('siem').deliveries[0]?.body).toContain('directsendwatch.test.v1');
  });

  test.each([
    ['disabled', teamsBehaviours.disabled, /turned off/],
    ['without its signature', teamsBehaviours.signatureLost, /"sig"|signature/],
    ['throttled', teamsBehaviours.throttledForSeconds, /answered 429/],
    ['cut', teamsBehaviours.cutBeforeHeaders, /the connection was cut/],
    ['redirected', teamsBehaviours.redirected, /answered 302/],
  ])('exit 1 when the channel is %s, with the cause', async (_, behaviour, expected) => {
    desk.world.simulator.flow('ops').behave(behaviour);
    const said = await desk.run('alerts', 'test', 'ops');
    expect(said).toEqual({ code: 1, out: '', err: expect.stringMatching(expected) });
    expect(said.err).not.toContain(desk.world.simulator.marker);
  });

  test('a channel that takes it works again: its backlog goes out with the next sweep', async () => {
    const flow = desk.world.simulator.flow('ops');
    flow.state = 'Disabled';
    await findPermissive();
    flow.state = 'Enabled';
    expect(await desk.run('alerts', 'test', 'ops')).toMatchObject({ code: 0 });
    expect((await desk.check(MINUTE)).tenants[0]?.alerts).toMatchObject([{ status: 'accepted' }]);
  });

  test('a channel that is not registered: exit 3', async () => {
    const said = await desk.run('alerts', 'test', 'nonsense');
    expect(said).toEqual({ code: 3, out: '', err: 'dsw: that channel is not registered; see: dsw status\n' });
  });
});
