import { readStatus } from '../../shared/jobs/read-status.ts';
import type { OutboxRow } from '../../shared/jobs/services.ts';
import { teamsBehaviours } from '../../simulator/teams/teams-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { deliver, deliverTo, namedBy, raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';

const HOUR = 3_600_000;

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const flow = () => world.simulator.flow('ops');
const spare = () => world.simulator.flow('spare');
const triggers = () => world.simulator.requests.filter(({ surface }) => surface === 'teams/ops').length;

async function raise(count: number): Promise<OutboxRow[]> {
  await registerTenants(world, count);
  return raiseAlerts(world);
}

describe('a refusal', () => {
  it.each([
    ['disabled', 'flow-disabled', 400],
    ['signatureLost', 'signature-lost', 401],
    ['wrongCaller', 'access-denied', 403],
    ['workflowMissing', 'not-found', 404],
    ['gone', 'gone', 410],
    ['redirected', 'redirected', 302],
  ] as const)('%s parks the alert and marks the channel: %s', async (name, cause, status) => {
    const [row] = await raise(1);
    flow().behave(teamsBehaviours[name]);
    const report = await deliverTo(world, 'ops');
    expect(report.newlyBroken).toMatchObject({ cause, waiting: 1, lastAcceptedAt: null });
    expect(await rowOf(world, row!)).toMatchObject({
      status: 'parked',
      lastError: expect.stringContaining(`${status}`),
    });
    expect((await world.services.mailbox.pace('ops'))?.value.broken).toMatchObject({ cause, probes: 0 });
    expect(triggers()).toBe(1);
  });

  it('parks untried what else waits: it would be refused as well', async () => {
    const raised = await raise(3);
    flow().state = 'Deleted';
    const report = await deliverTo(world, 'ops');
    expect(triggers()).toBe(1);
    expect(report.newlyBroken).toMatchObject({ cause: 'flow-deleted', waiting: 3 });
    for (const row of raised) expect(await rowOf(world, row)).toMatchObject({ status: 'parked' });
  });

  it('is seen in the status, with its cause and what waits', async () => {
    await raise(2);
    flow().state = 'Disabled';
    await deliver(world);
    const { channels, tenants } = await readStatus(world.services);
    expect(channels.find(({ id }) => id === 'ops')).toMatchObject({
      health: 'broken',
      pending: 2,
      detail: 'answered 400 WorkflowTriggerIsNotEnabled',
    });
    expect(tenants.map(({ alertsPending }) => alertsPending)).toEqual([1, 1]);
  });
});

describe('a broken channel', () => {
  it('is tried hourly for a day, then daily', async () => {
    await raise(1);
    flow().state = 'Disabled';
    await deliver(world);
    const gaps: number[] = [];
    for (let probe = 0; probe < 27; probe += 1) {
      const next = (await world.services.mailbox.pace('ops'))!.value.broken!.nextProbeAt;
      gaps.push(Date.parse(next) - world.clock.now().getTime());
      world.clock.advance(gaps.at(-1)! - 1);
      const before = triggers();
      await deliver(world);
      expect(triggers()).toBe(before);
      world.clock.advance(1);
      await deliver(world);
      expect(triggers()).toBe(before + 1);
    }
    expect(gaps.slice(0, 24)).toEqual(new Array(24).fill(HOUR));
    expect(gaps.slice(24)).toEqual(new Array(3).fill(24 * HOUR));
  });

  it('gets its whole backlog once it works again', async () => {
    const raised = await raise(4);
    flow().state = 'Disabled';
    await deliver(world);
    flow().state = 'Enabled';
    await deliver(world);
    expect(flow().accepted).toEqual([]);
    world.clock.advance(HOUR);
    const report = await deliverTo(world, 'ops');
    expect(report.mended).toBe(true);
    expect(new Set(namedBy(flow().accepted, raised).flat()).size).toBe(4);
    for (const row of raised) expect(await rowOf(world, row)).toMatchObject({ status: 'accepted', lastError: null });
    expect((await world.services.mailbox.pace('ops'))?.value.broken).toBeNull();
  });

  it('gets what is new at once: it may be the message that shows it mended', async () => {
    const [old] = await raise(1);
    flow().state = 'Disabled';
    await deliver(world);
    flow().state = 'Enabled';
    await registerTenants(world, 2);
    await raiseAlerts(world);
    await deliver(world);
    expect(flow().accepted).toHaveLength(2);
    expect(await rowOf(world, old!)).toMatchObject({ status: 'accepted' });
  });

  it('by a URL that was mended is delivered to the new one', async () => {
    const [row] = await raise(1);
    const url = world.env.TEST_OPS_URL!;
    world.env.TEST_OPS_URL = '';
    await deliver(world);
    expect(await rowOf(world, row!)).toMatchObject({ status: 'parked' });
    world.env.TEST_OPS_URL = url;
    world.clock.advance(HOUR);
    await deliver(world);
    expect(await rowOf(world, row!)).toMatchObject({ status: 'accepted' });
  });

  it('because of one message only delivers all the others', async () => {
    const [bad] = await raise(1);
    world.clock.advance(1000);
    const others = await raise(4);
    const isBad = (body: string) => body.includes(bad!.alert.id);
    flow().behave(({ request }) => (isBad(request.body) ? teamsBehaviours.schemaMismatch : 'healthy'));
    await deliver(world);
    expect(flow().accepted).toEqual([]);
    world.clock.advance(HOUR);
    await deliver(world);
    for (const row of others) expect(await rowOf(world, row)).toMatchObject({ status: 'accepted' });
    expect(await rowOf(world, bad!)).toMatchObject({ status: 'parked' });
  });
});

describe('another channel', () => {
  const told = () => spare().accepted.length;

  it('is told that one is broken, in the same round', async () => {
    await raise(2);
    flow().state = 'Suspended';
    const { told: rows } = await deliver(world);
    expect(rows.map(({ alert, channel }) => [alert.facts.kind, channel])).toEqual([['channel-broken', 'spare']]);
    expect(rows[0]?.alert.facts).toMatchObject({ channel: 'ops', cause: 'flow-suspended', waiting: 2 });
    expect(namedBy(spare().accepted, rows)).toEqual([[rows[0]!.alert.id]]);
    expect(kindsOf(await inspectLedger(world.services))).toEqual(['channel-broken', 'alerted']);
  });

  it('is told once a day, however often it is tried or newly broken', async () => {
    await raise(1);
    flow().state = 'Disabled';
    await deliver(world);
    for (let hour = 0; hour < 3; hour += 1) {
      world.clock.advance(HOUR);
      flow().state = hour === 1 ? 'Enabled' : 'Disabled';
      await registerTenants(world, hour + 2);
      await raiseAlerts(world);
      await deliver(world);
    }
    expect(told()).toBe(1);
  });

  it('is not told about itself', async () => {
    await registerTenants(world, 1, ['spare']);
    await raiseAlerts(world);
    spare().state = 'Disabled';
    const { told: rows } = await deliver(world);
    expect(rows.filter(({ channel }) => channel === 'spare')).toEqual([]);
  });
});
