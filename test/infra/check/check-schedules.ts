import { Cron } from 'croner';
import type { Infra } from './infra.ts';
import { type Expression, literalText, type Problem, propertyOf } from './template.ts';

/** Window sizes that Azure Monitor takes for log search rules, in minutes. */
const WINDOWS: Readonly<Record<string, number>> = {
  PT5M: 5,
  PT10M: 10,
  PT15M: 15,
  PT30M: 30,
  PT45M: 45,
  PT1H: 60,
  PT2H: 120,
  PT3H: 180,
  PT4H: 240,
  PT5H: 300,
  PT6H: 360,
  P1D: 1440,
  P2D: 2880,
};

const FIELDS: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** Null when a text is a valid NCRONTAB expression as the Functions host reads it (six fields, seconds first), else why not. */
export function whyNotNcrontab(text: string): string | null {
  const fields = text.split(' ');
  if (fields.length !== 6) return `has ${fields.length} fields instead of six`;
  for (const [index, field] of fields.entries()) {
    const [least, most] = FIELDS[index] ?? [0, 0];
    for (const part of field.split(',')) {
      const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
      const numbers = [match?.[1], match?.[2]].filter((one) => one !== undefined).map(Number);
      const inRange =
        numbers.every((one) => one >= least && one <= most) && (match?.[3] === undefined || Number(match[3]) > 0);
      if (match === null || !inRange) return `has "${part}" where ${least} to ${most} may stand`;
    }
  }
  return null;
}

/** Each schedule runs as often as its key says, and the windows of the alert rules are long enough for it. */
export function checkSchedules(infra: Infra): Problem[] {
  const schedules = infra.templates.get('main.bicep')?.variables.find((one) => one.name === 'schedules')?.value;
  const windows = infra.templates.get('modules/alerts.bicep')?.variables.find((one) => one.name === 'windows')?.value;
  if (schedules?.kind !== 'object' || windows?.kind !== 'object')
    throw new Error('schedules or windows are not where the check expects them');
  return [
    ...schedules.properties.flatMap(({ name, value, line }) =>
      checkSchedule(name ?? '', literalText(value) ?? '').map((message) => ({ file: 'main.bicep', line, message })),
    ),
    ...schedules.properties.flatMap(({ name }) =>
      checkWindows(name ?? '', propertyOf(windows, name ?? '')).map((message) => ({
        file: 'modules/alerts.bicep',
        line: windows.line,
        message,
      })),
    ),
  ];
}

const minutesOf = (key: string) => Number(/^minutes(\d+)$/.exec(key)?.[1]);

function checkSchedule(key: string, text: string): string[] {
  const wrong = whyNotNcrontab(text);
  if (wrong !== null) return [`the schedule "${text}" ${wrong}`];
  const runs = new Cron(text, { timezone: 'UTC' }).nextRuns(200, '2026-03-01T00:00:00Z').map(Number);
  const gaps = runs.slice(1).map((time, index) => (time - (runs[index] ?? 0)) / 60_000);
  return gaps.every((gap) => gap === minutesOf(key))
    ? []
    : [`the schedule "${text}" does not run every ${minutesOf(key)} minutes`];
}

function checkWindows(key: string, windows: Expression | null): string[] {
  const length = (name: string) =>
    WINDOWS[(windows === null ? null : literalText(propertyOf(windows, name))) ?? ''] ?? 0;
  const problems: string[] = [];
  if (length('missed') !== 2 * minutesOf(key))
    problems.push(`${key}: the window for a missed heartbeat must be twice the schedule`);
  if (length('failed') < 4 * minutesOf(key))
    problems.push(`${key}: the window for failed sweeps must hold four sweeps`);
  return problems;
}
