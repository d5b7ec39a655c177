import { expect } from 'expect';
import { afterAll, afterEach, beforeAll, beforeEach, describe, getState, it, resetState, test } from 'jest-circus';
import { loadFresh } from './load-fresh.ts';

/** One test of a suite: its path through the `describe` blocks, and what it runs. */
export interface CollectedTest {
  readonly name: string;
  readonly run: () => unknown;
}

/** What a suite holds, and which files of the project it loads. */
export interface Suite {
  readonly tests: readonly CollectedTest[];
  readonly loaded: ReadonlySet<string>;
}

type Block = ReturnType<typeof getState>['rootDescribeBlock'];

Object.assign(globalThis, { expect, describe, it, test, beforeAll, beforeEach, afterAll, afterEach });

/** Loads one suite anew and lists its tests without running them. Throws for a suite with hooks: those of core need none. */
export function collectTests(file: string): Suite {
  const loaded = new Set<string>();
  resetState();
  loadFresh(file, loaded);
  const root = getState().rootDescribeBlock;
  return { tests: numberTwins(listTests(root, [])), loaded };
}

function listTests(block: Block, path: readonly string[]): CollectedTest[] {
  if (block.hooks.length > 0) throw new Error(`${path.join(' ')}: a suite of core with hooks cannot be measured`);
  return block.children.flatMap((child) => {
    const names = [...path, child.name];
    if (child.type === 'describeBlock') return listTests(child, names);
    return child.mode === 'skip' ? [] : [{ name: names.join(' '), run: () => child.fn(undefined as never) }];
  });
}

/** Rows of a table may share a name; a test is found again by its own. */
function numberTwins(tests: readonly CollectedTest[]): CollectedTest[] {
  const seen = new Map<string, number>();
  return tests.map((one) => {
    const count = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, count);
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` };
  });
}
