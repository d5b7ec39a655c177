import { METRICS } from '../../shared/core/telemetry-names.ts';
import { HOUR, SECOND } from '../../shared/core/time.ts';
import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import { listManaged } from '../../shared/jobs/list-tenants.ts';
import { nameRun } from '../../shared/jobs/name-run.ts';
import { runSweep } from '../../shared/jobs/run-sweep.ts';
import type { Services } from '../../shared/jobs/services.ts';
import type { TrafficReader, TrafficReading } from '../../shared/jobs/traffic-services.ts';
import { buildDay } from '../core/traffic/build-source.ts';
import { claimStorage } from '../support/claim-storage.ts';
import { openWorld, tenantId, type World } from '../support/open-world.ts';
import { registerTenants } from '../support/raise-alerts.ts';

const people = Array.from({ length: 12 }, (_, at) => `person${at}@contoso.example`);
/** The 20th of November as a day of October; mail to each person in their own name, with a link. */
const FORGED = buildDay({
  day: 51,
  messages: 12,
  people,
  from: [],
  to: people,
  senders: { toSelf: 12, fromPerson: 12 },
  payload: { carrying: 12, outsideLinks: 12, toSelf: 12 },
});
const SCAN = buildDay({ day: 51, source: '203.0.113.20', messages: 2 });
const READ: TrafficReading = {
  origin: 'hunting',
  coverage: 'full',
  reason: null,
  detail: null,
  days: [FORGED, SCAN],
  from: '2026-10-21T00:00:00.000Z',
  own: checkDomains([{ name: 'contoso.example', matchSubdomains: false }]),
  connectors: [],
  hunted: true,
};
const READER: TrafficReader = {
  read: async () => READ,
  lookUp: async () => ({ mailExchangers: [], networks: new Map(), asked: false }),
};

let world: World;

beforeEach(async () => {
  world = await openWorld(claimStorage());
  await registerTenants(world, 3);
  for (const nth of [1, 2, 3]) world.simulator.tenant(tenantId(nth)).setting = false;
});

afterEach(() => world.close());

async function sweepWith(traffic: Partial<Services['traffic']>, others: Partial<Services> = {}) {
  const services = { ...world.services, ...others, traffic: { ...world.services.traffic, reader: READER, ...traffic } };
  const managed = await listManaged(services);
  const runId = nameRun(world.clock.now(), 'test');
  const order = { runId, tenants: managed.tenants, managed, concurrency: 8, traffic: true };
  return runSweep(services, { ...order, random: () => 0, onProgress: () => {} });
}

type Swept = Awaited<ReturnType<typeof sweepWith>>;
const kindsOf = ({ raised }: Swept) =>
  raised.map(({ scope, alert }) => `${alert.facts.kind} ${scope.slice(-1)}`).sort();
const verdictsOf = ({ results }: Swept) => results.map(({ reading }) => reading.verdict);
const cards = () => world.simulator.flow('ops').accepted.length;

test('every verdict is stored and every alert is out before the first question about traffic', async () => {
  const seen: { cards: number; rows: number }[] = [];
  const read: TrafficReader['read'] = async () => {
    let rows = 0;
    for await (const _ of world.services.fleet.rows()) rows += 1;
    seen.push({ cards: cards(), rows });
    return READ;
  };
  await sweepWith({ reader: { ...READER, read } });
  expect(seen).toEqual(Array.from({ length: 3 }, () => ({ cards: 3, rows: 3 })));
  // What the traffic told goes out in the same sweep.
  expect(cards()).toBe(6);
});

test('the time for traffic shrinks with the time that the settings took, and is never nothing', async () => {
  const given: number[] = [];
  const read: TrafficReader['read'] = async (_, __, { within }) => {
    given.push(within);
    return READ;
  };
  const slow = (seconds: number): Partial<Services> => ({
    readSetting: async (tenant) => {
      const reading = await world.services.readSetting(tenant);
      if (tenant.id === tenantId(1)) world.clock.advance(seconds * SECOND);
      return reading;
    },
  });
  await sweepWith({ reader: { ...READER, read }, every: 0 }, slow(5));
  await sweepWith({ reader: { ...READER, read }, every: 0 }, slow(80));
  const [quick = 0, , , late = 0] = given;
  expect(quick).toBeGreaterThan(30 * SECOND);
  expect(quick).toBeLessThanOrEqual(50 * SECOND);
  expect(late).toBe(10 * SECOND);
});

test('a tenant whose turn comes late has less time, so that the sweep ends with its minute', async () => {
  await registerTenants(world, 20);
  const given: number[] = [];
  const read: TrafficReader['read'] = async (_, __, { within }) => {
    given.push(within);
    // The first sixteen are read abreast; whoever comes next finds the clock moved.
    if (given.length === 1) world.clock.advance(30 * SECOND);
    return READ;
  };
  await sweepWith({ reader: { ...READER, read } });
  expect(given).toHaveLength(20);
  expect(Math.min(...given)).toBeLessThanOrEqual(Math.max(...given) - 30 * SECOND);
});

test('a channel that hangs does not keep traffic from being read', async () => {
  let answer = (_: unknown) => {};
  const asked = new Promise((resolve) => {
    answer = resolve;
  });
  const read: TrafficReader['read'] = async () => {
    answer(null);
    return READ;
  };
  const { channels } = world.services;
  const send: typeof channels.send = async (...args) => {
    // It answers only when traffic has been asked for: a sweep that waited for the channel first would never end.
    await asked;
    return channels.send(...args);
  };
  await sweepWith({ reader: { ...READER, read } }, { channels: { ...channels, send } });
  expect(cards()).toBeGreaterThanOrEqual(3);
}, 20_000);

const crash = (): never => {
  throw new Error('something that nobody expected');
};
const CRASHES: Readonly<Record<string, (store: Services['traffic']['store']) => Partial<Services['traffic']>>> = {
  'the reader': () => ({ reader: { ...READER, read: async (tenant) => (tenant.id === tenantId(2) ? crash() : READ) } }),
  'an answer that makes no sense': () => ({
    reader: {
      ...READER,
      read: async (tenant) =>
        tenant.id === tenantId(2) ? ({ ...READ, days: [null] } as unknown as TrafficReading) : READ,
    },
  }),
  'name look-ups': () => ({
    reader: {
      ...READER,
      lookUp: async (tenant, ...rest) => (tenant.id === tenantId(2) ? crash() : READER.lookUp(tenant, ...rest)),
    },
  }),
  'the table, when days are stored': (store) => ({
    store: {
      ...store,
      replaceDays: async (id, ...rest) => (id === tenantId(2) ? crash() : store.replaceDays(id, ...rest)),
    },
  }),
  'the table, when the state is stored': (store) => ({
    store: { ...store, saveState: async (id, state) => (id === tenantId(2) ? crash() : store.saveState(id, state)) },
  }),
};

test.each(Object.entries(CRASHES))(
  '%s crashes for one tenant: its verdict and the others are as ever',
  async (_, plant) => {
    const swept = await sweepWith(plant(world.services.traffic.store));
    expect(verdictsOf(swept)).toEqual(['permissive', 'permissive', 'permissive']);
    const found = [1, 2, 3].map((nth) => `found-permissive ${nth}`);
    expect(kindsOf(swept)).toEqual([...found, 'spoofing-seen 1', 'spoofing-seen 3']);
    expect(world.logged.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'reading traffic failed', details: { tenantId: tenantId(2) } },
    ]);
    // It stays due: the next sweep reads it, and tells what was not told yet.
    world.clock.advance(HOUR);
    await sweepWith({});
    const told = world.simulator.flow('ops').posted.map(({ card }) => JSON.stringify(card));
    const ofTheSecond = told.filter((card) => card.includes(tenantId(2)));
    expect([told.length, ofTheSecond.length]).toEqual([6, 2]);
  },
);

test('Direct Send mail is counted by assessment, header-only mail is not', async () => {
  const counted: unknown[] = [];
  const telemetry: Services['telemetry'] = {
    ...world.services.telemetry,
    count: (name, by, attributes) => {
      if (name === METRICS.directSendMessages) counted.push([by, attributes]);
    },
  };
  const header = buildDay({ day: 51, class: 'header-only', messages: 500 });
  await sweepWith(
    { reader: { ...READER, read: async () => ({ ...READ, days: [...READ.days, header] }) } },
    { telemetry },
  );
  expect(counted).toHaveLength(6);
  expect(counted).toEqual(
    expect.arrayContaining([
      [12, { assessment: 'likely-spoof' }],
      [2, { assessment: 'needs-review' }],
    ]),
  );
});
