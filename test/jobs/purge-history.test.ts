import { DAY } from '../../shared/core/time.ts';
import { purgeHistory } from '../../shared/jobs/purge-history.ts';
import { readHistory } from '../../shared/jobs/read-history.ts';
import type { TenantRecord } from '../../shared/jobs/services.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';
import { sampleChain } from '../support/sample-rows.ts';
import { wrapServices } from '../support/wrap-services.ts';

const ID = tenantId(1);

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage(), { DSW_HISTORY_DAYS: '30' });
});

afterEach(() => world.close());

/** A tenant that opens and closes once within a day; its cards are accepted. */
async function liveOneDay(): Promise<void> {
  for (const setting of [false, true, true]) {
    world.simulator.tenant(ID).setting = setting;
    await world.sweep({ later: DAY / 4 });
  }
}

const intact = async () => (await readHistory(world.services, ID)).chain;

it('what is younger than the retention stays', async () => {
  await registerTenants(world, 1);
  await liveOneDay();
  world.clock.advance(29 * DAY);
  expect(await purgeHistory(world.services)).toBe(0);
  expect(await intact()).toBe('intact');
});

it('what is older goes, entries and accepted alerts; the chain holds and goes on', async () => {
  await registerTenants(world, 1);
  await liveOneDay();
  const old = await inspectLedger(world.services, ID);
  world.clock.advance(40 * DAY);
  await liveOneDay();
  const before = await inspectLedger(world.services, ID);
  const gone = await purgeHistory(world.services);
  const after = await inspectLedger(world.services, ID);
  expect(gone).toBeGreaterThanOrEqual(old.history.length + old.outbox.length);
  expect(after.history).toEqual(before.history.slice(old.history.length));
  expect(after.outbox.length).toBe(before.outbox.length - old.outbox.length);
  expect(after.record?.chain.purged).toEqual({ seq: old.history.length, hash: old.history.at(-1)?.hash });
  expect(after.chain).toBe('intact');
  await liveOneDay();
  expect(await intact()).toBe('intact');
});

it('an alert that was not accepted is never removed, however old', async () => {
  await registerTenants(world, 1);
  world.simulator.flow('ops').state = 'Deleted';
  await liveOneDay();
  world.clock.advance(400 * DAY);
  await purgeHistory(world.services);
  const { outbox, chain } = await inspectLedger(world.services, ID);
  expect(outbox.map(({ status }) => status)).toEqual(['parked', 'parked']);
  expect(chain).toBe('intact');
});

it('the newest entry stays, also of a tenant that is not checked any more', async () => {
  await registerTenants(world, 1);
  await liveOneDay();
  world.clock.advance(4000 * DAY);
  await purgeHistory(world.services);
  const { history, chain } = await inspectLedger(world.services, ID);
  expect(history).toHaveLength(1);
  expect(chain).toBe('intact');
});

it('more than a transaction takes goes in several', async () => {
  await registerTenants(world, 1);
  await world.sweep();
  const { value, version } = (await world.services.ledger.load<TenantRecord>(ID))!;
  const { entries, head } = sampleChain(250);
  const { history } = await inspectLedger(world.services, ID);
  await world.services.ledger.purge(ID, version, value, history, []);
  let at: string | null = (await world.services.ledger.load(ID))!.version;
  for (let from = 0; from < 250; from += 90) {
    await world.services.ledger.commit(ID, at, { ...value, chain: head }, entries.slice(from, from + 90), []);
    at = (await world.services.ledger.load(ID))!.version;
  }
  expect(await intact()).toBe('intact');
  world.clock.advance(100 * DAY);
  expect(await purgeHistory(world.services)).toBeGreaterThanOrEqual(249);
  expect((await inspectLedger(world.services, ID)).history).toHaveLength(1);
  expect(await intact()).toBe('intact');
}, 20_000);

it('a check that commits meanwhile loses nothing', async () => {
  await registerTenants(world, 1);
  await liveOneDay();
  world.clock.advance(40 * DAY);
  let meanwhile = 0;
  const interrupted = wrapServices(world.services, async ({ name }, work) => {
    const result = await work();
    if (name === 'ledger.history' && meanwhile++ === 0) await world.sweep({ later: 1000 });
    return result;
  });
  const before = await inspectLedger(world.services, ID);
  await purgeHistory(interrupted);
  const after = await inspectLedger(world.services, ID);
  expect(after.record!.chain.seq).toBeGreaterThan(before.record!.chain.seq);
  expect(after.chain).toBe('intact');
});

it('old sweeps go by whole months', async () => {
  await registerTenants(world, 1);
  await world.sweep();
  world.clock.advance(90 * DAY);
  await world.sweep();
  await purgeHistory(world.services);
  expect(await world.services.sweeps.recent('2026-11-20T09:00:00.000Z', 9)).toEqual([]);
  expect(await world.services.sweeps.recent(world.clock.instant(), 9)).toHaveLength(1);
});
