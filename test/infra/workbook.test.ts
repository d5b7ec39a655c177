import { readFileSync } from 'node:fs';
import { prepareInfra } from './check/infra.ts';

interface Item {
  readonly type: number;
  readonly name: string;
  readonly content: {
    readonly query?: string;
    readonly noDataMessage?: string;
    readonly timeContextFromParameter?: string;
    readonly chartSettings?: { readonly xAxis: string; readonly yAxis: readonly string[]; readonly group?: string };
    readonly parameters?: readonly { readonly name: string }[];
  };
}

const items: readonly Item[] = JSON.parse(readFileSync('infra/workbook/fleet.workbook.json', 'utf8')).items;
const shown = items.filter((item) => item.type === 3);

async function readQueries(): Promise<Map<string, string>> {
  const infra = (await prepareInfra())();
  const queries = infra.templates.get('modules/workbook.bicep')?.variables.find((one) => one.name === 'queries')?.value;
  if (queries?.kind !== 'object') throw new Error('the workbook has no list of queries');
  const entries = queries.properties.map(({ name, value }): [string, string] => {
    const [file] = value.kind === 'call' ? value.args : [];
    const path = file?.kind === 'text' ? String(file.parts[0]).replace('../', '') : '';
    return [name ?? '', infra.text(path) ?? ''];
  });
  return new Map(entries);
}

test('the items that show a query and the queries belong to each other', async () => {
  expect(shown.map((item) => item.name)).toEqual([...(await readQueries()).keys()]);
});

test('the layout itself holds no query, so that each has one place', () => {
  expect(shown.filter((item) => item.content.query !== '')).toEqual([]);
});

test('what a chart draws is what its query gives', async () => {
  const queries = await readQueries();
  for (const { name, content } of shown) {
    const columns =
      content.chartSettings === undefined
        ? []
        : [content.chartSettings.xAxis, ...content.chartSettings.yAxis, content.chartSettings.group ?? []].flat();
    const query = queries.get(name) ?? '';
    expect([
      name,
      columns.filter((column) => !new RegExp(`\\b${column} =|, ${column}\\b|by ${column}\\b`).test(query)),
    ]).toEqual([name, []]);
  }
});

test('every query follows the chosen time range and says what no data means', () => {
  const parameters = items.flatMap((item) => item.content.parameters ?? []).map((one) => one.name);
  for (const { content } of shown) {
    expect(parameters).toContain(content.timeContextFromParameter);
    expect(content.noDataMessage).toMatch(/\.$/);
  }
});

test('names of items are unique, because Azure finds them by name', () => {
  expect(new Set(items.map((item) => item.name)).size).toBe(items.length);
});
