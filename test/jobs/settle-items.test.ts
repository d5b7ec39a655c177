import type { MailboxItem, OutboxRow } from '../../shared/jobs/services.ts';
import { settleItems } from '../../shared/jobs/settle-items.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { itemOf, raiseAlerts, registerTenants, rowOf } from '../support/raise-alerts.ts';
import { wrapServices } from '../support/wrap-services.ts';

let world: World;
let row: OutboxRow;
let item: MailboxItem;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  await registerTenants(world, 1);
  [row] = (await raiseAlerts(world)) as [OutboxRow];
  item = (await itemOf(world, row))!;
});

afterEach(() => world.close());

const accepted = { at: '2026-11-20T08:00:05.000Z', workflowRun: 'run', digestId: null };

it('an accepted item marks its alert and is gone', async () => {
  const [marked] = await settleItems(world.services, [{ ...item, attempts: 2, accepted }], 'an older error');
  expect(marked).toMatchObject({ status: 'accepted', acceptedAt: accepted.at, attempts: 2, lastError: null });
  expect(await rowOf(world, row)).toEqual(marked);
  expect(await itemOf(world, row)).toBeUndefined();
});

it('twice is once', async () => {
  const done = [{ ...item, attempts: 1, accepted }];
  await settleItems(world.services, done, null);
  const first = await rowOf(world, row);
  await settleItems(world.services, done, null);
  expect(await rowOf(world, row)).toEqual(first);
});

it('an item that is to be tried again keeps its place, and its alert the last error', async () => {
  await settleItems(world.services, [{ ...item, attempts: 1 }], 'answered 500');
  await settleItems(world.services, [{ ...item, attempts: 2, status: 'parked' }], null);
  expect(await rowOf(world, row)).toMatchObject({ status: 'parked', attempts: 2, lastError: 'answered 500' });
  expect(await itemOf(world, row)).toEqual(item);
});

it('an item without an alert is passed over', async () => {
  expect(await settleItems(world.services, [{ ...item, alertId: 'A'.repeat(26) }], null)).toEqual([]);
});

it('an alert that changed meanwhile, as by being acknowledged, keeps that', async () => {
  const acknowledged = { by: 'Zoë', at: '2026-11-20T08:00:01.000Z', until: null };
  let interrupted = false;
  const by = wrapServices(world.services, async ({ name }, work) => {
    const result = await work();
    if (name === 'ledger.outboxRow' && !interrupted) {
      interrupted = true;
      const found = (await world.services.ledger.outboxRow(row.scope, row.alert.id, row.channel))!;
      await world.services.ledger.saveOutboxRow({ ...found.value, acknowledged }, found.version);
    }
    return result;
  });
  await settleItems(by, [{ ...item, attempts: 1, accepted }], null);
  expect(await rowOf(world, row)).toMatchObject({ status: 'accepted', acknowledged });
});
