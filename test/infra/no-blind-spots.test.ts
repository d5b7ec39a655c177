import { SETTINGS } from '../../shared/adapters/config/settings.ts';
import { QUEUES, TABLES } from '../../shared/adapters/storage/open-storage.ts';
import { makeChecks } from './check/all-checks.ts';
import { prepareInfra } from './check/infra.ts';
import { readResourceTypes } from './check/resource-types.ts';

/** Places where any name is right: the published type is open there, or the workbook's own tests look. */
const OPEN = [
  'modules/monitoring.bicep: enableLogAccessUsingOnlyResourcePermissions',
  ...[
    'verdicts',
    'oldestVerification',
    'drifts',
    'directSend',
    'deliveries',
    'sweeps',
    'reasons',
    'logVolume',
    'content',
    'query',
    'items',
  ].map((name) => `modules/workbook.bicep: ${name}`),
];

test('a misspelt property is noticed wherever it stands', async () => {
  const load = await prepareInfra();
  const checks = Object.values(
    makeChecks(readResourceTypes(), { settings: SETTINGS, data: { tables: TABLES, queues: QUEUES } }),
  );
  const unnoticed: string[] = [];
  let tried = 0;
  for (const path of load().templates.keys()) {
    if (path.endsWith('.bicepparam')) continue;
    const text = load().text(path) ?? '';
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      const name = /^ +(\w+): /.exec(`${line} `)?.[1];
      if (name === undefined) return;
      tried += 1;
      const slip = lines.with(index, line.replace(name, `${name}X`)).join('\n');
      const infra = load({ file: path, find: text, replace: slip });
      if (checks.every((check) => check(infra).length === 0)) unnoticed.push(`${path}: ${name}`);
    });
  }
  expect(tried).toBeGreaterThan(400);
  expect(unnoticed.filter((place) => !OPEN.includes(place))).toEqual([]);
}, 60_000);
