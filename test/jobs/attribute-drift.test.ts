import { attributeDrift } from '../../shared/jobs/attribute-drift.ts';
import { followUp } from '../../shared/jobs/follow-up.ts';
import { listManaged, type Managed } from '../../shared/jobs/list-tenants.ts';
import type { TenantRecord } from '../../shared/jobs/services.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';
import { sampleAudit } from '../support/sample-audit.ts';
import { wrapServices } from '../support/wrap-services.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ID = tenantId(1);

let world: World;
let tenant: SimulatedTenant;
let managed: Managed;

/** A tenant that drifted between 08:00 and 08:15. */
beforeEach(async () => {
  world = await openWorld(claimStorage());
  await registerTenants(world, 1);
  tenant = world.simulator.tenant(ID);
  await world.sweep();
  tenant.setting = false;
  await world.sweep({ later: 15 * MINUTE });
  managed = await listManaged(world.services);
});

afterEach(() => world.close());

const attribute = (patience = 0, by = world.services) => attributeDrift(by, managed.tenants[0]!, patience);
const search = async () => (await world.services.ledger.load<TenantRecord>(ID))!.value.attribution!;
const outcome = async () => (await search()).outcome;

describe('the audit log is asked', () => {
  it('90 minutes after the drift, not before', async () => {
    world.clock.advance(90 * MINUTE - 1);
    expect(await attribute()).toEqual([]);
    expect(tenant.auditQueries.size).toBe(0);
    world.clock.advance(1);
    await attribute();
    expect(tenant.auditQueries.size).toBe(1);
  });

  it('again after 6 and 24 hours while it knows nothing, and then no more', async () => {
    const asked: number[] = [];
    for (let hours = 0; hours <= 30; hours += 0.5) {
      const before = tenant.auditQueries.size;
      await attribute(10_000);
      if (tenant.auditQueries.size > before) asked.push(hours);
      world.clock.advance(HOUR / 2);
    }
    expect(asked).toEqual([1.5, 6, 24]);
    expect(await outcome()).toEqual({ actors: [], noRecord: 'not-found' });
    expect((await search()).dueAt).toBeNull();
  }, 20_000);

  it('once a minute whether a query is done, by state and not by sleeping', async () => {
    tenant.auditQuery = { polls: 3, minutes: 0, ends: 'succeeded', limitExceeded: false };
    tenant.auditRecords.push(sampleAudit('2026-11-20T08:10:00Z', 'admin@fabrikam.example'));
    world.clock.advance(90 * MINUTE);
    const told: number[] = [];
    for (let minute = 0; minute < 6; minute += 1) {
      const { length } = await attribute();
      if (length > 0) told.push(minute);
      world.clock.advance(MINUTE);
    }
    expect(told).toHaveLength(1);
    expect(tenant.auditQueries.size).toBe(1);
  });
});

describe('what it says', () => {
  it('is told on the channels of the tenant and kept in the ledger', async () => {
    tenant.auditRecords.push(sampleAudit('2026-11-20T08:10:00Z', 'admin@fabrikam.example'));
    world.clock.advance(90 * MINUTE);
    const [row] = await attribute(10_000);
    expect(row?.alert.facts).toMatchObject({
      kind: 'attributed',
      actors: [{ account: 'admin@fabrikam.example' }],
      noRecord: null,
    });
    const ledger = await inspectLedger(world.services, ID);
    expect(kindsOf(ledger).slice(-2)).toEqual(['attributed', 'alerted']);
    expect(ledger.chain).toBe('intact');
  });

  it('is told once, however many look at once', async () => {
    tenant.auditRecords.push(sampleAudit('2026-11-20T08:10:00Z', 'admin@fabrikam.example'));
    world.clock.advance(90 * MINUTE);
    const told = await Promise.all([world.services, world.openProcess('other')].map((by) => attribute(10_000, by)));
    expect(told.flat()).toHaveLength(1);
    const { outbox } = await inspectLedger(world.services, ID);
    expect(outbox.filter(({ alert }) => alert.facts.kind === 'attributed')).toHaveLength(1);
  });

  it('of a query that never ends is that it is stuck, and the next stage asks anew', async () => {
    tenant.auditQuery = { polls: Number.POSITIVE_INFINITY, minutes: 0, ends: 'succeeded', limitExceeded: false };
    world.clock.advance(90 * MINUTE);
    await attribute();
    world.clock.advance(3 * HOUR);
    await attribute();
    expect(await search()).toMatchObject({ stage: 1, query: null, outcome: null });
  });

  it.each<[string, () => void]>([
    ['audit-disabled', () => (tenant.auditing = 'off')],
    ['permission-missing', () => tenant.appRoles.delete('AuditLogsQuery-Exchange.Read.All')],
  ])('is at once that there is none: %s', async (noRecord, prepare) => {
    prepare();
    world.clock.advance(90 * MINUTE);
    const [row] = await attribute();
    expect(row?.alert.facts).toMatchObject({ kind: 'attributed', actors: [], noRecord });
    expect((await search()).dueAt).toBeNull();
  });
});

describe('following up', () => {
  it('asks for those that are due, and one that fails harms nobody', async () => {
    world.clock.advance(90 * MINUTE);
    const failing = wrapServices(world.services, ({ name }, work) => {
      if (name === 'audit.submit') throw new Error('unexpected');
      return work();
    });
    expect(await followUp(failing, managed, failing.fleet.rows(), 0)).toEqual([]);
    expect(world.logged.at(-1)).toMatchObject({ level: 'error', details: { tenantId: ID } });
    await followUp(world.services, managed, world.services.fleet.rows(), 10_000);
    expect(tenant.auditQueries.size).toBe(1);
  });

  it('waits for queries that run once, not once for each tenant', async () => {
    await registerTenants(world, 20);
    await world.sweep();
    for (let nth = 2; nth <= 20; nth += 1) world.simulator.tenant(tenantId(nth)).setting = false;
    await world.sweep({ later: 15 * MINUTE });
    world.clock.advance(90 * MINUTE);
    const before = world.clock.now().getTime();
    const running = wrapServices(world.services, ({ name }, work) =>
      name === 'audit.poll' ? Promise.resolve({ kind: 'running' } as never) : work(),
    );
    await followUp(running, await listManaged(world.services), running.fleet.rows(), 10_000);
    expect(world.clock.now().getTime() - before).toBeLessThanOrEqual(12_000);
    for (let nth = 1; nth <= 20; nth += 1) expect(world.simulator.tenant(tenantId(nth)).auditQueries.size).toBe(1);
  });

  it('is part of a sweep, and what it found is delivered with it', async () => {
    tenant.auditRecords.push(sampleAudit('2026-11-20T08:10:00Z', 'admin@fabrikam.example'));
    const { raised } = await world.sweep({ later: 90 * MINUTE });
    expect(raised.map(({ alert }) => alert.facts.kind)).toEqual(['attributed']);
    expect(world.simulator.flow('ops').accepted.at(-1)?.body).toContain('admin@fabrikam.example');
  });
});
