import { HOUR, later, MINUTE } from '../../../shared/core/time.ts';
import type { FleetStatus } from '../../../shared/jobs/read-status.ts';
import { START, tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

const status = () => desk.read<FleetStatus & { schemaVersion: 1 }>('status');

test('an empty registry', async () => {
  expect(await status()).toEqual({
    schemaVersion: 1,
    tenants: [],
    channels: [],
    poison: { 'tenant-checks': 0, 'alert-deliveries': 0 },
    lastSweep: null,
  });
  expect((await desk.run('status')).out).toContain('no sweep yet');
});

test('a tenant that was never checked, and channels that were never used, are in it', async () => {
  await desk.world.register(fleetFile(desk.world, 1));
  const { tenants, channels } = await status();
  expect(tenants).toEqual([
    {
      tenantId: tenantId(1),
      name: 'Tenant 1',
      verdict: 'unknown',
      state: 'never-verified',
      reason: null,
      verifiedAt: null,
      checkedAt: null,
      openSince: null,
      excepted: false,
      alertsPending: 0,
    },
  ]);
  expect(channels.map(({ id, health, lastAcceptedAt, pending }) => [id, health, lastAcceptedAt, pending])).toEqual([
    ['ops', 'never-used', null, 0],
    ['siem', 'never-used', null, 0],
    ['spare', 'never-used', null, 0],
  ]);
});

test('after sweeps: open tenants, unreadable ones, channels and the newest sweep', async () => {
  await desk.world.register(fleetFile(desk.world, 3));
  const { simulator } = desk.world;
  await desk.check();
  simulator.tenant(tenantId(1)).setting = false;
  simulator.tenant(tenantId(2)).consent = 'app-absent';
  const { runId } = await desk.check(15 * MINUTE);
  const { tenants, channels, lastSweep } = await status();
  const now = later(START, 15 * MINUTE);
  expect(tenants).toMatchObject([
    { verdict: 'permissive', state: 'permissive', openSince: now, verifiedAt: now, checkedAt: now },
    { verdict: 'unknown', state: 'enforced', reason: 'consent-missing', verifiedAt: START, checkedAt: now },
    { verdict: 'enforced', state: 'enforced', reason: null, openSince: null },
  ]);
  expect(channels[0]).toEqual({ id: 'ops', health: 'ok', lastAcceptedAt: now, pending: 0, detail: null });
  expect(lastSweep).toEqual({
    runId,
    startedAt: now,
    status: 'closed',
    expected: 3,
    done: 3,
    failed: 0,
    closedAt: now,
  });
});

test('a broken channel says why and how much waits; the tenant shows that nobody was told', async () => {
  await desk.world.register(fleetFile(desk.world, 1));
  desk.world.simulator.tenant(tenantId(1)).setting = false;
  desk.world.simulator.flow('ops').state = 'Disabled';
  await desk.check();
  const { tenants, channels } = await status();
  expect(tenants[0]).toMatchObject({ state: 'permissive', alertsPending: 1 });
  expect(channels[0]).toEqual({
    id: 'ops',
    health: 'broken',
    lastAcceptedAt: null,
    pending: 1,
    detail: 'answered 400 WorkflowTriggerIsNotEnabled',
  });
  expect((await desk.run('status')).out).toMatch(/ops +broken: answered 400 WorkflowTriggerIsNotEnabled +never +1/);
});

test('messages that failed too often are counted by queue', async () => {
  const poison = desk.world.storage.queues.getQueueClient('tenant-checks-poison');
  await poison.sendMessage('bm9uc2Vuc2U=');
  await poison.sendMessage('bm9uc2Vuc2U=');
  expect((await status()).poison).toEqual({ 'tenant-checks': 2, 'alert-deliveries': 0 });
  expect((await desk.run('status')).out).toContain(
    '2 messages of tenant-checks failed too often (queue tenant-checks-poison)',
  );
});

test('an approved exception is shown as such, a removed tenant no longer', async () => {
  await desk.world.register(fleetFile(desk.world, 2));
  desk.world.simulator.tenant(tenantId(1)).setting = false;
  const approval = ['--reason', 'scanner', '--approved-by', 'CISO', '--until', '2026-12-31'];
  await desk.run('exceptions', 'add', tenantId(1), ...approval);
  await desk.check(HOUR);
  await desk.run('tenants', 'remove', tenantId(2));
  const { tenants } = await status();
  expect(tenants).toHaveLength(1);
  expect(tenants[0]).toMatchObject({ verdict: 'permissive', state: 'permissive', excepted: true });
  expect((await desk.run('status')).out).toContain('permissive (excepted)');
});

test('it needs storage only: neither credential nor channel URL', async () => {
  await desk.world.register(fleetFile(desk.world, 1));
  const { AzureWebJobsStorage } = desk.world.env;
  for (const name of Object.keys(desk.world.env)) delete desk.world.env[name];
  Object.assign(desk.world.env, { AzureWebJobsStorage });
  expect(await desk.run('status')).toMatchObject({ code: 0, err: '' });
  expect((await status()).tenants).toHaveLength(1);
});
