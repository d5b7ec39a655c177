import { sourceOf } from './address-block.ts';
import type { Neighbours, SignIns } from './network-context.ts';
import { count, type Row, text } from './read-row.ts';

/** The answer of query `neighbours`, by source. A source that is missing sends nothing else. */
export function parseNeighbours(rows: readonly Row[]): Map<string, Neighbours> {
  return bySource(rows, (row, before: Neighbours | undefined) => ({
    messages: (before?.messages ?? 0) + count(row, 'Messages'),
    domains: Math.max(before?.domains ?? 0, count(row, 'Domains')),
    days: Math.max(before?.days ?? 0, count(row, 'Days')),
  }));
}

/** The answer of query `sign-ins`, by source. A source that is missing had no successful sign-in. */
export function parseSignIns(rows: readonly Row[]): Map<string, SignIns> {
  return bySource(rows, (row, before: SignIns | undefined) => ({
    users: Math.max(before?.users ?? 0, count(row, 'Users')),
    days: Math.max(before?.days ?? 0, count(row, 'Days')),
  }));
}

function bySource<T>(rows: readonly Row[], read: (row: Row, before: T | undefined) => T): Map<string, T> {
  const found = new Map<string, T>();
  for (const row of rows) {
    const source = sourceOf(text(row, 'Source'));
    if (source !== null) found.set(source, read(row, found.get(source)));
  }
  return found;
}
