import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import * as z from 'zod';
import { tenantsFile } from '../../shared/core/schemas.ts';

const ID = '3d1c0000-0000-4000-8000-000000000001';
const schema = JSON.parse(readFileSync('docs/tenants.schema.json', 'utf8'));
const validate = new Ajv2020().compile(schema);

test('the published schema of a tenants file is that of the program; when not: npm run schema', () => {
  const { title, ...published } = schema;
  expect(published).toEqual(z.toJSONSchema(tenantsFile));
  expect(title).toBe('Tenants file of Direct Send Watch');
});

test.each([
  ['the smallest file', { tenants: [] }],
  [
    'every key',
    {
      $schema: 'https://example.com/tenants.schema.json',
      channels: {
        ops: { type: 'teams-workflow', url: { setting: 'OPS_URL' }, language: 'fi', timeZone: 'Europe/Helsinki' },
        siem: { type: 'webhook', url: { vaultSecret: 'siem-url' }, secret: { setting: 'SIEM_SECRET' } },
        mail: { type: 'email', from: 'alerts@msp.example', to: ['soc@msp.example'] },
      },
      defaults: { channels: ['ops'], fallback: 'mail', escalateTo: ['siem'], escalateAfter: '4h' },
      tenants: [
        { id: ID.toUpperCase(), name: '青空商事', domains: ['fabrikam.example'], cloud: 'gcc', channels: ['ops'] },
      ],
    },
  ],
])('a validator accepts %s', (_, file) => {
  expect({ ok: validate(file), errors: validate.errors }).toEqual({ ok: true, errors: null });
});

test.each([
  ['an unknown key', { tenants: [], tenant: [] }],
  ['no tenants', {}],
  ['a name that is missing', { tenants: [{ id: ID }] }],
  ['an id that is no GUID', { tenants: [{ id: 'x', name: 'x' }] }],
  [
    'a URL that is written, not named',
    { channels: { ops: { type: 'teams-workflow', url: 'https://x' } }, tenants: [] },
  ],
  ['a name of two lines', { tenants: [{ id: ID, name: 'a\nb' }] }],
])('a validator refuses %s', (_, file) => {
  expect(validate(file)).toBe(false);
});
