import type { CheckedTenant } from '../../shared/core/schemas.ts';
import { DAY, HOUR, later, MINUTE } from '../../shared/core/time.ts';
import type { AssessedSource } from '../../shared/core/traffic/assessed-source.ts';
import { addException, addMaintenance } from '../../shared/jobs/change-policy.ts';
import type { Services, TenantRecord } from '../../shared/jobs/services.ts';
import { tellSpoofing } from '../../shared/jobs/tell-spoofing.ts';
import { sourceOf } from '../core/traffic/build-state.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const ID = tenantId(1);

let world: World;
let tenant: CheckedTenant;

/** A tenant that was enforced and is permissive since the sweep after the first. */
beforeEach(async () => {
  world = await openWorld(claimStorage());
  [tenant] = (await registerTenants(world, 1)).tenants as [CheckedTenant];
  await world.sweep();
  await becomes(false);
});

afterEach(() => world.close());

async function becomes(...settings: readonly boolean[]): Promise<void> {
  for (const setting of settings) {
    world.simulator.tenant(ID).setting = setting;
    await world.sweep({ later: HOUR });
  }
}

/** A source whose forged mail came just now. */
function forger(at: number, change: Partial<AssessedSource> = {}): AssessedSource {
  const lastSeen = world.clock.instant();
  return sourceOf(at, { assessment: 'likely-spoof', senders: [], messages: 10, lastSeen, ...change });
}

/** The sources that each new alert names. */
async function tell(assessed: readonly AssessedSource[], by: Services = world.services): Promise<string[][]> {
  const rows = await tellSpoofing(by, tenant, assessed);
  return rows.map(({ alert: { facts } }) =>
    facts.kind === 'spoofing-seen' ? facts.sources.map(({ source }) => source) : [],
  );
}

const notes = async () =>
  (await inspectLedger(world.services, ID)).history.filter(({ kind }) => kind === 'spoofing-seen');

it('once per source and episode, all new ones in one alert', async () => {
  expect(await tell([forger(1), forger(2)])).toEqual([['10.0.0.1', '10.0.0.2']]);
  expect(await tell([forger(1), forger(2)])).toEqual([]);
  world.clock.advance(3 * DAY);
  expect(await tell([forger(1), forger(3), forger(2)])).toEqual([['10.0.0.3']]);
  expect(await tell([forger(1), forger(3), forger(2)])).toEqual([]);
  expect((await notes()).map(({ sources }) => sources)).toEqual([['10.0.0.1', '10.0.0.2'], ['10.0.0.3']]);
  expect((await inspectLedger(world.services, ID)).chain).toBe('intact');
});

it('again when the tenant is closed and reopened, and its mail came since', async () => {
  await tell([forger(1)]);
  const before = world.clock.instant();
  await becomes(true, true, false);
  expect(await tell([forger(1, { lastSeen: before })])).toEqual([]);
  expect(await tell([forger(1)])).toEqual([['10.0.0.1']]);
});

it('not of a tenant that is enforced, nor of one that was never read', async () => {
  await becomes(true, true);
  expect(await tell([forger(1)])).toEqual([]);
  expect(await tellSpoofing(world.services, { ...tenant, id: tenantId(7) }, [forger(1)])).toEqual([]);
});

it('never for devices, for what cannot be decided, for header-only mail or for mail that reached nobody', async () => {
  const others = (['device-or-app', 'needs-review', 'authorised-by-dns', 'forwarder-or-list', 'approved'] as const).map(
    (assessment, at) => forger(at, { assessment }),
  );
  const blocked = forger(20, { delivery: { delivered: 0, junked: 0, quarantined: 9, blocked: 1 } });
  const unknown = forger(21, { delivery: null });
  expect(await tell([...others, blocked, unknown, forger(22, { class: 'header-only' })])).toEqual([]);
});

it('a maintenance window holds it back; what is still so at its end is told then', async () => {
  const from = world.clock.instant();
  await addMaintenance(world.services, tenant, {
    id: 'm',
    reason: 'migration',
    from,
    until: later(from, DAY),
    every: null,
  });
  expect(await tell([forger(1)])).toEqual([]);
  world.clock.advance(DAY + MINUTE);
  expect(await tell([forger(1)])).toEqual([['10.0.0.1']]);
});

it('an exception permits the setting, not the abuse: it is told, and the ledger says that the tenant was excepted', async () => {
  const [from, until] = [world.clock.instant(), later(world.clock.instant(), 60 * DAY)];
  await addException(world.services, tenant, { id: 'x', reason: 'scanner', approvedBy: 'Zoë', from, until });
  expect(await tell([forger(1)])).toEqual([['10.0.0.1']]);
  expect(await notes()).toMatchObject([{ excepted: true, sources: ['10.0.0.1'] }]);
});

it('two runners at once tell of it once', async () => {
  const told = await Promise.all([tell([forger(1)]), tell([forger(1)], world.openProcess('second'))]);
  expect(told.flat()).toEqual([['10.0.0.1']]);
});

it('to every channel of the tenant, with the window and what became of the mail', async () => {
  const reasons = ['qr-codes', 'self-to-self'] as const;
  const delivery = { delivered: 4, junked: 3, quarantined: 2, blocked: 1 };
  const [row, ...more] = await tellSpoofing(world.services, tenant, [forger(1, { reasons, delivery })]);
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    channel: 'ops',
    alert: {
      tenant: { id: ID, name: 'Tenant 1' },
      ledger: { seq: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      facts: {
        window: { notBefore: '2026-11-20T08:00:00.000Z', notAfter: '2026-11-20T09:00:00.000Z' },
        messages: 10,
        sourcesMore: 0,
        sources: [{ messages: 10, delivered: 4, junked: 3, blocked: 3, reasons }],
      },
    },
  });
});

it('of thousands of forgers at once: one alert that fits, and no second one about the same attack', async () => {
  const attack = Array.from({ length: 4000 }, (_, at) => forger(at, { messages: 2 }));
  const loudest = forger(900, { messages: 9, delivery: { delivered: 9, junked: 0, quarantined: 0, blocked: 0 } });
  const all = [...attack.slice(0, 900), loudest, ...attack.slice(901)];
  const [row, ...more] = await tellSpoofing(world.services, tenant, all);
  expect(more).toEqual([]);
  const facts = row?.alert.facts;
  if (facts?.kind !== 'spoofing-seen') throw new Error('The alert is not the one expected.');
  expect(facts.sources[0]?.source).toBe(loudest.source);
  expect({ listed: facts.sources.length, more: facts.sourcesMore }).toEqual({ listed: 50, more: 950 });
  expect(facts.messages).toBe(2 * 999 + 9);
  expect(facts.sources.every(({ reasons }) => reasons.length <= 8)).toBe(true);
  expect(await tell(all)).toEqual([]);
  expect(await tell(attack.slice(2000))).toEqual([]);
  const record = (await world.services.ledger.load<TenantRecord>(ID))?.value;
  expect(record?.spoofing?.keys).toHaveLength(1000);
  expect((await inspectLedger(world.services, ID)).chain).toBe('intact');
});
