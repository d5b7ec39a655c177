import { PLACE } from './call-built-in.ts';
import type { Expansion } from './expand-template.ts';
import { isMembers, type Value } from './values.ts';

/** Longer texts (queries, the workbook) are told apart by their beginning; tests of their own look into them. */
const LONGEST = 400;

/** An expansion as lines: a head per resource, then each value that is sent, by its path; the outputs at the end. */
export function renderExpansion({ resources, outputs }: Expansion): string[] {
  const told = leavesOf(outputs).map(([path, value]) => `output ${path}: ${shorten(JSON.stringify(value))}`);
  const sent = resources.flatMap(({ type, id, waitsFor, body }) => [
    `${type} ${shorten(id)}${waitsFor.length === 0 ? '' : ` after ${waitsFor.join(', ')}`}`,
    ...leavesOf(body).map(([path, value]) => `  ${path}: ${shorten(JSON.stringify(value))}`),
  ]);
  return [...sent, ...told];
}

/** Every plain value below one, by its path, such as `properties.subnets[0].name`. */
export function leavesOf(value: Value, path = ''): [path: string, value: Value][] {
  const inner: [string, Value][] = Array.isArray(value)
    ? value.map((one, index) => [`${path}[${index}]`, one])
    : isMembers(value)
      ? Object.entries(value).map(([name, one]) => [path === '' ? name : `${path}.${name}`, one])
      : [];
  return inner.length === 0 ? [[path, value]] : inner.flatMap(([at, one]) => leavesOf(one, at));
}

function shorten(text: string): string {
  const known = text.replaceAll(PLACE.group, '<group>').replaceAll(PLACE.subscription, '<subscription>');
  return known.length > LONGEST ? `${known.slice(0, LONGEST)}…` : known;
}
