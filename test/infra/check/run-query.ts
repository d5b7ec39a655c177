import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TableName, TELEMETRY_SCHEMA } from './telemetry-schema.ts';

/** An interpreter for queries, beside the project when it is there; no package of its own, and no part of the product. */
const INTERPRETER = '../shared/tools/kql/cli.mjs';

export const hasInterpreter = existsSync(INTERPRETER);

export type Row = Readonly<Record<string, unknown>>;

/** Runs a query on sample rows and gives the rows that come out. Only when `hasInterpreter`. */
export function runQuery(query: string, rows: Partial<Record<TableName, readonly Row[]>>, now: string): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'query-'));
  try {
    const tables = Object.entries(TELEMETRY_SCHEMA).map(([name, columns]) => [
      name,
      {
        columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
        rows: rows[name as TableName] ?? [],
      },
    ]);
    writeFileSync(join(folder, 'query.kql'), query);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(Object.fromEntries(tables)));
    const output = execFileSync(
      process.execPath,
      [INTERPRETER, join(folder, 'query.kql'), join(folder, 'rows.json'), '--now', now],
      { encoding: 'utf8' },
    );
    return JSON.parse(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
