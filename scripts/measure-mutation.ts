import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Measures how many changes of `shared/core` its tests notice (design, section 9: at least 85 of 100), folder by folder, each
 * by the suites of its own folder, and prints one table. `npm run mutation -- setting fleet` measures only these folders.
 * Exits with 1 when what was measured is below the budget.
 */
const STRYKER = '@stryker-mutator/core@10.1.1';
const BUDGET = 85;
const REPORTS = 'reports/mutation';

/** Texts, not logic: in these files a changed text does not count, everything else does. */
const TEXTS = [
  'shared/core/alerts/words/**/*.ts',
  'shared/core/alerts/acknowledge-style.ts',
  'shared/core/report/report-style.ts',
  'shared/core/traffic/reason-words.ts',
  'shared/core/telemetry-names.ts',
];

interface Part {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly testFiles: readonly string[];
  readonly excluded: readonly string[];
}

interface Score {
  readonly name: string;
  readonly killed: number;
  readonly survived: number;
  readonly uncovered: number;
}

function listParts(): Part[] {
  const others = TEXTS.map((path) => `!${path}`);
  const folders = readdirSync('shared/core', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [
    ...folders.map(({ name }) => ({
      name,
      mutate: [`shared/core/${name}/**/*.ts`, ...others],
      testFiles: [`test/core/${name}/**/*.test.ts`],
      excluded: [],
    })),
    {
      name: 'top',
      mutate: ['shared/core/*.ts', ...others],
      testFiles: ['test/core/*.test.ts', 'test/core/registry/*.test.ts'],
      excluded: [],
    },
    {
      name: 'texts',
      mutate: TEXTS,
      testFiles: ['test/core/*.test.ts', 'test/core/{alerts,report,traffic}/**/*.test.ts'],
      excluded: ['StringLiteral'],
    },
  ];
}

async function measure({ name, mutate, testFiles, excluded }: Part): Promise<Score> {
  const config = `${REPORTS}/${name}.config.json`;
  const report = `${REPORTS}/${name}.json`;
  const common: object = JSON.parse(readFileSync('stryker.config.json', 'utf8'));
  const own = { mutate, testFiles, mutator: { excludedMutations: excluded }, jsonReporter: { fileName: report } };
  writeFileSync(config, JSON.stringify({ ...common, ...own }));
  await runStryker(config);
  return count(name, report);
}

function runStryker(config: string): Promise<void> {
  const args = ['--yes', '--package', STRYKER, 'stryker', 'run', config];
  return new Promise((resolve, reject) => {
    const child = spawn('npx', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Stryker ended with ${code}. To see why, run: npx ${args.join(' ')}`));
    });
  });
}

function count(name: string, report: string): Score {
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as {
    files: Record<string, { mutants: { status: string }[] }>;
  };
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const of = (...wanted: string[]) => statuses.filter((status) => wanted.includes(status)).length;
  return { name, killed: of('Killed', 'Timeout'), survived: of('Survived'), uncovered: of('NoCoverage') };
}

const scoreOf = ({ killed, survived, uncovered }: Score) => (100 * killed) / Math.max(1, killed + survived + uncovered);

function printRow(name: string, cells: readonly (string | number)[]): void {
  console.log(`| ${[name.padEnd(9), ...cells.map((cell) => String(cell).padStart(11))].join(' | ')} |`);
}

function printScore(score: Score): void {
  const { name, killed, survived, uncovered } = score;
  printRow(name, [killed, survived, uncovered, `${scoreOf(score).toFixed(1)} %`]);
}

const wanted = process.argv.slice(2);
const names = listParts().map(({ name }) => name);
const parts = listParts().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const strangers = wanted.filter((name) => !names.includes(name));
if (strangers.length > 0) throw new Error(`No such folder: ${strangers.join(', ')}. There are ${names.join(', ')}.`);
mkdirSync(REPORTS, { recursive: true });
printRow('folder', ['killed', 'survived', 'no coverage', 'score']);
console.log('|---|--:|--:|--:|--:|');
const scores: Score[] = [];
for (const part of parts) {
  const score = await measure(part);
  printScore(score);
  scores.push(score);
}
const sum = (pick: (score: Score) => number) => scores.reduce((total, score) => total + pick(score), 0);
const whole: Score = {
  name: 'whole',
  killed: sum(({ killed }) => killed),
  survived: sum(({ survived }) => survived),
  uncovered: sum(({ uncovered }) => uncovered),
};
printScore(whole);
process.exitCode = scoreOf(whole) < BUDGET ? 1 : 0;
