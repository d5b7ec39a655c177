import type { CheckedTenant } from '../../shared/core/schemas.ts';
import { DAY, later } from '../../shared/core/time.ts';
import { type Approval, printOf } from '../../shared/core/traffic/approval.ts';
import { NO_TRAFFIC, storeContext, type TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import { approveSource, removeApproval } from '../../shared/jobs/approve-source.ts';
import type { TenantRecord } from '../../shared/jobs/services.ts';
import { buildContext, buildDay, buildDays } from '../core/traffic/build-source.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const ID = tenantId(1);
const SCANNER = '203.0.113.9';
const INFECTED = '203.0.113.10';

let world: World;
let tenant: CheckedTenant;

/** A tenant whose traffic was read: a scanner that nobody can place, and a machine that sends malware. */
beforeEach(async () => {
  world = await openWorld(claimStorage());
  [tenant] = (await registerTenants(world, 1)).tenants as [CheckedTenant];
  const { store } = world.services.traffic;
  const days = [20, 21, 22];
  const rows = [
    ...buildDays(days, { source: SCANNER, messages: 3 }),
    ...days.map((day) => buildDay({ day, source: INFECTED, messages: 4, verdicts: { content: 4 } })),
  ];
  await store.replaceDays(ID, rows.map(({ day }) => day).sort(), rows);
  const read: TrafficState = {
    ...NO_TRAFFIC,
    coverage: 'full',
    reason: null,
    origin: 'hunting',
    from: '2026-10-01T00:00:00.000Z',
    to: world.clock.instant(),
    context: storeContext(buildContext()),
  };
  await store.saveState(ID, read);
});

afterEach(() => world.close());

function approval(change: Partial<Approval> = {}): Approval {
  const at = world.clock.instant();
  const until = later(at, 30 * DAY);
  return { id: 'a1', block: SCANNER, sender: null, reason: 'scanner', by: 'Aino', at, until, ...change };
}

async function assessments() {
  const state = await world.services.traffic.store.state(ID);
  return Object.fromEntries((state?.assessed ?? []).map(({ source, assessment }) => [source, assessment]));
}

const wouldBreak = async () =>
  (await world.services.traffic.store.state(ID))?.readiness?.wouldBreak.map(({ source }) => source);

it('assesses what is stored anew at once; still named as breaking, because an approval exempts nobody from rejection', async () => {
  await approveSource(world.services, tenant, approval());
  expect(await assessments()).toEqual({ [SCANNER]: 'approved', [INFECTED]: 'likely-spoof' });
  expect(await wouldBreak()).toEqual([SCANNER]);
  await removeApproval(world.services, tenant, 'a1', 'Eero');
  expect(await assessments()).toMatchObject({ [SCANNER]: 'needs-review' });
});

it('what was found to be malware stays a forgery, and says that an approval was overridden', async () => {
  await approveSource(world.services, tenant, approval({ block: '203.0.113.0/24' }));
  const state = await world.services.traffic.store.state(ID);
  const infected = state?.assessed.find(({ source }) => source === INFECTED);
  expect(infected).toMatchObject({
    assessment: 'likely-spoof',
    reasons: expect.arrayContaining(['approval-overridden']),
  });
  expect(await assessments()).toMatchObject({ [SCANNER]: 'approved' });
});

it('an approval of one sender does not cover another', async () => {
  await approveSource(world.services, tenant, approval({ sender: 'boss@contoso.example' }));
  expect(await assessments()).toMatchObject({ [SCANNER]: 'needs-review' });
  await approveSource(world.services, tenant, approval({ id: 'a2', sender: 'scanner@contoso.example' }));
  expect(await assessments()).toMatchObject({ [SCANNER]: 'approved' });
  expect(printOf('SCANNER@contoso.example')).toBe(printOf('scanner@contoso.example'));
});

it('holds until its end and not longer', async () => {
  await approveSource(world.services, tenant, approval());
  world.clock.advance(30 * DAY);
  // Any later change assesses anew; so does the next reading.
  await approveSource(world.services, tenant, approval({ id: 'a2', block: '192.0.2.1' }));
  expect(await assessments()).toMatchObject({ [SCANNER]: 'needs-review' });
  const record = (await world.services.ledger.load<TenantRecord>(ID))?.value;
  expect(record?.approvals.map(({ id }) => id)).toEqual(['a2']);
});

it('is in the ledger: who, what, why, until when; and who took it back', async () => {
  await approveSource(world.services, tenant, approval({ sender: 'scanner@contoso.example' }));
  await removeApproval(world.services, tenant, 'a1', 'Eero');
  const { history, chain } = await inspectLedger(world.services, ID);
  expect(chain).toBe('intact');
  const { until } = approval();
  expect(history.slice(-2)).toMatchObject([
    {
      kind: 'source-approved',
      approvalId: 'a1',
      block: SCANNER,
      sender: 'scanner@contoso.example',
      by: 'Aino',
      reason: 'scanner',
      until,
    },
    { kind: 'approval-removed', approvalId: 'a1', by: 'Eero' },
  ]);
});

it('before any traffic was read it is recorded all the same', async () => {
  await world.services.traffic.store.saveState(ID, NO_TRAFFIC);
  await approveSource(world.services, tenant, approval());
  expect(await world.services.traffic.store.state(ID)).toEqual(NO_TRAFFIC);
  expect((await world.services.ledger.load<TenantRecord>(ID))?.value.approvals).toHaveLength(1);
});

it('two people at once: both approvals hold', async () => {
  await Promise.all([
    approveSource(world.services, tenant, approval()),
    approveSource(world.openProcess('second'), tenant, approval({ id: 'a2', block: '192.0.2.1' })),
  ]);
  const record = (await world.services.ledger.load<TenantRecord>(ID))?.value;
  expect(record?.approvals.map(({ id }) => id).sort()).toEqual(['a1', 'a2']);
});
