import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Lets Node import query files as text, as the bundler does. Modules that import them must be imported after this call. */
export function allowQueryImports(): void {
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('.kql')) return next(url, context);
      const text = readFileSync(fileURLToPath(url), 'utf8');
      return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)};` };
    },
  });
}
