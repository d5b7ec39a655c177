import type { Instant } from '../time.ts';

/** A row of a JSON answer: nothing in it can be relied on. */
export type Row = Readonly<Record<string, unknown>>;

/** Text of a column; empty when it is something else. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

/** A whole number of zero or more; numbers written as text count too (Int64 in some answers). */
export function count(row: Row, column: string): number {
  const value = row[column];
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 0;
}

/** The items of a list column as texts, sorted, without repetition, at most `most`; a list written as JSON text counts too. */
export function list(row: Row, column: string, most: number): string[] {
  const value = row[column];
  const items = typeof value === 'string' ? parseList(value) : value;
  if (!Array.isArray(items)) return [];
  const texts = items.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
  return [...new Set(texts)].sort().slice(0, most);
}

/** A moment as this program writes moments; null when the column holds none. Without a zone it is UTC. */
export function moment(row: Row, column: string): Instant | null {
  const written = text(row, column);
  const time = Date.parse(/[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(written) ? `${written}Z` : written);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function parseList(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
