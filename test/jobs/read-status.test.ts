import { poisonOf } from '../../shared/adapters/storage/open-storage.ts';
import { readHistory } from '../../shared/jobs/read-history.ts';
import { readStatus } from '../../shared/jobs/read-status.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { raiseAlerts, registerTenants } from '../support/raise-alerts.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

describe('the status', () => {
  it('has every registered tenant, also one that was never checked', async () => {
    await registerTenants(world, 2);
    world.simulator.tenant(tenantId(1)).setting = false;
    await world.sweep();
    await registerTenants(world, 3);
    const { tenants, lastSweep } = await readStatus(world.services);
    const at = '2026-11-20T08:00:00.000Z';
    expect(tenants).toMatchObject([
      {
        tenantId: tenantId(1),
        verdict: 'permissive',
        state: 'permissive',
        openSince: at,
        checkedAt: at,
        verifiedAt: at,
      },
      { tenantId: tenantId(2), verdict: 'enforced', state: 'enforced', openSince: null },
      { tenantId: tenantId(3), verdict: 'unknown', state: 'never-verified', checkedAt: null, verifiedAt: null },
    ]);
    expect(lastSweep).toMatchObject({ status: 'closed', expected: 2 });
  });

  it('counts what waits for each tenant and channel', async () => {
    await registerTenants(world, 2, ['ops', 'siem']);
    await raiseAlerts(world);
    const { tenants, channels } = await readStatus(world.services);
    expect(tenants.map(({ alertsPending }) => alertsPending)).toEqual([2, 2]);
    expect(channels.map(({ id, health, pending }) => [id, health, pending])).toEqual([
      ['ops', 'never-used', 2],
      ['siem', 'never-used', 2],
      ['spare', 'never-used', 0],
    ]);
  });

  it('says when a channel last accepted something', async () => {
    await registerTenants(world, 1);
    world.simulator.tenant(tenantId(1)).setting = false;
    await world.sweep();
    const { channels } = await readStatus(world.services);
    expect(channels[0]).toEqual({
      id: 'ops',
      health: 'ok',
      lastAcceptedAt: '2026-11-20T08:00:00.000Z',
      pending: 0,
      detail: null,
    });
  });

  it('shows messages that failed too often', async () => {
    await world.storage.queues.getQueueClient(poisonOf('alert-deliveries')).sendMessage('x');
    expect((await readStatus(world.services)).poison).toEqual({ 'tenant-checks': 0, 'alert-deliveries': 1 });
  });

  it('holds no secret', async () => {
    await registerTenants(world, 1);
    world.simulator.tenant(tenantId(1)).setting = false;
    world.simulator.flow('ops').state = 'Deleted';
    await world.sweep();
    expect(JSON.stringify(await readStatus(world.services))).not.toMatch(new RegExp(`${world.simulator.marker}|sig=`));
  });
});

describe('the history of a tenant', () => {
  it('is there oldest first, and is verified', async () => {
    await registerTenants(world, 1);
    await world.sweep();
    const { entries, chain } = await readHistory(world.services, tenantId(1));
    expect(entries.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'registered'],
      [2, 'baseline'],
    ]);
    expect(chain).toBe('intact');
  });

  it('that somebody edited is named with the place', async () => {
    await registerTenants(world, 1);
    await world.sweep();
    const table = world.storage.table('ledger');
    const [first] = (await readHistory(world.services, tenantId(1))).entries;
    for await (const row of table.listEntities<Record<string, string>>()) {
      if (!row.rowKey?.startsWith('h!') || !row.data0?.includes('"seq":1')) continue;
      const data0 = row.data0.replace(first!.at, '2020-01-01T00:00:00.000Z');
      await table.updateEntity({ partitionKey: row.partitionKey!, rowKey: row.rowKey, v: 1, data0 }, 'Merge');
    }
    expect((await readHistory(world.services, tenantId(1))).chain).toBe('broken at seq 1: the entry was altered');
  });

  it('of which an entry is gone is named with the place', async () => {
    await registerTenants(world, 1);
    await world.sweep();
    const table = world.storage.table('ledger');
    for await (const row of table.listEntities<Record<string, string>>()) {
      if (row.data0?.includes('"seq":2') && row.rowKey?.startsWith('h!'))
        await table.deleteEntity(row.partitionKey!, row.rowKey);
    }
    expect((await readHistory(world.services, tenantId(1))).chain).toBe('broken at seq 2: entries up to 2 are missing');
  });

  it('of a tenant that was never checked is empty', async () => {
    expect(await readHistory(world.services, tenantId(7))).toEqual({
      tenantId: tenantId(7),
      entries: [],
      chain: 'intact',
    });
  });
});
