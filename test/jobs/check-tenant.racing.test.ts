import { checkTenant } from '../../shared/jobs/check-tenant.ts';
import type { Managed } from '../../shared/jobs/list-tenants.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { meetAt } from '../support/meet-at.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const ID = tenantId(1);
const HOUR = 3_600_000;

let world: World;
let managed: Managed;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  managed = await registerTenants(world, 1, ['ops', 'siem']);
});

afterEach(() => world.close());

describe('two runners on one tenant', () => {
  async function race(runIds: readonly string[], setting: unknown) {
    world.simulator.tenant(ID).setting = setting;
    const processes = runIds.map((_, at) => world.openProcess(`runner ${at}`));
    // Each has read the same state before either commits.
    const met = meetAt('ledger.load', processes);
    return Promise.all(met.map((services, at) => checkTenant(services, managed.tenants[0]!, { runId: runIds[at]! })));
  }

  it('with one message: one wins, the other finds it done', async () => {
    await world.sweep();
    world.clock.advance(HOUR);
    const results = await race(['run-b', 'run-b'], false);
    expect(results.map(({ transition }) => transition).sort()).toEqual(['drifted', 'none']);
    await expectOneDrift();
  });

  it('with messages of two sweeps: one sees the drift, the other sees that it is known', async () => {
    await world.sweep();
    world.clock.advance(HOUR);
    const results = await race(['run-b', 'run-c'], false);
    expect(results.map(({ transition }) => transition).sort()).toEqual(['drifted', 'none']);
    await expectOneDrift();
  });

  it('of a tenant without a ledger: one creates it', async () => {
    const results = await race(['run-a', 'run-a', 'run-b', 'run-b'], false);
    expect(results.filter(({ transition }) => transition === 'found-permissive')).toHaveLength(1);
    const ledger = await inspectLedger(world.services, ID);
    expect(kindsOf(ledger)).toEqual(['registered', 'found-permissive', 'alerted']);
    expect(ledger.outbox).toHaveLength(2);
    expect(ledger.chain).toBe('intact');
  });

  async function expectOneDrift() {
    const ledger = await inspectLedger(world.services, ID);
    expect(kindsOf(ledger).filter((kind) => kind === 'drifted')).toHaveLength(1);
    expect(ledger.outbox.map(({ channel }) => channel).sort()).toEqual(['ops', 'siem']);
    expect(ledger.chain).toBe('intact');
    expect(ledger.record?.state.episodes).toBe(1);
  }
});
