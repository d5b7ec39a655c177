import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTenantsFile } from '../../shared/core/registry/parse-tenants-file.ts';

const files = readdirSync('infra/params').filter((name) => name.endsWith('.tenants.json'));

test.each(files)('the app accepts the tenants file %s', (name) => {
  expect(parseTenantsFile(readFileSync(join('infra/params', name), 'utf8'))).toMatchObject({ ok: true });
});

test('a customer with a deployment of its own has a tenants file', () => {
  expect(files).toEqual(['contoso.tenants.json']);
});
