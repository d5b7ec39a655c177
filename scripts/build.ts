import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** What is required at load and never called here. */
const UNUSED = [
  // OpenTelemetry's other exporters and propagators, and its configuration by file: only environment variables select them.
  ...['logs', 'metrics', 'trace'].flatMap((kind) =>
    ['grpc', 'http', 'proto'].map((wire) => `@opentelemetry/exporter-${kind}-otlp-${wire}`),
  ),
  '@opentelemetry/configuration',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/exporter-zipkin',
  '@opentelemetry/otlp-exporter-base',
  '@opentelemetry/otlp-grpc-exporter-base',
  '@opentelemetry/propagator-b3',
  '@opentelemetry/propagator-jaeger',
  // Character sets of received mail: mailauth is asked for SPF only, which reads no mail.
  'encoding-japanese',
  'iconv-lite',
];

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
  sourcemap: true,
  legalComments: 'none',
  external: ['@azure/functions-core', 'azurite'],
  alias: {
    // Its CommonJS build requires files by names that a bundler cannot see.
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    undici: './scripts/bundle/undici.cjs',
    ...Object.fromEntries(UNUSED.map((name) => [name, './scripts/bundle/unused.cjs'])),
  },
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
await build({
  ...common,
  entryPoints: { main: 'functions/index.ts' },
  outdir: aside,
  outExtension: { '.js': '.cjs' },
  minify: true,
  banner: { js: MODULE_URL },
});
mkdirSync('dist', { recursive: true });
for (const name of readdirSync(aside)) renameSync(join(aside, name), join('dist', name));
rmSync(aside, { recursive: true });
