import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Verdict } from '../../shared/core/setting/reading.ts';
import { METRIC_ATTRIBUTES, METRICS, SPAN_ATTRIBUTES, SPANS } from '../../shared/core/telemetry-names.ts';
import type { SendResult } from '../../shared/jobs/services.ts';
import { loadAnalyser } from './check/analyse-kql.ts';

const files = ['alerts', 'workbook'].flatMap((folder) =>
  readdirSync(join('infra/queries', folder)).map((name) => join('infra/queries', folder, name)),
);
const queries = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
const textOf = (path: string) => queries.get(path) ?? '';
const metrics: readonly string[] = Object.values(METRICS);
let analyse: (query: string) => string[];

beforeAll(() => {
  analyse = loadAnalyser();
});

test.each(files)('%s is accepted by the analyser of Azure Monitor', (path) => {
  expect(analyse(textOf(path))).toEqual([]);
});

test.each([
  ['a column that does not exist', (query: string) => query.replace('Name ==', 'MetricName ==')],
  ['a table that does not exist', (query: string) => query.replace('AppMetrics', 'customMetrics')],
  ['an operator that does not exist', (query: string) => query.replace('| summarize', '| aggregate')],
  ['a text compared with a number', (query: string) => query.replace('Sum > 0', "Sum > 'none'")],
])('the analyser would notice %s', (_, plant) => {
  expect(analyse(plant(textOf('infra/queries/alerts/failed-sweeps.kql')))).not.toEqual([]);
});

test.each(files)('%s begins with what it is for', (path) => {
  expect(textOf(path)).toMatch(
    path.includes('/alerts/')
      ? /^\/\/ Fires: .+\n(?:\/\/ .+\n)*\/\/ Does not fire: .+\n(?:\/\/ .+\n)*\/\/ Why so: /
      : /^\/\/ [A-Z]/,
  );
});

const namesIn = (path: string) =>
  [
    ...textOf(path)
      .replace(/^\/\/.*$/gm, '')
      .matchAll(/'(dsw\.[a-z_]+)'/g),
  ].map((match) => match[1] ?? '');
const attributesIn = (path: string) =>
  [...textOf(path).matchAll(/Properties\['([^']+)'\]/g)].map((match) => match[1] ?? '');

test.each(files)('%s asks only for what the app reports', (path) => {
  const spans: readonly string[] = Object.values(SPANS);
  const attributes: readonly string[] = [...Object.values(METRIC_ATTRIBUTES), ...Object.values(SPAN_ATTRIBUTES)];
  const inProperties = attributesIn(path);
  expect(inProperties.filter((name) => !attributes.includes(name))).toEqual([]);
  const asked = namesIn(path).filter((name) => !inProperties.includes(name));
  expect(asked.filter((name) => !metrics.includes(name))).toEqual([]);
  const spanNames = [...textOf(path).matchAll(/AppDependencies\s*\| where Name == '([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  expect(spanNames.filter((name) => !spans.includes(name))).toEqual([]);
});

/** What an attribute may hold, as the types of the app's code say. */
const VERDICTS: readonly Verdict[] = ['enforced', 'permissive', 'unknown'];
const STATUSES: readonly (SendResult['kind'] | 'parked')[] = ['accepted', 'retry', 'parked'];

test.each(files)('%s compares only with what the app writes', (path) => {
  const compared = [...textOf(path).matchAll(/(?:\)|\b(?:Status|Verdict|Reason)) (?:==|!=) '([^']*)'/g)].map(
    (match) => match[1] ?? '',
  );
  expect(compared.filter((value) => ![...VERDICTS, ...STATUSES].some((known) => known === value))).toEqual([]);
});

test('every metric that the app reports is looked at by a query', () => {
  const asked = new Set(files.flatMap(namesIn));
  expect(metrics.filter((name) => !asked.has(name))).toEqual([]);
});

test('alert queries read metrics only, because spans are sampled', () => {
  const alerts = files.filter((path) => path.includes('/alerts/'));
  expect(alerts.filter((path) => textOf(path).includes('AppDependencies')).map((path) => basename(path))).toEqual([]);
});
