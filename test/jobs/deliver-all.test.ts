import { joinDeliveries } from '../../shared/jobs/deliver-all.ts';
import { teamsBehaviours } from '../../simulator/teams/teams-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { nameChannels, openWorld, tenantId, type World } from '../support/open-world.ts';
import { deliver, namedBy, raiseAlerts } from '../support/raise-alerts.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const flow = (name: string) => world.simulator.flow(name);

/** One tenant that tells `channels`; the rest of the registry as given. */
async function register(channels: readonly string[], defaults: object) {
  const tenants = [{ id: tenantId(1), name: 'Fabrikam', channels }];
  await world.register({ channels: nameChannels(world), defaults, tenants });
  return raiseAlerts(world);
}

describe('whom a broken channel is told to', () => {
  it.each<[string, readonly string[], object, string | null]>([
    ['the fallback', ['ops'], { channels: ['ops', 'siem'], fallback: 'spare' }, 'spare'],
    ['another of the operator', ['ops'], { channels: ['siem', 'ops'] }, 'siem'],
    ['another of the same tenant', ['ops', 'siem'], {}, 'siem'],
    ['nobody, when there is no other', ['ops'], { channels: ['ops'] }, null],
    [
      'another one than itself, when it is the fallback',
      ['ops'],
      { channels: ['ops', 'siem'], fallback: 'ops' },
      'siem',
    ],
  ])('%s', async (_what, channels, defaults, expected) => {
    await register(channels, defaults);
    flow('ops').state = 'Disabled';
    const { told } = await deliver(world);
    const broken = told.filter(({ alert }) => alert.facts.kind === 'channel-broken');
    expect(broken.map(({ channel }) => channel)).toEqual(expected === null ? [] : [expected]);
    const { history } = await inspectLedger(world.services);
    expect(history[0]).toMatchObject({ kind: 'channel-broken', channel: 'ops', told: expected });
  });
});

it('a channel that is told and turns out broken itself is told of in turn, and it ends', async () => {
  await register(['ops'], { channels: ['ops', 'siem'], fallback: 'spare' });
  flow('ops').state = 'Disabled';
  flow('spare').state = 'Deleted';
  const { told } = await deliver(world);
  const facts = told.map(({ alert, channel }) => [channel, alert.facts]);
  expect(facts).toMatchObject([
    ['spare', { kind: 'channel-broken', channel: 'ops' }],
    ['ops', { kind: 'channel-broken', channel: 'spare' }],
  ]);
});

it('one channel that hangs on does not hold up another', async () => {
  const raised = await register(['ops', 'spare'], {});
  flow('ops').behave(teamsBehaviours.internalError);
  await deliver(world, { patience: 40_000 });
  expect(namedBy(flow('spare').accepted, raised)).toEqual([[raised[0]!.alert.id]]);
  expect(flow('spare').accepted[0]?.at).toBe('2026-11-20T08:00:00.000Z');
});

it('a broken channel is told of while another one hangs', async () => {
  const raised = await register(['ops', 'siem'], { channels: ['ops'], fallback: 'spare' });
  flow('ops').state = 'Disabled';
  const { channels } = world.services;
  let letGo = () => {};
  const told = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const send: typeof channels.send = async (channel, outgoing) => {
    // Without an end, were the fallback to wait for it.
    if (channel.id === 'siem') await told;
    if (channel.id === 'spare') letGo();
    return channels.send(channel, outgoing);
  };
  const { reports } = await deliver(world, { by: { ...world.services, channels: { ...channels, send } } });
  expect(flow('spare').accepted).toHaveLength(1);
  expect(reports.get('siem')?.attempted).toMatchObject([{ status: 'accepted', alert: { id: raised[0]?.alert.id } }]);
});

it('a broken channel is logged without its URL', async () => {
  await register(['ops'], { channels: ['ops'] });
  flow('ops').state = 'Disabled';
  await deliver(world);
  expect(world.logged).toContainEqual({
    level: 'error',
    message: 'the channel ops refuses messages',
    details: { channel: 'ops', cause: 'flow-disabled', waiting: 1 },
  });
  expect(JSON.stringify(world.logged)).not.toContain(world.simulator.marker);
});

it('two rounds are joined: the later status of an alert counts, what was told is kept', () => {
  const report = { attempted: [], digests: [], newlyBroken: null, mended: false };
  const first = { reports: new Map([['ops', report]]), told: [] };
  const second = {
    reports: new Map([
      ['ops', { ...report, mended: true }],
      ['siem', report],
    ]),
    told: [],
  };
  const joined = joinDeliveries(first, second);
  expect([...joined.reports.keys()]).toEqual(['ops', 'siem']);
  expect(joined.reports.get('ops')?.mended).toBe(true);
});
