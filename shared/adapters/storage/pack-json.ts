/** A table property holds at most 64 KiB, which is 32 Ki UTF-16 units. */
const PIECE = 30_000;

/** A value as table properties `data0`, `data1` … of JSON text, with the schema version that every row carries. */
export function packJson(value: unknown): Record<string, string | number> {
  const text = toAscii(JSON.stringify(value));
  const row: Record<string, string | number> = { v: 1 };
  for (let at = 0, piece = 0; at < text.length || piece === 0; at += PIECE, piece += 1) {
    row[`data${piece}`] = text.slice(at, at + PIECE);
  }
  return row;
}

/** JSON with every other character escaped, so that no piece, of ours or of a body on the way, ends inside one. */
function toAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Reads what `packJson` wrote. Throws when the row is of another schema version. */
export function unpackJson<T>(row: Readonly<Record<string, unknown>>): T {
  if (row.v !== 1) throw new Error(`a table row has schema version ${String(row.v)}; this program knows version 1`);
  let text = '';
  for (let piece = 0; typeof row[`data${piece}`] === 'string'; piece += 1) text += row[`data${piece}`];
  return JSON.parse(text) as T;
}
