import type { CheckedTenant } from '../../shared/core/schemas.ts';
import { DAY, HOUR, later } from '../../shared/core/time.ts';
import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import type { ReadingPlan } from '../../shared/core/traffic/plan-reading.ts';
import type { TrafficDay } from '../../shared/core/traffic/traffic-day.ts';
import { readTraffic } from '../../shared/jobs/read-traffic.ts';
import type { Services } from '../../shared/jobs/services.ts';
import type { ReadingOptions, TrafficReader, TrafficReading } from '../../shared/jobs/traffic-services.ts';
import { buildDay } from '../core/traffic/build-source.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { inspectLedger } from '../support/inspect-ledger.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

jest.setTimeout(60_000);

const WITHIN = { within: 60_000 };
const FULL = { origin: 'hunting', coverage: 'full', reason: null, detail: null, hunted: true } as const;
const PARTIAL = { origin: 'message-trace', coverage: 'partial', reason: 'licence-missing', detail: null } as const;

let world: World;
let tenant: CheckedTenant;
let plans: ReadingPlan[];
let options: ReadingOptions[];
let next: (plan: ReadingPlan) => Partial<TrafficReading>;

beforeAll(async () => {
  world = await openWorld(claimStorage());
  const managed = await registerTenants(world, 30);
  fresh.push(...managed.tenants);
});
afterAll(() => world.close());

const fresh: CheckedTenant[] = [];
beforeEach(() => {
  tenant = fresh.pop()!;
  plans = [];
  options = [];
  next = () => FULL;
});

const reader: TrafficReader = {
  async read(_, plan, given) {
    plans.push(plan);
    options.push(given);
    const own = checkDomains([{ name: 'contoso.example', matchSubdomains: false }]);
    return { ...FULL, days: [], from: plan.huntFrom, own, connectors: [], ...next(plan) };
  },
  lookUp: async () => ({ mailExchangers: [], networks: new Map(), asked: false }),
};

function services(change: Partial<Services['traffic']> = {}): Services {
  return { ...world.services, traffic: { ...world.services.traffic, reader, ...change } };
}

/** One reading, so long after the last. */
async function read(after = 0) {
  world.clock.advance(after);
  await readTraffic(services(), tenant, WITHIN);
  return (await world.services.traffic.store.state(tenant.id))!;
}

const now = () => world.clock.instant();
const storedDays = async () => (await world.services.traffic.store.days(tenant.id, '2026-01-01')).map(({ day }) => day);

/** A day of mail so many days ago. */
function dayAgo(days: number, messages = 4): TrafficDay {
  const at = later(now(), -days * DAY);
  return { ...buildDay({ messages }), day: at.slice(0, 10), firstSeen: at, lastSeen: at };
}
const NONE = { origin: null, coverage: 'none', days: [], own: null, connectors: null, from: null } as const;

test('a day that is read again is replaced: nothing counts twice', async () => {
  next = () => ({ days: [dayAgo(1), dayAgo(5)] });
  await read();
  next = () => ({ days: [dayAgo(1, 6)] });
  const state = await read(6 * HOUR);
  const assessed = state.assessed.map(({ messages }) => messages);
  expect({ assessed, days: (await storedDays()).length }).toEqual({ assessed: [10], days: 2 });
});

test('what has left the thirty days is dropped', async () => {
  next = () => ({ days: [dayAgo(30), dayAgo(8)] });
  await read();
  next = () => ({ days: [] });
  await read(2 * DAY);
  expect(await storedDays()).toHaveLength(1);
});

test('a reading that does not reach back says since when, and leaves older days alone', async () => {
  next = () => ({ ...PARTIAL, days: [dayAgo(2), dayAgo(9)] });
  await read();
  next = () => ({ ...PARTIAL, from: `${later(now(), -DAY).slice(0, 10)}T00:00:00.000Z`, days: [dayAgo(1)] });
  const joined = await read(6 * HOUR);
  expect(joined.from).toBe(plans[0]!.keepFrom);
  expect(await storedDays()).toHaveLength(3);
  world.clock.advance(20 * DAY);
  const from = `${later(now(), -2 * DAY).slice(0, 10)}T00:00:00.000Z`;
  next = () => ({ ...PARTIAL, from, days: [dayAgo(1)] });
  const apart = await read();
  expect(apart.from).toBe(from);
  expect(apart.readiness?.why.join()).toMatch(/Only 3 days of traffic were read/);
});

test('an origin that is better than before is read for all thirty days', async () => {
  next = () => ({ ...PARTIAL, days: [dayAgo(20)] });
  await read();
  next = () => ({ days: [] });
  const state = await read(DAY);
  expect(plans[1]?.huntFrom).toBe(plans[1]?.keepFrom);
  expect({ origin: state.origin, days: await storedDays() }).toEqual({ origin: 'hunting', days: [] });
});

describe('a reading that gave nothing', () => {
  test.each(['quota', 'network', 'service-error'] as const)('for %s leaves the picture for a day', async (reason) => {
    next = () => ({ days: [dayAgo(1)] });
    const before = await read();
    next = () => ({ ...NONE, reason, detail: 'why' });
    const stood = await read(6 * HOUR);
    expect(stood).toEqual({
      ...before,
      triedAt: now(),
      huntedAt: now(),
      coverage: 'partial',
      reason,
      detail: 'why',
    });
    expect(options[1]).toMatchObject({ waitsForHunting: true });
    expect(await read(12 * HOUR)).toMatchObject({ coverage: 'partial', reason });
    expect(await read(6 * HOUR)).toMatchObject({ coverage: 'none', reason, readAt: before.readAt });
    expect(options[3]).toMatchObject({ waitsForHunting: false });
    expect(await storedDays()).toHaveLength(1);
  });

  test('for a lasting reason is unknown at once, and in the ledger once', async () => {
    await read();
    next = () => ({ ...NONE, reason: 'permission-missing', detail: 'why' });
    for (const after of [6 * HOUR, 6 * HOUR]) {
      expect(await read(after)).toMatchObject({ coverage: 'none', reason: 'permission-missing' });
    }
    const { history, chain } = await inspectLedger(world.services, tenant.id);
    expect(history.map(({ kind, origin, reason }) => ({ kind, origin, reason }))).toEqual([
      { kind: 'traffic-origin', origin: 'hunting', reason: null },
      { kind: 'traffic-origin', origin: null, reason: 'permission-missing' },
    ]);
    expect(chain).toBe('intact');
  });

  test('"ready" is not said of a picture that is not whole any longer', async () => {
    expect((await read()).readiness?.verdict).toBe('ready');
    next = () => ({ ...NONE, reason: 'quota', detail: 'why' });
    expect((await read(6 * HOUR)).readiness?.verdict).toBe('unknown');
  });
});

test('the tenant’s own domains are remembered, and whether they were its whole list', async () => {
  await read();
  next = () => ({ ...PARTIAL });
  await read(6 * HOUR);
  await read(6 * HOUR);
  expect(options.map(({ domains }) => domains.before && [domains.before.own.exact, domains.before.whole])).toEqual([
    null,
    [['contoso.example'], true],
    [['contoso.example'], false],
  ]);
});

test('time that is over ends a reading that hangs', async () => {
  let signal: AbortSignal | null = null;
  const hanging: TrafficReader = {
    ...reader,
    read: (_, __, given) =>
      new Promise((resolve) => {
        signal = given.signal;
        const nothing = { ...FULL, ...NONE, reason: 'network', detail: 'no time left' } as const;
        given.signal.addEventListener('abort', () => resolve(nothing));
      }),
  };
  expect(await readTraffic(services({ reader: hanging }), tenant, { within: 20 })).toEqual([]);
  expect(signal!).toMatchObject({ aborted: true });
  expect(await world.services.traffic.store.state(tenant.id)).toMatchObject({ coverage: 'none', reason: 'network' });
});
