import { METRICS } from '../../shared/core/telemetry-names.ts';
import { checkTenant } from '../../shared/jobs/check-tenant.ts';
import { finishSweeps } from '../../shared/jobs/finish-sweep.ts';
import { listManaged, type Managed } from '../../shared/jobs/list-tenants.ts';
import { planSweep } from '../../shared/jobs/plan-sweep.ts';
import type { Services } from '../../shared/jobs/services.ts';
import { aadsts } from '../../simulator/sign-in/sign-in-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const MINUTE = 60_000;
const FIRST = '20261120T080000Z-timer';
const SECOND = '20261120T081500Z-timer';

let world: World;
let managed: Managed;
let figures: Map<string, number>;
let services: Services;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  managed = await registerTenants(world, 4);
  figures = new Map();
  const note = (name: string, value: number) => void figures.set(name, value);
  services = {
    ...world.services,
    telemetry: { ...world.services.telemetry, gauge: note, histogram: note, count: note },
  };
});

afterEach(() => world.close());

async function check(runId: string, ...nths: number[]): Promise<void> {
  for (const nth of nths) await checkTenant(services, managed.tenants[nth - 1]!, { runId });
}

const finish = () => finishSweeps(services, managed);
const sweep = (runId: string) => services.sweeps.get(runId);

it('a sweep closes when all its tenants have reported, and not before', async () => {
  await planSweep(services, { runId: FIRST }, null);
  await check(FIRST, 1, 2, 3);
  expect(await finish()).toBe(0);
  world.clock.advance(MINUTE);
  await check(FIRST, 4);
  expect(await finish()).toBe(1);
  expect(await sweep(FIRST)).toMatchObject({
    status: 'closed',
    done: 4,
    failed: 0,
    closedAt: world.clock.instant(),
  });
  expect(await finish()).toBe(0);
});

it('a sweep closes after half an hour without those that gave no result, and says how many', async () => {
  await planSweep(services, { runId: FIRST }, null);
  await check(FIRST, 1, 3);
  world.clock.advance(30 * MINUTE);
  expect(await finish()).toBe(0);
  world.clock.advance(1);
  expect(await finish()).toBe(1);
  expect(await sweep(FIRST)).toMatchObject({ status: 'closed', done: 2, failed: 2 });
  expect(world.logged).toContainEqual({
    level: 'error',
    message: 'a sweep ended without all tenants',
    details: { runId: FIRST, missing: 2 },
  });
  expect(figures.get(METRICS.failedChecks)).toBe(2);
});

it('results of a later sweep count for an earlier one: what is newer is known as well', async () => {
  await planSweep(services, { runId: FIRST }, null);
  await check(FIRST, 1, 2);
  world.clock.advance(15 * MINUTE);
  await planSweep(services, { runId: SECOND }, null);
  await check(SECOND, 1, 2, 3);
  expect(await finish()).toBe(0);
  await check(SECOND, 4);
  expect(await finish()).toBe(2);
});

it('the results of an earlier sweep do not close a later one', async () => {
  await planSweep(services, { runId: FIRST }, null);
  await check(FIRST, 1, 2, 3, 4);
  world.clock.advance(15 * MINUTE);
  await planSweep(services, { runId: SECOND }, null);
  await check(SECOND, 1);
  expect(await finish()).toBe(1);
  expect(await sweep(SECOND)).toMatchObject({ status: 'running' });
});

it('a sweep that closes judges the fleet, once', async () => {
  for (const nth of [1, 2, 3]) world.simulator.tenant(tenantId(nth)).behave('signIn', aadsts(7000215));
  await planSweep(services, { runId: FIRST }, null);
  await check(FIRST, 1, 2, 3, 4);
  // Two instances that close the same sweep at once tell it once.
  await Promise.all([finish(), finish()]);
  const fleet = await inspectLedger(services);
  expect(kindsOf(fleet)).toEqual(['fleet-blind', 'alerted']);
  expect(fleet.outbox).toHaveLength(1);
});

it('a sweep without tenants closes at once', async () => {
  await services.registry.save({
    tenants: (await services.registry.tenants()).map((tenant) => ({ ...tenant, retiredAt: world.clock.instant() })),
    channels: [],
    defaults: null,
  });
  expect(await planSweep(services, { runId: FIRST }, null)).toBe(0);
  expect(await finishSweeps(services, await listManaged(services))).toBe(1);
  expect(await sweep(FIRST)).toMatchObject({ status: 'closed', expected: 0, done: 0 });
});

it('a closed sweep gives the figures that the alert rules watch', async () => {
  world.simulator.tenant(tenantId(1)).setting = false;
  world.simulator.tenant(tenantId(2)).consent = 'app-absent';
  world.simulator.flow('ops').state = 'Disabled';
  await planSweep(services, { runId: FIRST }, null);
  await check(FIRST, 1, 2, 3, 4);
  world.clock.advance(2 * MINUTE);
  await finish();
  expect(Object.fromEntries(figures)).toMatchObject({
    [METRICS.oldestVerificationAge]: 120,
    [METRICS.staleTenants]: 0,
    [METRICS.driftsOpen]: 1,
    [METRICS.driftOpenSeconds]: 120,
    [METRICS.signInFailures]: 0.25,
    [METRICS.alertsPending]: 1,
    [METRICS.channelsBroken]: 0,
    [METRICS.failedChecks]: 0,
    [METRICS.sweepDuration]: 120,
    [METRICS.heartbeat]: 1,
    [METRICS.poisonMessages]: 0,
  });
});
