import { acknowledgeAlert } from '../../shared/jobs/acknowledge-alert.ts';
import { findAlert, listAlerts } from '../../shared/jobs/find-alert.ts';
import type { OutboxRow } from '../../shared/jobs/services.ts';
import { aadsts } from '../../simulator/sign-in/sign-in-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants, rowOf } from '../support/raise-alerts.ts';

const DAY = 24 * 3_600_000;
const ID = tenantId(1);

let world: World;
let drift: OutboxRow;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  await registerTenants(world, 1, ['ops', 'siem']);
  await world.sweep();
  world.simulator.tenant(ID).setting = false;
  [drift] = (await world.sweep({ later: 900_000 })).raised as [OutboxRow];
});

afterEach(() => world.close());

const acknowledge = async (row: OutboxRow, forMilliseconds: number | null = null) => {
  const found = (await findAlert(world.services, row.alert.id))!;
  return acknowledgeAlert(world.services, found, 'Zoë', forMilliseconds);
};

async function daysOfReminders(days: number): Promise<number[]> {
  const seen: number[] = [];
  for (let day = 1; day <= days; day += 1) {
    const { raised } = await world.sweep({ later: DAY });
    if (raised.some(({ alert }) => alert.facts.kind === 'reminder')) seen.push(day);
  }
  return seen;
}

it('stops the reminders, never the state', async () => {
  expect(await acknowledge(drift)).toBe('reminders-stopped');
  expect(await daysOfReminders(9)).toEqual([]);
  const { record } = await inspectLedger(world.services, ID);
  expect(record?.state.phase).toBe('permissive');
}, 20_000);

it('for a while stops them for that while', async () => {
  await acknowledge(drift, 3 * DAY);
  expect(await daysOfReminders(5)).toEqual([3]);
}, 20_000);

it('is recorded in the chain with who and when, and shown beside the alert on every channel', async () => {
  await acknowledge(drift, DAY);
  const ledger = await inspectLedger(world.services, ID);
  expect(ledger.history.at(-1)).toMatchObject({ kind: 'acknowledged', by: 'Zoë', alertId: drift.alert.id, episode: 1 });
  expect(ledger.chain).toBe('intact');
  const expected = { by: 'Zoë', at: world.clock.instant(), until: '2026-11-21T08:15:00.000Z' };
  for (const channel of ['ops', 'siem']) {
    expect(await rowOf(world, { ...drift, channel })).toMatchObject({ acknowledged: expected, status: 'accepted' });
  }
  for await (const row of world.services.fleet.rows()) expect(row.acknowledged).toBe(true);
});

it('of an episode that is over is recorded only', async () => {
  world.simulator.tenant(ID).setting = true;
  for (let sweep = 0; sweep < 2; sweep += 1) await world.sweep({ later: 900_000 });
  expect(await acknowledge(drift)).toBe('episode-over');
  expect(kindsOf(await inspectLedger(world.services, ID)).at(-1)).toBe('acknowledged');
});

it('of an alert about the fleet has nothing to stop', async () => {
  await registerTenants(world, 3);
  for (const nth of [1, 2, 3]) world.simulator.tenant(tenantId(nth)).behave('signIn', aadsts(7000222));
  const { raised } = await world.sweep({ later: 900_000, by: world.openProcess('next') });
  const blind = raised.find(({ alert }) => alert.facts.kind === 'fleet-blind')!;
  expect(await acknowledge(blind)).toBe('no-reminders');
});

describe('finding an alert', () => {
  it('gives it with a row for each channel', async () => {
    const found = await findAlert(world.services, drift.alert.id);
    expect(found?.tenant?.id).toBe(ID);
    expect(found?.rows.map(({ channel }) => channel).sort()).toEqual(['ops', 'siem']);
    expect(await findAlert(world.services, drift.alert.id, ID)).toEqual(found);
  });

  it('gives nothing for an id that nobody raised, or of another tenant', async () => {
    expect(await findAlert(world.services, 'A'.repeat(26))).toBeNull();
    expect(await findAlert(world.services, drift.alert.id, tenantId(9))).toBeNull();
  });

  it('lists all, the newest first', async () => {
    world.simulator.tenant(ID).setting = true;
    for (let sweep = 0; sweep < 2; sweep += 1) await world.sweep({ later: 900_000 });
    const kinds = (await listAlerts(world.services)).map(({ alert }) => alert.facts.kind);
    expect(kinds).toEqual(['recovered', 'recovered', 'drifted', 'drifted']);
  });
});
