import { NO_DEFAULTS } from '../../shared/core/registry/tenant.ts';
import { operatorChannels } from '../../shared/jobs/close-sweep.ts';
import { wireFaults } from '../../simulator/behaviour/wire-faults.ts';
import { aadsts } from '../../simulator/sign-in/sign-in-behaviours.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger, kindsOf } from '../support/inspect-ledger.ts';
import { nameChannels, openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const HOUR = 3_600_000;

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
});

afterEach(() => world.close());

const tenant = (nth: number) => world.simulator.tenant(tenantId(nth));

/** A sweep by a process of its own: no token of an earlier one is left. */
const sweep = () => world.sweep({ later: HOUR, by: world.openProcess('sweep') });

async function kindsRaised(): Promise<string[]> {
  return (await sweep()).raised.map(({ alert }) => alert.facts.kind).sort();
}

/** Our credential is refused by so many of the tenants; the others are healthy. */
function refuse(count: number, of: number): void {
  for (let nth = 1; nth <= of; nth += 1) {
    if (nth <= count) tenant(nth).behave('signIn', aadsts(7000222));
    else tenant(nth).behave('signIn');
  }
}

describe('fleet-blind is told at once', () => {
  it.each([
    [3, 2, ['fleet-blind']],
    [3, 1, []],
    [4, 2, []],
    [4, 3, ['fleet-blind']],
    [2, 2, []],
  ])('of %i tenants, %i refuse our credential: %j', async (of, count, expected) => {
    await registerTenants(world, of);
    refuse(count, of);
    expect(await kindsRaised()).toEqual(expected);
  });

  it('when all cannot be reached, and not while one can', async () => {
    await registerTenants(world, 3);
    world.simulator.behave('exchange', wireFaults.cutBeforeHeaders);
    tenant(1).behave('exchange', 'healthy');
    expect(await kindsRaised()).toEqual([]);
    tenant(1).behave('exchange');
    expect(await kindsRaised()).toEqual(['fleet-blind']);
    expect(await kindsRaised()).toEqual([]);
  });

  it('not for reasons that are the tenants own', async () => {
    await registerTenants(world, 3);
    for (const nth of [1, 2, 3]) tenant(nth).consent = 'app-absent';
    expect(await kindsRaised()).toEqual([]);
  });
});

describe('while the whole fleet is blind', () => {
  it('the tenants own blindness is recorded and held back; one message, not one for each', async () => {
    await registerTenants(world, 4);
    await sweep();
    refuse(3, 4);
    const raised: string[] = [];
    for (let hour = 0; hour < 9; hour += 1) raised.push(...(await kindsRaised()));
    expect(raised).toEqual(['fleet-blind']);
    const ledger = await inspectLedger(world.services, tenantId(1));
    expect(kindsOf(ledger)).toContain('blinded');
    expect(ledger.outbox).toEqual([]);
    expect(ledger.record?.state.blind).toMatchObject({ reason: 'credential-rejected', announcedAt: null });
  }, 20_000);

  it('what changes in a tenant that can be read is still told', async () => {
    await registerTenants(world, 4);
    await sweep();
    refuse(3, 4);
    await kindsRaised();
    tenant(4).setting = false;
    expect(await kindsRaised()).toEqual(['drifted']);
  });
});

describe('when the fleet sees again', () => {
  it('that is told once, and of tenants that were blind meanwhile nothing', async () => {
    await registerTenants(world, 4);
    await sweep();
    refuse(4, 4);
    for (let hour = 0; hour < 8; hour += 1) await kindsRaised();
    refuse(0, 4);
    const { raised } = await sweep();
    expect(raised.map(({ alert }) => alert.facts)).toMatchObject([
      { kind: 'fleet-sighted', reason: 'credential-rejected', stillUnknown: 0, blindFor: 8 * HOUR },
    ]);
    expect(await kindsRaised()).toEqual([]);
    const fleet = await inspectLedger(world.services);
    expect(kindsOf(fleet)).toEqual(['fleet-blind', 'alerted', 'fleet-sighted', 'alerted']);
    expect(fleet.chain).toBe('intact');
    expect(kindsOf(await inspectLedger(world.services, tenantId(1)))).toContain('sighted');
  }, 20_000);

  it('a tenant that still cannot be read is told of now', async () => {
    await registerTenants(world, 4);
    await sweep();
    refuse(4, 4);
    for (let hour = 0; hour < 8; hour += 1) await kindsRaised();
    refuse(0, 4);
    tenant(2).consent = 'app-absent';
    expect(await kindsRaised()).toEqual(['blinded', 'fleet-sighted']);
  }, 20_000);
});

describe('a new outage', () => {
  it('is a new episode with ids of its own', async () => {
    await registerTenants(world, 3);
    const ids: string[] = [];
    for (const refused of [3, 0, 3]) {
      refuse(refused, 3);
      ids.push(...(await sweep()).raised.map(({ alert }) => alert.id));
    }
    expect(new Set(ids).size).toBe(3);
    expect((await inspectLedger(world.services)).record?.state).toMatchObject({ blindEpisodes: 2 });
  });
});

describe('the channels of the operator', () => {
  const channels = ['ops', 'siem'].map((id) => ({ id, type: 'teams-workflow', url: { setting: 'X' } }) as const);

  it.each([
    ['are the defaults', { ...NO_DEFAULTS, channels: ['ops'], fallback: 'siem' }, ['ops']],
    ['are the fallback without defaults', { ...NO_DEFAULTS, fallback: 'siem' }, ['siem']],
    ['are all when nothing is said', NO_DEFAULTS, ['ops', 'siem']],
  ])('%s', (_what, defaults, expected) => {
    expect(operatorChannels({ tenants: [], channels, defaults })).toEqual(expected);
  });

  it('hear of the fleet, a customer does not', async () => {
    const tenants = [1, 2, 3].map((nth) => ({ id: tenantId(nth), name: `Tenant ${nth}`, channels: ['spare'] }));
    await world.register({ channels: nameChannels(world), defaults: { channels: ['ops'] }, tenants });
    refuse(3, 3);
    await sweep();
    expect(world.simulator.flow('ops').accepted).toHaveLength(1);
    expect(world.simulator.flow('spare').accepted).toEqual([]);
  });
});
