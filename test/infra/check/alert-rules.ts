import { type Infra, resolvePath } from './infra.ts';
import { type Expression, literalText, propertyOf } from './template.ts';

const FILE = 'modules/alerts.bicep';

/** One alert rule as the template deploys it. */
export interface AlertRule {
  readonly name: string;
  readonly severity: number;
  /** ISO 8601 duration, by minutes between sweeps. */
  readonly windows: ReadonlyMap<number, string>;
  readonly query: string;
}

/** The alert rules, each with its window at every pace of sweeps and the text of its query. */
export function readAlertRules(infra: Infra): AlertRule[] {
  const template = infra.templates.get(FILE);
  const value = (name: string) => template?.variables.find((one) => one.name === name)?.value;
  const rules = value('rules');
  const windows = value('windows');
  if (rules?.kind !== 'array' || windows?.kind !== 'object') throw new Error(`${FILE} has no rules or windows`);
  return rules.items.map((rule) => {
    const severity = propertyOf(rule, 'severity');
    const query = propertyOf(rule, 'query');
    const path = query?.kind === 'call' ? literalText(query.args[0] ?? null) : null;
    return {
      name: literalText(propertyOf(rule, 'name')) ?? '',
      severity: severity?.kind === 'number' ? severity.value : -1,
      windows: windowsOf(windows, propertyOf(rule, 'window')),
      query: infra.text(resolvePath(FILE, path ?? '')) ?? '',
    };
  });
}

/** `window.missed` in a rule means the entry `missed` of the windows at the chosen pace. */
function windowsOf(windows: Expression & { kind: 'object' }, chosen: Expression | null): Map<number, string> {
  if (chosen?.kind !== 'member') throw new Error(`${FILE}: a rule does not say which window it has`);
  return new Map(
    windows.properties.map(({ name, value }) => [
      Number(name?.replace('minutes', '')),
      literalText(propertyOf(value, chosen.name)) ?? '',
    ]),
  );
}
