import { teamsBehaviours } from '../../simulator/teams/teams-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { deliver, deliverTo, itemOf, namedBy, raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const flow = () => world.simulator.flow('ops');

it('five tenants that open at once are five cards', async () => {
  await registerTenants(world, 5);
  const raised = await raiseAlerts(world);
  await deliver(world);
  expect(namedBy(flow().accepted, raised).map((ids) => ids.length)).toEqual([1, 1, 1, 1, 1]);
});

describe('more than five tenants that open at once', () => {
  it('are one card that names each alert by its id, and counts as delivery of each', async () => {
    await registerTenants(world, 6);
    const raised = await raiseAlerts(world);
    const report = await deliverTo(world, 'ops');
    expect(namedBy(flow().accepted, raised).map((ids) => ids.length)).toEqual([6]);
    expect(report.digests).toEqual([{ id: expect.stringMatching(/^[A-Z2-7]{26}$/), status: 'accepted' }]);
    const digestId = report.digests[0]!.id;
    expect(flow().accepted[0]?.body).toContain(digestId);
    for (const row of raised) {
      expect(await rowOf(world, row)).toMatchObject({
        status: 'accepted',
        attempts: 1,
        digestId,
        workflowRun: flow().accepted[0]?.runId,
      });
      expect(await itemOf(world, row)).toBeUndefined();
    }
  });

  it('are an event each for a webhook, which machines read', async () => {
    await registerTenants(world, 6, ['ops', 'siem']);
    const raised = await raiseAlerts(world);
    await deliver(world);
    const { deliveries } = world.simulator.webhook('siem');
    expect(namedBy(deliveries, raised).map((ids) => ids.length)).toEqual([1, 1, 1, 1, 1, 1]);
    for (const { body, headers } of deliveries) expect(JSON.parse(body).id).toBe(headers['webhook-id']);
  });

  it('are tried again together, each by its own id', async () => {
    await registerTenants(world, 7);
    const raised = await raiseAlerts(world);
    flow().behave(teamsBehaviours.throttledForSeconds, 'healthy');
    const first = await deliverTo(world, 'ops');
    expect(first.digests).toMatchObject([{ status: 'pending' }]);
    world.clock.advance(17_000);
    const second = await deliverTo(world, 'ops');
    expect(second.digests).toEqual([{ id: first.digests[0]?.id, status: 'accepted' }]);
    expect(namedBy(flow().accepted, raised).map((ids) => ids.length)).toEqual([7]);
  });

  it('are parked together when the channel refuses, and delivered when it is mended', async () => {
    await registerTenants(world, 6);
    const raised = await raiseAlerts(world);
    flow().state = 'Disabled';
    expect((await deliverTo(world, 'ops')).digests).toMatchObject([{ status: 'parked' }]);
    flow().state = 'Enabled';
    world.clock.advance(3_600_000);
    await deliver(world);
    expect(new Set(namedBy(flow().accepted, raised).flat()).size).toBe(6);
    for (const row of raised) expect(await rowOf(world, row)).toMatchObject({ status: 'accepted' });
  });
});

it('a digest of very many tenants stays within the size of a card and names how many more there are', async () => {
  await registerTenants(world, 130);
  const raised = await raiseAlerts(world);
  await deliver(world);
  expect(flow().accepted).toHaveLength(1);
  const { body } = flow().accepted[0]!;
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(24_576);
  const [shown = []] = namedBy(flow().accepted, raised);
  expect(shown.length).toBeGreaterThan(20);
  expect(body).toContain(`${130 - shown.length} more`);
  for (const row of raised) expect((await rowOf(world, row)).status).toBe('accepted');
}, 60_000);

it('openings and endings are told apart: one digest each', async () => {
  await registerTenants(world, 6);
  await raiseAlerts(world);
  await deliver(world);
  for (let nth = 1; nth <= 6; nth += 1) {
    world.simulator.tenant(`3d1c0000-0000-4000-8000-${String(nth).padStart(12, '0')}`).setting = true;
  }
  await world.sweep({ later: 900_000 });
  const { raised } = await world.sweep({ later: 900_000 });
  expect(raised.map(({ alert }) => alert.facts.kind)).toEqual(new Array(6).fill('recovered'));
  expect(flow().accepted).toHaveLength(2);
  expect(namedBy(flow().accepted, raised).map((ids) => ids.length)).toEqual([0, 6]);
}, 20_000);
