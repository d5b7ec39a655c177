import { SETTINGS } from '../../shared/adapters/config/settings.ts';
import { QUEUES, TABLES } from '../../shared/adapters/storage/open-storage.ts';
import { makeChecks } from './check/all-checks.ts';
import { type LoadInfra, prepareInfra } from './check/infra.ts';
import { readPlanted } from './check/read-planted.ts';
import { readResourceTypes } from './check/resource-types.ts';

const checks = makeChecks(readResourceTypes(), { settings: SETTINGS, data: { tables: TABLES, queues: QUEUES } });
const planted = readPlanted('test/infra/planted');
let load: LoadInfra;

beforeAll(async () => {
  load = await prepareInfra();
});

test.each(Object.keys(checks))('the templates pass the check of %s', (name) => {
  expect(checks[name]?.(load())).toEqual([]);
});

test('every folder of templates is read', () => {
  const { templates } = load();
  expect([...templates.keys()]).toEqual(
    expect.arrayContaining([
      'main.bicep',
      'main.sub.bicep',
      'naming.bicep',
      'modules/functionapp.bicep',
      'identity/app-registration.bicep',
      'params/example.bicepparam',
      'params/contoso.bicepparam',
    ]),
  );
});

test.each(planted)('the check of $check finds $what', ({ check, says, ...plant }) => {
  const problems = checks[check]?.(load(plant)) ?? [];
  expect(problems.map((problem) => `${problem.file}: ${problem.message}`).join('\n')).toContain(says);
});

test('every rule of the official linter that bicepconfig.json names is on', () => {
  const { rules } = JSON.parse(load().text('bicepconfig.json') ?? '{}').analyzers.core;
  const off = Object.entries<{ level: string }>(rules).filter(([, { level }]) => !['error', 'warning'].includes(level));
  expect(off).toEqual([]);
  expect(Object.keys(rules).length).toBeGreaterThan(20);
});

test('each check is shown to find something', () => {
  expect(Object.keys(checks).filter((name) => !planted.some((one) => one.check === name))).toEqual([]);
});
