import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';

type Body = (
  exports: unknown,
  require: (specifier: string) => unknown,
  module: { exports: unknown },
  __filename: string,
  __dirname: string,
) => void;

const bodies = new Map<string, Body>();

/**
 * Loads one TypeScript file and everything of the project that it imports as if for the first time, so that nothing that a
 * mutant left in a module reaches the next one. Files are compiled once and packages are loaded once. `loaded` receives the
 * path of every file of the project that was evaluated.
 */
export function loadFresh(path: string, loaded: Set<string>): void {
  const modules = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    loaded.add(file);
    const requirePackage = createRequire(file);
    compile(file)(
      module.exports,
      (specifier) => (isOurs(specifier) ? load(resolve(dirname(file), specifier)) : requirePackage(specifier)),
      module,
      file,
      dirname(file),
    );
    return module.exports;
  };
  load(path);
}

function isOurs(specifier: string): boolean {
  return specifier.startsWith('.') && specifier.endsWith('.ts');
}

/** The same transformation as in the tests' own configuration. */
function compile(file: string): Body {
  const known = bodies.get(file);
  if (known !== undefined) return known;
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const body = compileFunction(code, ['exports', 'require', 'module', '__filename', '__dirname'], {
    filename: file,
  }) as unknown as Body;
  bodies.set(file, body);
  return body;
}
