import { HOUR, later, MINUTE } from '../../../shared/core/time.ts';
import type { SimulatedTenant } from '../../../simulator/tenant/tenant.ts';
import { START, tenantId } from '../../support/open-world.ts';
import { type Desk, fleetFile, openDesk } from '../open-desk.ts';

const QUARTER = 15 * MINUTE;
const ID = tenantId(1);

let desk: Desk;
let tenant: SimulatedTenant;

beforeEach(async () => {
  desk = await openDesk();
  await desk.world.register(fleetFile(desk.world, 1));
  tenant = desk.world.simulator.tenant(ID);
});

afterEach(() => desk.close());

/** The only tenant's row of a sweep. */
async function checkTenant(after = QUARTER) {
  const [row] = (await desk.check(after)).tenants;
  return row!;
}

/** Each alert as its kind. */
const kinds = (row: { alerts: readonly { kind: string }[] }) => row.alerts.map(({ kind }) => kind);

test('the whole document of a first sweep', async () => {
  const document = await desk.check();
  expect(document).toEqual({
    schemaVersion: 1,
    runId: expect.stringMatching(/^20261120T080000Z-[0-9a-z]{6}$/),
    startedAt: START,
    finishedAt: START,
    summary: {
      tenants: 1,
      enforced: 1,
      permissive: 0,
      unknown: 0,
      excepted: 0,
      alerts: { accepted: 0, pending: 0, parked: 0 },
    },
    tenants: [
      {
        tenantId: ID,
        name: 'Tenant 1',
        verdict: 'enforced',
        state: 'enforced',
        reason: null,
        detail: null,
        checkedAt: START,
        verifiedAt: START,
        transition: 'baseline',
        excepted: false,
        alerts: [],
        traffic: expect.objectContaining({ coverage: 'none', sources: [] }),
        readiness: expect.objectContaining({ verdict: 'unknown', wouldBreak: [] }),
      },
    ],
    alerts: [],
  });
});

test('a drift: the window reaches from the last enforced reading to this one', async () => {
  await checkTenant(0);
  tenant.setting = false;
  const document = await desk.check(QUARTER);
  expect(document.summary).toMatchObject({ permissive: 1, alerts: { accepted: 1, pending: 0, parked: 0 } });
  expect(document.tenants[0]).toMatchObject({
    verdict: 'permissive',
    state: 'permissive',
    transition: 'drifted',
    verifiedAt: later(START, QUARTER),
    window: { notBefore: START, notAfter: later(START, QUARTER) },
    alerts: [{ id: expect.stringMatching(/^[A-Z2-7]{26}$/), kind: 'drifted', channel: 'ops', status: 'accepted' }],
  });
});

test('found permissive at the first look: nobody knows since when', async () => {
  tenant.setting = false;
  const row = await checkTenant(0);
  expect(row).toMatchObject({ transition: 'found-permissive', window: { notBefore: null, notAfter: START } });
  expect(kinds(row)).toEqual(['found-permissive']);
});

test('a recovery is believed at the second good reading', async () => {
  tenant.setting = false;
  const found = await checkTenant(0);
  tenant.setting = true;
  const pending = await checkTenant();
  expect(pending).toMatchObject({ verdict: 'enforced', state: 'permissive', transition: 'none', alerts: [] });
  expect(pending.window).toEqual(found.window);
  const recovered = await checkTenant();
  expect(recovered).toMatchObject({ verdict: 'enforced', state: 'enforced', transition: 'recovered' });
  expect(recovered).not.toHaveProperty('window');
  expect(kinds(recovered)).toEqual(['recovered']);
});

test('an open tenant that is still open: nothing happened, and the window stays in sight', async () => {
  tenant.setting = false;
  const { window } = await checkTenant(0);
  expect(await checkTenant()).toMatchObject({ transition: 'none', state: 'permissive', window, alerts: [] });
});

test('unknown for less than DSW_BLIND_AFTER is a reason and no alert; then it is blindness, and its end is told', async () => {
  await checkTenant(0);
  tenant.consent = 'app-absent';
  expect(await checkTenant(6 * HOUR - 1)).toMatchObject({
    verdict: 'unknown',
    state: 'enforced',
    reason: 'consent-missing',
    detail: expect.stringContaining('AADSTS7000229'),
    transition: 'none',
    verifiedAt: START,
    alerts: [],
  });
  const blinded = await checkTenant(1);
  expect(blinded).toMatchObject({ verdict: 'unknown', state: 'enforced', transition: 'blinded' });
  expect(kinds(blinded)).toEqual(['blinded']);
  tenant.consent = 'granted';
  const sighted = await checkTenant();
  expect(sighted).toMatchObject({ verdict: 'enforced', reason: null, detail: null, transition: 'sighted' });
  expect(kinds(sighted)).toEqual(['sighted']);
});

test('seeing again that it is open: the transition names the setting, both alerts are listed', async () => {
  await checkTenant(0);
  tenant.consent = 'app-absent';
  await checkTenant(6 * HOUR);
  Object.assign(tenant, { consent: 'granted', setting: false });
  const row = await checkTenant();
  expect(row).toMatchObject({ transition: 'drifted', window: { notBefore: START } });
  expect(kinds(row).sort()).toEqual(['drifted', 'sighted']);
});

test('a late reading is shown as it was read and changes nothing', async () => {
  await checkTenant(0);
  tenant.setting = false;
  expect(await checkTenant(-MINUTE)).toMatchObject({
    verdict: 'permissive',
    state: 'enforced',
    transition: 'none',
    checkedAt: later(START, -MINUTE),
    verifiedAt: START,
    alerts: [],
  });
});

test('a cloud that has no such setting is unknown and never alerts', async () => {
  await desk.world.register(fleetFile(desk.world, 0, { tenants: [{ id: ID, name: 'Agency', cloud: 'gcc-high' }] }));
  await checkTenant(0);
  const row = await checkTenant(30 * 24 * HOUR);
  expect(row).toMatchObject({ verdict: 'unknown', reason: 'cloud-not-supported', transition: 'none', alerts: [] });
});
