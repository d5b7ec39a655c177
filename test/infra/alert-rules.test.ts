import { METRICS, type MetricName } from '../../shared/core/telemetry-names.ts';
import { type AlertRule, readAlertRules } from './check/alert-rules.ts';
import { prepareInfra } from './check/infra.ts';
import { runAlertQuery } from './check/run-alert-query.ts';
import { hasInterpreter, type Row, runQuery } from './check/run-query.ts';

const NOW = '2026-11-20T12:00:00Z';
const LENGTHS: Readonly<Record<string, number>> = { PT30M: 30, PT1H: 60, PT2H: 120, PT4H: 240, PT6H: 360, P1D: 1440 };
let rules: AlertRule[];

beforeAll(async () => {
  rules = readAlertRules((await prepareInfra())());
});

/** A row as the exporter writes it: counters and gauges have their value in Sum. */
function metric(name: MetricName, minutesAgo: number, sum: number, properties: Row = {}): Row {
  const time = new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString();
  return { TimeGenerated: time, Name: name, ItemCount: 1, Sum: sum, Min: sum, Max: sum, Properties: properties };
}

/** The query of a rule, and the rows that lie in its window. */
function look(name: string, rows: readonly Row[], minutesBetweenSweeps: number) {
  const rule = rules.find((one) => one.name === name);
  const length = LENGTHS[rule?.windows.get(minutesBetweenSweeps) ?? ''];
  if (rule === undefined || length === undefined) throw new Error(`no rule "${name}" with a known window`);
  const from = Date.parse(NOW) - length * 60_000;
  const seen = rows.filter((row) => Date.parse(String(row.TimeGenerated)) > from);
  return { query: rule.query, seen };
}

const { heartbeat, failedChecks, poisonMessages, staleTenants, channelsBroken, signInFailures, checks } = METRICS;

type Case = readonly [
  rule: string,
  situation: string,
  rows: readonly Row[],
  expected: boolean,
  minutesBetweenSweeps?: number,
];

const CASES: readonly Case[] = [
  ['missed-heartbeat', 'the app never wrote anything', [], true],
  [
    'missed-heartbeat',
    'the app works but no sweep closes',
    [metric(checks, 2, 40), metric(poisonMessages, 1, 0)],
    true,
  ],
  ['missed-heartbeat', 'the last sweep closed before the window', [metric(heartbeat, 31, 1)], true],
  ['missed-heartbeat', 'the exporter repeats a counter that stood still', [metric(heartbeat, 5, 0)], true],
  ['missed-heartbeat', 'a sweep closed', [metric(heartbeat, 14, 1)], false],
  ['missed-heartbeat', 'one sweep was missed', [metric(heartbeat, 29, 1)], false],
  ['missed-heartbeat', 'sweeps are three hours apart', [metric(heartbeat, 200, 1)], false, 180],
  ['missed-heartbeat', 'sweeps are three hours apart and two were missed', [metric(heartbeat, 400, 1)], true, 180],

  [
    'failed-sweeps',
    'two sweeps left tenants without a result',
    [metric(failedChecks, 10, 3), metric(failedChecks, 40, 1)],
    true,
  ],
  [
    'failed-sweeps',
    'one sweep left tenants without a result',
    [metric(failedChecks, 10, 30), metric(failedChecks, 25, 0), metric(failedChecks, 40, 0)],
    false,
  ],
  [
    'failed-sweeps',
    'an older one is out of the window',
    [metric(failedChecks, 10, 3), metric(failedChecks, 90, 3)],
    false,
  ],
  ['failed-sweeps', 'every tenant has a result', [metric(failedChecks, 10, 0), metric(failedChecks, 25, 0)], false],

  [
    'poison-messages',
    'one queue has messages',
    [
      metric(poisonMessages, 5, 0, { queue: 'tenant-checks' }),
      metric(poisonMessages, 5, 2, { queue: 'alert-deliveries' }),
    ],
    true,
  ],
  [
    'poison-messages',
    'a person took them',
    [
      metric(poisonMessages, 30, 2, { queue: 'tenant-checks' }),
      metric(poisonMessages, 5, 0, { queue: 'tenant-checks' }),
    ],
    false,
  ],
  [
    'poison-messages',
    'another queue was looked at later',
    [
      metric(poisonMessages, 10, 1, { queue: 'tenant-checks' }),
      metric(poisonMessages, 5, 0, { queue: 'alert-deliveries' }),
    ],
    true,
  ],
  ['poison-messages', 'nothing was reported', [], false],

  ['stale-tenants', 'a tenant has waited too long', [metric(staleTenants, 20, 0), metric(staleTenants, 5, 1)], true],
  ['stale-tenants', 'it was verified since', [metric(staleTenants, 20, 4), metric(staleTenants, 5, 0)], false],
  ['stale-tenants', 'nothing was reported', [], false],

  ['channel-broken', 'a channel refuses alerts', [metric(channelsBroken, 5, 1)], true],
  ['channel-broken', 'it was mended', [metric(channelsBroken, 20, 1), metric(channelsBroken, 5, 0)], false],
  ['channel-broken', 'nothing was reported', [], false],

  [
    'sign-in-failing',
    'most sign-ins fail, twice',
    [metric(signInFailures, 20, 1), metric(signInFailures, 5, 0.9)],
    true,
  ],
  ['sign-in-failing', 'one bad sweep', [metric(signInFailures, 20, 1), metric(signInFailures, 5, 0)], false],
  [
    'sign-in-failing',
    'half of the tenants fail',
    [metric(signInFailures, 20, 0.5), metric(signInFailures, 5, 0.5)],
    false,
  ],
];

const situations = CASES.map(([rule, situation, rows, expected, minutes = 15]) => ({
  rule,
  situation,
  rows,
  minutes,
  expected,
  does: expected ? 'fires' : 'does not fire',
}));
test.each(situations)('$rule $does when $situation', ({ rule, rows, minutes, expected }) => {
  const { query, seen } = look(rule, rows, minutes);
  expect(runAlertQuery(query, seen).length > 0).toBe(expected);
});

const withInterpreter = hasInterpreter ? test : test.skip;
if (!hasInterpreter)
  console.warn('Skipped: no query interpreter beside the project, so the alert queries are run by our own alone.');

withInterpreter('an interpreter of the whole language says the same', () => {
  for (const { rule, rows, minutes, expected } of situations) {
    const { query, seen } = look(rule, rows, minutes);
    expect([rule, runQuery(query, { AppMetrics: seen }, NOW).length > 0]).toEqual([rule, expected]);
  }
});

test('silence is seen also in a workspace that has no table of metrics yet', () => {
  expect(look('missed-heartbeat', [], 15).query).toMatch(/^union isfuzzy=true \(datatable\(.+\)\[\]\), AppMetrics$/m);
});

test.each([
  ['missed-heartbeat', 'Sweeps == 0', 'Sweeps < 0'],
  ['failed-sweeps', 'Sweeps >= 2', 'Sweeps >= 1'],
  ['failed-sweeps', 'Sum > 0', 'Sum >= 0'],
  ['sign-in-failing', 'Sum > 0.5', 'Sum > 0.05'],
  ['sign-in-failing', 'Sweeps >= 2', 'Sweeps >= 3'],
  ['poison-messages', ' by Queue', ''],
  ['stale-tenants', 'arg_max(TimeGenerated, Sum)', 'Sum = max(Sum)'],
  ['channel-broken', 'Sum > 0', 'Sum > 1'],
])('a slip in the logic of %s is seen: %s made %s', (rule, right, wrong) => {
  const slips = situations
    .filter((one) => one.rule === rule)
    .filter(({ rows, minutes, expected }) => {
      const { query, seen } = look(rule, rows, minutes);
      expect(query).toContain(right);
      const text = query.replaceAll(/^\/\/.*$/gm, '').replace(right, wrong);
      return runAlertQuery(text, seen).length > 0 !== expected;
    });
  expect(slips).not.toEqual([]);
});

test('each rule is shown to fire and not to fire', () => {
  const both = rules.filter(({ name }) =>
    [true, false].every((expected) => CASES.some((one) => one[0] === name && one[3] === expected)),
  );
  expect(both.map(({ name }) => name)).toEqual(rules.map(({ name }) => name));
});

test('every rule has a severity and a window at every pace', () => {
  expect(rules).toHaveLength(6);
  for (const { name, severity, windows } of rules) {
    expect([name, severity >= 0 && severity <= 4]).toEqual([name, true]);
    expect([...windows.keys()]).toEqual([15, 30, 60, 120, 180]);
  }
});
