import { DAY } from '../../shared/core/time.ts';
import { NO_TRAFFIC, type TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import { listManaged, retireTenant } from '../../shared/jobs/list-tenants.ts';
import { purgeTraffic } from '../../shared/jobs/purge-traffic.ts';
import { buildDays } from '../core/traffic/build-source.ts';
import { sourceOf } from '../core/traffic/build-state.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const ID = tenantId(1);

let world: World;

/** A tenant whose traffic was read on the 20th of November, the days of a whole month. */
beforeEach(async () => {
  world = await openWorld(claimStorage());
  await registerTenants(world, 2);
  const rows = buildDays([21, 31, 41, 51]);
  await world.services.traffic.store.replaceDays(
    ID,
    rows.map(({ day }) => day),
    rows,
  );
  await world.services.traffic.store.saveState(ID, state());
});

afterEach(() => world.close());

function state(change: Partial<TrafficState> = {}): TrafficState {
  const readAt = world.clock.instant();
  const read = { readAt, triedAt: readAt, huntedAt: readAt, from: '2026-10-21T00:00:00.000Z', to: readAt };
  return {
    ...NO_TRAFFIC,
    ...read,
    origin: 'hunting',
    coverage: 'full',
    reason: null,
    assessed: [sourceOf(1)],
    ...change,
  };
}

const daysLeft = async () => (await world.services.traffic.store.days(ID, '2026-01-01')).map(({ day }) => day).sort();
const stateLeft = () => world.services.traffic.store.state(ID);

test('days go after thirty days, though nobody could read traffic since', async () => {
  await purgeTraffic(world.services);
  expect(await daysLeft()).toEqual(['2026-10-21', '2026-10-31', '2026-11-10', '2026-11-20']);
  world.clock.advance(11 * DAY);
  await purgeTraffic(world.services);
  expect(await daysLeft()).toEqual(['2026-11-10', '2026-11-20']);
  expect((await stateLeft())?.assessed).toHaveLength(1);
});

test('so does the last assessment, with the senders that it names; why it cannot be read stays', async () => {
  const huntedAt = world.clock.instant();
  await world.services.traffic.store.saveState(
    ID,
    state({ coverage: 'none', reason: 'licence-missing', detail: 'gone' }),
  );
  world.clock.advance(30 * DAY + 1);
  await purgeTraffic(world.services);
  expect(await daysLeft()).toEqual(['2026-11-20']);
  const left = { ...NO_TRAFFIC, triedAt: huntedAt, huntedAt, reason: 'licence-missing', detail: 'gone' };
  expect(await stateLeft()).toEqual(left);
  await purgeTraffic(world.services);
  expect(await stateLeft()).toEqual(left);
});

test('also of a tenant that was retired; one that was never read stays so', async () => {
  const [tenant] = await world.services.registry.tenants();
  await retireTenant(world.services, tenant!, 'left');
  expect((await listManaged(world.services)).tenants).toHaveLength(1);
  world.clock.advance(40 * DAY);
  await purgeTraffic(world.services);
  expect(await daysLeft()).toEqual([]);
  expect(await stateLeft()).toMatchObject({ assessed: [], readiness: null, context: null });
  expect(await world.services.traffic.store.state(tenantId(2))).toBeNull();
});
