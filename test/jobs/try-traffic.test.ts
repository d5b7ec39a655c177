import type { CheckedTenant } from '../../shared/core/schemas.ts';
import { type Reading, type Reason, unknown } from '../../shared/core/setting/reading.ts';
import { MINUTE } from '../../shared/core/time.ts';
import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import type { ReadingPlan } from '../../shared/core/traffic/plan-reading.ts';
import type { Services } from '../../shared/jobs/services.ts';
import type { TrafficReader } from '../../shared/jobs/traffic-services.ts';
import { tryTraffic } from '../../shared/jobs/try-traffic.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

jest.setTimeout(60_000);

let world: World;
let tenant: CheckedTenant;
let plans: ReadingPlan[];
const fresh: CheckedTenant[] = [];

beforeAll(async () => {
  world = await openWorld(claimStorage());
  fresh.push(...(await registerTenants(world, 20)).tenants);
});
afterAll(() => world.close());
beforeEach(() => {
  tenant = fresh.pop()!;
  plans = [];
});

const reader: TrafficReader = {
  async read(_, plan) {
    plans.push(plan);
    const own = checkDomains([{ name: 'contoso.example', matchSubdomains: false }]);
    const full = { origin: 'hunting', coverage: 'full', reason: null, detail: null, hunted: true } as const;
    return { ...full, days: [], from: plan.huntFrom, own, connectors: [] };
  },
  lookUp: async () => ({ mailExchangers: [], networks: new Map(), asked: false }),
};

function services(change: Partial<Services['traffic']> = {}): Services {
  return { ...world.services, traffic: { ...world.services.traffic, reader, ...change } };
}

const now = () => world.clock.instant();

const readingOf = (reason: Reason | null): Reading => {
  const finding = reason === null ? ({ verdict: 'permissive' } as const) : unknown(reason, 'why');
  return { ...finding, askedAt: now(), observedAt: now() };
};

test.each<[Reason, string | null]>([
  ['credential-rejected', 'permission-missing'],
  ['consent-missing', 'permission-missing'],
  ['tenant-not-found', 'permission-missing'],
  ['blocked-by-policy', 'permission-missing'],
  ['exchange-unavailable', 'licence-missing'],
  ['cloud-not-supported', 'not-supported'],
  ['network', null],
  ['throttled', null],
  ['service-error', null],
])('that failed with %s nothing is asked; traffic stays due', async (reason, gap) => {
  await tryTraffic(services(), tenant, readingOf(reason), 60_000);
  const state = await world.services.traffic.store.state(tenant.id);
  expect(plans).toEqual([]);
  expect(state && { coverage: state.coverage, reason: state.reason, detail: state.detail }).toEqual(
    gap && { coverage: 'none', reason: gap, detail: 'why' },
  );
  world.clock.advance(MINUTE);
  await tryTraffic(services(), tenant, readingOf(null), 60_000);
  expect(plans).toHaveLength(1);
});

test.each<Reason | null>([null, 'role-missing', 'setting-not-returned', 'redirect-refused', 'unexpected-response'])(
  'with %s traffic is read',
  async (reason) => {
    await tryTraffic(services(), tenant, readingOf(reason), 60_000);
    expect(plans).toHaveLength(1);
  },
);

test('a fault of ours is logged and harms nothing', async () => {
  const broken = { ...reader, read: () => Promise.reject(new Error('storage is gone')) };
  expect(await tryTraffic(services({ reader: broken }), tenant, readingOf(null), 60_000)).toEqual([]);
  expect(world.logged.at(-1)).toMatchObject({
    level: 'error',
    details: { tenantId: tenant.id, why: 'storage is gone' },
  });
});
