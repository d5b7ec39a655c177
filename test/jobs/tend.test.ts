import { checkTenant } from '../../shared/jobs/check-tenant.ts';
import { planSweep } from '../../shared/jobs/plan-sweep.ts';
import { tend } from '../../shared/jobs/tend.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';
import { wrapServices } from '../support/wrap-services.ts';

const RUN = '20261120T080000Z-timer';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const tendNow = () => tend(world.services, () => 0);

it('delivers what no hint told of', async () => {
  await registerTenants(world, 2, ['ops', 'siem']);
  const raised = await raiseAlerts(
    world,
    wrapServices(world.services, async ({ name }, work) => {
      return name === 'hintDelivery' ? (undefined as never) : work();
    }),
  );
  await tendNow();
  for (const row of raised) expect(await rowOf(world, row)).toMatchObject({ status: 'accepted' });
});

it('closes the sweep whose tenants have reported, and tells what only then can be said', async () => {
  const { tenants } = await registerTenants(world, 3);
  for (const { id } of tenants) world.simulator.tenant(id).exchangeRole = false;
  await planSweep(world.services, { runId: RUN }, null);
  world.clock.advance(7 * 3_600_000);
  for (const tenant of tenants) await checkTenant(world.services, tenant, { runId: RUN });
  await tendNow();
  expect(await world.services.sweeps.get(RUN)).toMatchObject({ status: 'closed' });
  const bodies = world.simulator.flow('ops').accepted.map(({ body }) => body);
  expect(bodies).toHaveLength(3);
  for (const { id } of tenants) expect(bodies.some((body) => body.includes(id))).toBe(true);
});

it('called again finds nothing more to do', async () => {
  await registerTenants(world, 2);
  world.simulator.tenant(tenantId(1)).setting = false;
  await world.sweep();
  const before = world.simulator.requests.length;
  for (let minute = 0; minute < 3; minute += 1) {
    world.clock.advance(60_000);
    await tendNow();
  }
  expect(world.simulator.requests).toHaveLength(before);
});
