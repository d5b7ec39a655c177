import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { loadParser, type ParseTemplate } from './parse-template.ts';
import type { Problem, Template } from './template.ts';

/** A change to one file, as a planted defect: `find` must occur, its first occurrence is replaced. */
export interface Plant {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Everything below `infra/`, parsed. */
export interface Infra {
  readonly templates: ReadonlyMap<string, Template>;
  /** Files that do not parse. */
  readonly problems: readonly Problem[];
  /** Text of a file by its path below `infra/`; null when there is none. */
  text(path: string): string | null;
  readonly files: readonly string[];
}

export type LoadInfra = (...plants: readonly Plant[]) => Infra;

/** Reads the folder once and gives a function that parses it, with planted defects if there are any. */
export async function prepareInfra(folder = 'infra'): Promise<LoadInfra> {
  const parse = await loadParser();
  const texts = new Map(listFiles(folder).map((path) => [toPath(folder, path), readFileSync(path, 'utf8')]));
  const parsed = new Map<string, ReturnType<ParseTemplate>>();
  return (...plants) => {
    const changed = plants.reduce(applyPlant, texts);
    const templates = new Map<string, Template>();
    const problems: Problem[] = [];
    for (const [path, text] of changed) {
      if (!/\.bicep(param)?$/.test(path)) continue;
      const unchanged = texts.get(path) === text ? parsed.get(path) : undefined;
      const result = unchanged ?? parse(path, text);
      if (texts.get(path) === text) parsed.set(path, result);
      if (result.ok) templates.set(path, result.template);
      else problems.push(...result.problems);
    }
    return { templates, problems, files: [...changed.keys()], text: (path) => changed.get(path) ?? null };
  };
}

/** The path below `infra/` that a file there means when it names another. */
export function resolvePath(from: string, to: string): string {
  return posix.normalize(posix.join(dirname(from), to));
}

function applyPlant(texts: ReadonlyMap<string, string>, plant: Plant): Map<string, string> {
  const before = texts.get(plant.file);
  if (before === undefined || !before.includes(plant.find)) {
    throw new Error(`cannot plant a defect: ${plant.file} does not contain ${JSON.stringify(plant.find)}`);
  }
  return new Map(texts).set(
    plant.file,
    before.replace(plant.find, () => plant.replace),
  );
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const toPath = (folder: string, path: string) => relative(folder, path).replaceAll('\\', '/');
