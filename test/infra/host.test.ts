import { readdirSync, readFileSync } from 'node:fs';
import { readSettings, SETTINGS } from '../../shared/adapters/config/settings.ts';
import { whyNotNcrontab } from './check/check-schedules.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const functions = readdirSync('functions').map((name) => readFileSync(`functions/${name}`, 'utf8'));

describe('local.settings.sample.json', () => {
  const values: Record<string, string> = read('local.settings.sample.json').Values;
  /** Instead of a connection string; both at once would contradict each other. */
  const byIdentity = ['AzureWebJobsStorage__accountName', 'AzureWebJobsStorage__clientId'];

  test('has every setting that the app reads, and no other', () => {
    const read = SETTINGS.map(({ name }): string => name).filter((name) => !byIdentity.includes(name));
    expect(Object.keys(values).sort()).toEqual([...read, 'FUNCTIONS_WORKER_RUNTIME'].sort());
  });

  test('starts the app as it is', () => {
    expect(readSettings(values)).toMatchObject({
      storage: { kind: 'connection-string' },
      checkSchedule: '0 */15 * * * *',
    });
  });

  test('holds no secret', () => {
    const secrets = SETTINGS.filter((one) => one.secret && one.name !== 'AzureWebJobsStorage');
    expect(secrets.map(({ name }) => values[name])).toEqual(secrets.map(() => ''));
  });
});

describe('host.json', () => {
  const host = read('host.json');

  test('gives up a message after fewer attempts than lose a sweep', () => {
    const { maxDequeueCount, visibilityTimeout } = host.extensions.queues;
    const [hours = 0, minutes = 0] = String(visibilityTimeout).split(':').map(Number);
    const wait = hours * 60 + minutes;
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait * (maxDequeueCount - 1)).toBeLessThan(15);
  });

  test('reads what the app writes: base64', () => {
    expect(host.extensions.queues.messageEncoding).toBe('base64');
    expect(readFileSync('shared/adapters/storage/queues.ts', 'utf8')).toContain("toString('base64')");
  });

  test('takes the supported bundle of extensions, and ends a run that is stuck before the next but one sweep', () => {
    expect(host.extensionBundle).toEqual({
      id: 'Microsoft.Azure.Functions.ExtensionBundle',
      version: '[4.*, 5.0.0)',
    });
    expect(host.functionTimeout).toBe('00:10:00');
  });

  test('traces as the app does', () => {
    expect(host.telemetryMode).toBe('OpenTelemetry');
  });
});

describe('the timers of the app', () => {
  const schedules = functions.flatMap((text) =>
    [...text.matchAll(/schedule: '([^']+)'/g)].map((match) => match[1] ?? ''),
  );

  test('have valid schedules', () => {
    const fixed = schedules.filter((schedule) => !schedule.startsWith('%'));
    expect(fixed.length).toBeGreaterThanOrEqual(2);
    expect(fixed.map(whyNotNcrontab)).toEqual(fixed.map(() => null));
  });

  test('take their pace only from settings that exist', () => {
    const names = schedules.flatMap((schedule) => /^%(\w+)%$/.exec(schedule)?.[1] ?? []);
    expect(names).toEqual(['DSW_CHECK_SCHEDULE']);
  });

  test('and queue triggers never run at start-up, which on Flex would be at every scale-out', () => {
    expect(functions.filter((text) => text.includes('runOnStartup'))).toEqual([]);
  });
});

test.each([
  ['0 */15 * * * *', null],
  ['0 0 3,15 1-7 * 1', null],
  ['*/15 * * * *', 'has 5 fields instead of six'],
  ['0 61 * * * *', 'has "61" where 0 to 59 may stand'],
  ['0 0 0 0 * *', 'has "0" where 1 to 31 may stand'],
  ['0 */0 * * * *', 'has "*/0" where 0 to 59 may stand'],
  ['0 a * * * *', 'has "a" where 0 to 59 may stand'],
])('the schedule %s is judged', (schedule, verdict) => {
  expect(whyNotNcrontab(schedule)).toBe(verdict);
});
