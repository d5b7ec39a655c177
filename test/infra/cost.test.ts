import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DEFAULTS, estimate, PRICES, WORK } from '../../scripts/cost-model.ts';
import { renderCost, replaceCost } from '../../scripts/render-cost.ts';
import { prepareInfra } from './check/infra.ts';

const document = readFileSync('docs/cost.md', 'utf8');

test('the document shows the figures that the program computes today', () => {
  expect(replaceCost(document)).toBe(document);
});

test('the document shows the prices that the program assumes', () => {
  const shown = document.match(/\$\d+(?:\.\d+)?/g)?.map((price) => Number(price.slice(1))) ?? [];
  const assumed = [
    PRICES.gigabyteSecond,
    PRICES.execution * 1_000_000,
    PRICES.tableTransaction * 10_000,
    PRICES.queueOperation * 10_000,
    PRICES.blobOperation * 10_000,
    PRICES.tableGigabyte,
    PRICES.logGigabyte,
    PRICES.alertRule,
  ];
  expect(assumed.filter((price) => !shown.some((one) => Math.abs(one - price) < 1e-9))).toEqual([]);
});

test('the defaults are those of the templates', async () => {
  const main = (await prepareInfra())().templates.get('main.bicep');
  const value = (name: string) => {
    const found = main?.parameters.find((one) => one.name === name)?.value;
    if (found?.kind === 'text') return found.parts.join('');
    return found?.kind === 'number' ? found.value : null;
  };
  expect({
    minutesBetweenSweeps: value('checkEveryMinutes'),
    hoursBetweenTrafficReads: Number(String(value('trafficEvery')).replace('h', '')),
    instanceGigabytes: Number(value('instanceMemoryMB')) / 1024,
    auditTables: value('auditTables'),
    logChecks: true,
  }).toEqual(DEFAULTS);
});

test('as many checks share an instance, and queues are looked at as often, as host.json says', () => {
  const { batchSize, newBatchThreshold, maxPollingInterval } = JSON.parse(readFileSync('host.json', 'utf8')).extensions
    .queues;
  expect(WORK.checksPerInstance).toBe(batchSize + newBatchThreshold);
  const [, , seconds = 0] = String(maxPollingInterval).split(':').map(Number);
  expect(WORK.queueOperationsPerMinute).toBe(2 * (60 / seconds));
});

test('ten tenants, counted by hand', () => {
  const sweeps = 4 * 24 * 30;
  expect(estimate({ ...DEFAULTS, tenants: 10 })).toMatchObject({
    tableTransactions: sweeps * 10 * 3 + 4 * 30 * 10 * 6,
    queueOperations: sweeps * 10 * 3 + 30 * 24 * 60 * 2 * 4,
    executions: sweeps * 10 + sweeps + 30 * 24 * 60 + 30,
  });
});

test('more tenants never cost less, and turning a setting down never costs more', () => {
  const size = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(size, size, (one, other) => {
      const [few, many] = [Math.min(one, other), Math.max(one, other)];
      const cost = (tenants: number, change: object = {}) =>
        estimate({ ...DEFAULTS, tenants, ...change }).dollars.total;
      expect(cost(many)).toBeGreaterThanOrEqual(cost(few));
      for (const change of [
        { auditTables: 'deletions' },
        { logChecks: false },
        { minutesBetweenSweeps: 30 },
        { instanceGigabytes: 0.5 },
      ]) {
        expect(cost(many, change)).toBeLessThanOrEqual(cost(many));
      }
    }),
    { seed: 20261122 },
  );
});

test('a document without a place for the figures is refused', () => {
  expect(() => replaceCost('# Cost')).toThrow('docs/cost.md needs a line');
  expect(renderCost()).toContain('10,000 tenants');
});
