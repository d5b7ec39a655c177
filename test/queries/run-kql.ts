import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { QueryName } from '../../shared/queries/build-query.ts';
import { columnsOf, type HuntingTable } from './hunting-schema.ts';

/** Rows by table. A table that is missing does not exist for the query. */
export type SampleTables = Partial<Record<HuntingTable, readonly Record<string, unknown>[]>>;

/** Runs a query on sample rows and gives the rows of the answer. */
export type RunKql = (query: string, tables: SampleTables) => Record<string, unknown>[];

/** Runs one of the product's queries on sample rows. */
export type RunQuery = (name: QueryName, tables: SampleTables) => Record<string, unknown>[];

const INTERPRETER = resolve(process.cwd(), '../shared/tools/kql/index.mjs');

/** Whether a KQL interpreter lies beside this project; a clone has none. */
export const hasInterpreter = existsSync(INTERPRETER);

/** `describe` where a KQL interpreter lies beside this project, else skipped under a title that says so. */
export const describeWithInterpreter: typeof describe = hasInterpreter
  ? describe
  : (Object.assign(
      (title: string, run: () => void) =>
        describe.skip(`${title} (skipped: no KQL interpreter beside this project)`, run),
      describe,
    ) as typeof describe);

/** Runs in a thread of its own, outside the test runner's module system: answers one query after another. */
const THREAD = `
  const { port, flag, url } = require('node:worker_threads').workerData;
  import(url).then(({ runObjects }) => {
    port.on('message', ({ query, tables, now }) => {
      try { port.postMessage({ rows: runObjects(query, tables, { now }) }); }
      catch (error) { port.postMessage({ fault: error.message }); }
      Atomics.add(flag, 0, 1);
      Atomics.notify(flag, 0);
    });
  });
`;
const LONGEST_ANSWER = 60_000;

/** Starts the interpreter; `now` is the moment at which queries run. `stop` ends its thread. */
export function startInterpreter(now: string): { readonly run: RunKql; readonly stop: () => Promise<unknown> } {
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { port: port2, flag, url: pathToFileURL(INTERPRETER).href };
  const worker = new Worker(THREAD, { eval: true, workerData, transferList: [port2] });
  const run: RunKql = (query, rows) => {
    const named = Object.entries(rows).map(([name, table]) => [
      name,
      { columns: columnsOf(name as HuntingTable), rows: table },
    ]);
    const answered = Atomics.load(flag, 0);
    port1.postMessage({ query, tables: Object.fromEntries(named), now });
    if (Atomics.wait(flag, 0, answered, LONGEST_ANSWER) === 'timed-out')
      throw new Error('The KQL interpreter did not answer.');
    const answer = receiveMessageOnPort(port1)?.message as { rows?: Record<string, unknown>[]; fault?: string };
    if (answer.rows === undefined) throw new Error(answer.fault);
    return answer.rows;
  };
  return { run, stop: () => worker.terminate() };
}
