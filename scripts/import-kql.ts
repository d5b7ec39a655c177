import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

// `node --import ./scripts/import-kql.ts …`: lets Node import query files as text, as the bundler does.
registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.kql')) return next(url, context);
    const text = readFileSync(fileURLToPath(url), 'utf8');
    return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)};` };
  },
});
