import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/**
 * Bundles the deployed app and the command line, each into one file.
 * `import.meta.url` is given a value because @azure/monitor-opentelemetry asks it for the way to @azure/functions-core; left
 * empty in CommonJS, spans would silently lose the host's trace id.
 */
const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  keepNames: true,
  sourcemap: true,
  legalComments: 'none',
  external: ['@azure/functions-core', 'azurite'],
  // Its CommonJS build requires files by names that a bundler cannot see.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  define: { 'import.meta.url': '__moduleUrl' },
  loader: { '.kql': 'text' },
  logLevel: 'warning',
};
const MODULE_URL = 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;';

// Built aside and moved into place, so that a program that starts meanwhile never reads half a file.
const aside = `dist.${process.pid}`;
await build({
  ...common,
  entryPoints: { dsw: 'cli/main.ts' },
  outdir: aside,
  outExtension: { '.js': '.cjs' },
  banner: { js: `#!/usr/bin/env node\n${MODULE_URL}` },
});
mkdirSync('dist', { recursive: true });
for (const name of readdirSync(aside)) renameSync(join(aside, name), join('dist', name));
rmSync(aside, { recursive: true });
