import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plant } from './infra.ts';

/** A slip as a person would make it in a real template, and what the check of that name must say about it. */
export interface PlantedDefect extends Plant {
  readonly check: string;
  readonly what: string;
  readonly says: string;
}

/**
 * Reads the planted defects, a file per check. Each is written as a small patch: `#` what it is, `@` the file, `-` the lines as they are,
 * `+` the lines as they become (none: they go), `!` what the check must say. A bare `-` or `+` is the end of the line before.
 */
export function readPlanted(folder: string): PlantedDefect[] {
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8').trimEnd();
    return text.split('\n\n').map((patch) => readPatch(basename(name, '.txt'), patch.split('\n')));
  });
}

function readPatch(check: string, lines: readonly string[]): PlantedDefect {
  const marked = (mark: string) => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(2));
  const [what, file, says] = [marked('#'), marked('@'), marked('!')].map((one) => one.join(' '));
  const find = marked('-').join('\n');
  if (!what || !file || !says || find === '') throw new Error(`${check}.txt: incomplete patch "${what}"`);
  return { check, what, file, find, replace: marked('+').join('\n'), says };
}
