import type { Row } from './run-query.ts';

type Values = Record<string, unknown>;

/** The operators of Kusto that alert rules use, and no other: so their logic is tested on every machine. Throws on any other syntax. */
export function runAlertQuery(query: string, metrics: readonly Row[]): Row[] {
  const text = query
    .replace(/^\/\/.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  const [source = '', ...steps] = text.split(' | ');
  if (!/^(union isfuzzy=true \(datatable\([^)]+\)\[\]\), )?AppMetrics$/.test(source))
    throw new Error(`unknown source: ${source}`);
  return steps.reduce<readonly Row[]>((rows, step) => {
    const [, operator, rest = ''] = /^(where|extend|summarize|project) (.+)$/.exec(step) ?? [];
    switch (operator) {
      case 'where':
        return rows.filter((row) => rest.split(' and ').every((condition) => holds(condition, row)));
      case 'extend':
        return rows.map((row) => ({ ...row, ...assign(rest, row) }));
      case 'project':
        return rows.map((row) => assign(rest, row));
      case 'summarize':
        return summarize(rest, rows);
      default:
        throw new Error(`unknown operator: ${step}`);
    }
  }, metrics) as Row[];
}

const COMPARE: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  '==': (one, other) => one === other,
  '>': (one, other) => Number(one) > Number(other),
  '>=': (one, other) => Number(one) >= Number(other),
  '<': (one, other) => Number(one) < Number(other),
};

function holds(condition: string, row: Row): boolean {
  const [, left = '', operator = '', right = ''] = /^(\S+) (==|>=|>|<) (\S+)$/.exec(condition) ?? [];
  const compare = COMPARE[operator];
  if (compare === undefined) throw new Error(`unknown condition: ${condition}`);
  return compare(worthOf(left, row), worthOf(right, row));
}

function worthOf(expression: string, row: Row): unknown {
  const literal = /^'(.*)'$/.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  if (/^[\d.]+$/.test(expression)) return Number(expression);
  const attribute = /^tostring\(Properties\['(\w+)'\]\)$/.exec(expression)?.[1];
  if (attribute !== undefined) return String((row.Properties as Values)[attribute] ?? '');
  const whole = /^toint\((\w+)\)$/.exec(expression)?.[1];
  if (whole !== undefined) return Math.trunc(Number(row[whole]));
  if (!/^\w+$/.test(expression) || !(expression in row)) throw new Error(`unknown expression: ${expression}`);
  return row[expression];
}

/** `A = f(x), B`: each by its name. */
function assign(list: string, row: Row): Values {
  return Object.fromEntries(
    list.split(/, (?![^(]*\))/).map((one) => {
      const [name = '', expression = name] = one.split(' = ');
      return [name, worthOf(expression, row)];
    }),
  );
}

/** Without `by` there is one group also when there is no row: that is what lets silence be seen. */
function summarize(list: string, rows: readonly Row[]): Row[] {
  const [wanted = '', by] = list.split(' by ');
  const groups = by === undefined ? [rows] : [...Map.groupBy(rows, (row) => row[by]).values()];
  return groups.flatMap((group) => {
    const first = group[0];
    if (wanted.startsWith('arg_max(')) return group.length === 0 ? [] : [latest(wanted, group)];
    const values = wanted.split(/, (?![^(]*\))/).map((one) => {
      const [, name = '', call = '', column = ''] = /^(\w+) = (count|max)\((\w*)\)$/.exec(one) ?? [];
      if (name === '') throw new Error(`unknown aggregate: ${one}`);
      return [name, call === 'count' ? group.length : Math.max(...group.map((row) => Number(row[column])))];
    });
    return [{ ...(by === undefined ? {} : { [by]: first?.[by] }), ...Object.fromEntries(values) }];
  });
}

function latest(wanted: string, group: readonly Row[]): Row {
  if (wanted !== 'arg_max(TimeGenerated, Sum)') throw new Error(`unknown aggregate: ${wanted}`);
  return group.reduce((newest, row) => (String(row.TimeGenerated) > String(newest.TimeGenerated) ? row : newest));
}
