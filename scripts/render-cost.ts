import { DEFAULTS, type Deployment, estimate, PRICES } from './cost-model.ts';

const SIZES = [1, 100, 1_000, 10_000];

/** Settings that make a large deployment cheaper, each alone and all together. */
const SAVINGS: readonly (readonly [string, Partial<Deployment>])[] = [
  ['as deployed by default', {}],
  ["`auditTables: 'deletions'`", { auditTables: 'deletions' }],
  ['`checkTenant` and `Host.Results` logged at Warning', { logChecks: false }],
  ['`checkEveryMinutes: 30`', { minutesBetweenSweeps: 30 }],
  ['`instanceMemoryMB: 512`', { instanceGigabytes: 0.5 }],
  ['all four', { auditTables: 'deletions', logChecks: false, minutesBetweenSweeps: 30, instanceGigabytes: 0.5 }],
];

const number = (value: number) => Math.round(value).toLocaleString('en-US');
const gigabytes = (value: number) => (value < 10 ? value.toFixed(1) : number(value));
const dollars = (value: number) => `$${value.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`;
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The two tables of docs/cost.md as Markdown. */
export function renderCost(): string {
  const all = SIZES.map((tenants) => estimate({ ...DEFAULTS, tenants }));
  const line = (name: string, cell: (one: (typeof all)[number]) => string) => row([name, ...all.map(cell)]);
  const bySize = [
    row(['In a month of 30 days', ...SIZES.map((tenants) => `${number(tenants)} tenant${tenants === 1 ? '' : 's'}`)]),
    row(['---', ...SIZES.map(() => '---:')]),
    line('Executions', (one) => number(one.executions)),
    line('Compute, GB-s', (one) => number(one.gigabyteSeconds)),
    line('Table transactions', (one) => number(one.tableTransactions)),
    line('Queue operations', (one) => number(one.queueOperations)),
    line('Tables after one year, GB', (one) => gigabytes(one.tableGigabytes)),
    line('Logs, GB', (one) => gigabytes(one.logGigabytes)),
    line('Compute', (one) => dollars(one.dollars.compute)),
    line('Storage', (one) => dollars(one.dollars.storage)),
    line('Logs', (one) => dollars(one.dollars.logs)),
    line('Alert rules', (one) => dollars(one.dollars.alerts)),
    line('**Together**', (one) => `**${dollars(one.dollars.total)}**`),
    row(['Per tenant', ...all.map((one, index) => dollars(one.dollars.total / (SIZES[index] ?? 1)))]),
  ];
  const savings = [
    row(['10,000 tenants', 'Compute', 'Storage', 'Logs', 'Together']),
    row(['---', '---:', '---:', '---:', '---:']),
    ...SAVINGS.map(([name, change]) => {
      const { compute, storage, logs, total } = estimate({ ...DEFAULTS, tenants: 10_000, ...change }).dollars;
      return row([name, dollars(compute), dollars(storage), dollars(logs), dollars(total)]);
    }),
  ];
  return [
    ...bySize,
    '',
    ...savings,
    '',
    `A private network adds ${dollars(4 * PRICES.privateEndpoint)} a month, whatever the size.`,
  ].join('\n');
}

const BEGIN = '<!-- made by npm run cost -->';
const END = '<!-- end -->';

/** The document with its figures replaced by today's. Throws when the document has no place for them. */
export function replaceCost(document: string): string {
  const before = document.indexOf(BEGIN);
  const after = document.indexOf(END);
  if (before < 0 || after < before)
    throw new Error(`docs/cost.md needs a line "${BEGIN}" and after it a line "${END}"`);
  return `${document.slice(0, before + BEGIN.length)}\n\n${renderCost()}\n\n${document.slice(after)}`;
}
