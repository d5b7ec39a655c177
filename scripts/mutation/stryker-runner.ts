import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CollectedTest, collectTests } from './collect-tests.ts';

/** Where the instrumented code looks for the mutant that is on, and notes what it ran. */
interface Switchboard {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: unknown;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly sandboxFileName: string;
  readonly testFilter: readonly string[];
  readonly hitLimit?: number;
}

interface KnownSuite {
  readonly file: string;
  readonly loaded: ReadonlySet<string>;
  readonly ids: readonly string[];
}

/** Suites that start a browser or show thousands of texts: the others of their folder have to notice. */
const SLOW = /(?:-in-browser|hostile-texts)\.test\.ts$/;
const SEPARATOR = ' > ';

/**
 * Runs the suites of core for Stryker in one process that stays: a suite is loaded anew for every mutant, but neither Jest
 * nor the packages are started again, which makes a mutant cost milliseconds instead of a second.
 */
function createRunner(options: { readonly testFiles: readonly string[] }) {
  const board: Switchboard = {};
  Object.assign(globalThis, { __stryker__: board });
  const files = globSync([...options.testFiles]).filter((file) => !SLOW.test(file));
  let suites: KnownSuite[] | null = null;
  /** Milliseconds per suite: the cheapest are asked first. */
  const cost = new Map<string, number>();

  const know = (): KnownSuite[] => {
    suites ??= files.sort().map((file) => {
      const { tests, loaded } = collectTests(resolve(file));
      return { file, loaded, ids: tests.map((one) => idOf(file, one)) };
    });
    return suites;
  };

  return {
    capabilities: () => ({ reloadEnvironment: true }),

    async dryRun() {
      const results = [];
      for (const file of files) {
        board.currentTestId = undefined;
        for (const one of collectTests(resolve(file)).tests) {
          const id = idOf(file, one);
          board.currentTestId = id;
          const start = performance.now();
          const failure = await failureOf(one);
          const told = failure === null ? { status: 0 } : { status: 1, failureMessage: failure };
          const timeSpentMs = performance.now() - start;
          cost.set(file, (cost.get(file) ?? 0) + timeSpentMs);
          results.push({ id, name: id, fileName: resolve(file), timeSpentMs, ...told });
        }
      }
      return { status: 'complete', tests: results, mutantCoverage: board.mutantCoverage };
    },

    async mutantRun({ activeMutant, sandboxFileName, testFilter, hitLimit }: MutantRun) {
      board.activeMutant = undefined;
      // A mutant that is met while loading comes with no tests of its own, only with the suites that may be asked.
      const wanted = testFilter.every((one) => one.includes(SEPARATOR)) ? new Set(testFilter) : null;
      const covering = know()
        .filter(
          ({ loaded, ids }) => loaded.has(sandboxFileName) && (wanted === null || ids.some((id) => wanted.has(id))),
        )
        .sort((one, other) => (cost.get(one.file) ?? 0) - (cost.get(other.file) ?? 0));
      Object.assign(board, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
      let count = 0;
      for (const { file } of covering) {
        board.activeMutant = wanted === null ? activeMutant.id : undefined;
        let tests: readonly CollectedTest[];
        try {
          tests = collectTests(resolve(file)).tests;
        } catch (fault) {
          return { status: 'killed', killedBy: [file], failureMessage: String(fault), nrOfTests: count };
        }
        board.activeMutant = activeMutant.id;
        for (const one of tests) {
          const id = idOf(file, one);
          if (wanted !== null && !wanted.has(id)) continue;
          count += 1;
          const failure = await failureOf(one);
          if (hitLimit !== undefined && (board.hitCount ?? 0) > hitLimit) return { status: 'timeout' };
          if (failure !== null) return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests: count };
        }
      }
      return { status: 'survived', nrOfTests: count };
    },
  };
}

createRunner.inject = ['options'] as const;

function idOf(file: string, test: CollectedTest): string {
  return `${file}${SEPARATOR}${test.name}`;
}

async function failureOf(test: CollectedTest): Promise<string | null> {
  try {
    await test.run();
    return null;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: createRunner }];
