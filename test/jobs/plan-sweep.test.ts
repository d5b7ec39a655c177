import { type CheckMessage, checkMessage, type TenantsFile } from '../../shared/core/schemas.ts';
import { nameRun } from '../../shared/jobs/name-run.ts';
import { planSweep } from '../../shared/jobs/plan-sweep.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';
import { wrapServices } from '../support/wrap-services.ts';

const MINUTE = 60_000;
const RUN = { runId: '20261120T080000Z-timer' };

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

/** Takes the messages that wait for being checked. */
async function takeMessages(): Promise<CheckMessage[]> {
  const queue = world.storage.queues.getQueueClient('tenant-checks');
  const taken: CheckMessage[] = [];
  for (;;) {
    const { receivedMessageItems: items } = await queue.receiveMessages({ numberOfMessages: 32 });
    if (items.length === 0) return taken.sort((one, other) => (one.tenant.id < other.tenant.id ? -1 : 1));
    for (const { messageText } of items) {
      taken.push(checkMessage.parse(JSON.parse(Buffer.from(messageText, 'base64').toString())));
    }
  }
}

it('sends a message for each tenant, with all that its check needs', async () => {
  const { tenants } = await registerTenants(world, 3, ['ops', 'siem']);
  expect(await planSweep(world.services, RUN, null)).toBe(3);
  expect(await takeMessages()).toEqual(tenants.map((tenant) => ({ schema: 1, runId: RUN.runId, tenant })));
  expect(await world.services.sweeps.get(RUN.runId)).toMatchObject({ status: 'running', expected: 3 });
});

it('plans a run once, however often its timer fires', async () => {
  await registerTenants(world, 3);
  const planned = await Promise.all([1, 2, 3].map(() => planSweep(world.services, RUN, null)));
  expect(planned.sort()).toEqual([0, 0, 3]);
  world.clock.advance(10 * MINUTE);
  expect(await planSweep(world.services, RUN, null)).toBe(0);
  expect(await takeMessages()).toHaveLength(3);
});

describe('a planning that was cut off', () => {
  /** Plans in a process that dies when it sends the messages. */
  async function planAndDie() {
    const dying = wrapServices(world.services, ({ name }, work) => {
      if (name === 'queues.sendChecks') throw new Error('killed');
      return work();
    });
    await expect(planSweep(dying, RUN, null)).rejects.toThrow('killed');
  }

  it('is finished by a later call, not by one that may still be at it', async () => {
    await registerTenants(world, 3);
    await planAndDie();
    world.clock.advance(5 * MINUTE);
    expect(await planSweep(world.services, RUN, null)).toBe(0);
    world.clock.advance(1);
    expect(await planSweep(world.services, RUN, null)).toBe(3);
    expect(await takeMessages()).toHaveLength(3);
    expect(await world.services.sweeps.get(RUN.runId)).toMatchObject({ status: 'running' });
    expect(world.logged).toContainEqual(expect.objectContaining({ level: 'warn', details: RUN }));
  });
});

describe('the tenants of the deployment', () => {
  const file = (nths: readonly number[], name = 'Tenant'): TenantsFile => ({
    tenants: nths.map((nth) => ({ id: tenantId(nth), name: `${name} ${nth}` })),
  });

  it('are merged into the registry before, and those it no longer names are retired', async () => {
    expect(await planSweep(world.services, { runId: '20261120T080000Z-timer' }, file([1, 2]))).toBe(2);
    expect(await planSweep(world.services, { runId: '20261120T081500Z-timer' }, file([2, 3], 'Renamed'))).toBe(2);
    const tenants = await world.services.registry.tenants();
    expect(tenants.map(({ name, retiredAt }) => [name, retiredAt !== null])).toEqual([
      ['Tenant 1', true],
      ['Renamed 2', false],
      ['Renamed 3', false],
    ]);
  });
});

it('a run is named after its moment, so that names sort by time', () => {
  const moments = ['2026-11-20T08:00:00.999Z', '2026-11-20T08:00:01Z', '2027-01-01T00:00:00Z'];
  const names = moments.map((moment) => nameRun(new Date(moment), 'timer'));
  expect(names[0]).toBe('20261120T080000Z-timer');
  expect(names.toSorted()).toEqual(names);
});
