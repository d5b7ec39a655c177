import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { z } from 'zod';
import {
  checkMessage,
  deliveryMessage,
  formatDuration,
  parseDuration,
  tenantsFile,
} from '../../shared/core/schemas.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/core/time.ts';
import { FABRIKAM, FULL } from './registry/sample-file.ts';

describe('a duration', () => {
  test.each<[string, number]>([
    ['40s', 40 * SECOND],
    ['15m', 15 * MINUTE],
    ['6h', 6 * HOUR],
    ['7d', 7 * DAY],
    ['0s', 0],
    [' 6h ', 6 * HOUR],
    ['999999999d', 999_999_999 * DAY],
  ])('%s', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  test.each(['', '6', 'h', '6 h', '6H', '-6h', '1.5h', '6h30m', '1w', '1234567890s', 'x6h', '6hx'])(
    'not %j',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  test('is written in the largest unit that takes no fraction', () => {
    const written = [0, SECOND, 90 * SECOND, 90 * MINUTE, 36 * HOUR, 14 * DAY].map(formatDuration);
    expect(written).toEqual(['0d', '1s', '90s', '90m', '36h', '14d']);
  });

  test('reads back as it was written, and is never written longer', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.constantFrom(...'smhd'), (count, unit) => {
        const milliseconds = parseDuration(`${count}${unit}`)!;
        const written = formatDuration(milliseconds);
        expect(parseDuration(written)).toBe(milliseconds);
        expect(written.length).toBeLessThanOrEqual(`${count}${unit}`.length);
      }),
      { seed: 80, numRuns: 300 },
    );
  });
});

describe('queue messages', () => {
  const tenant = {
    ...{ id: FABRIKAM, name: 'Fabrikam GmbH', domains: ['fabrikam.example'], cloud: 'global', channels: ['ops'] },
    ...{ escalation: { channels: ['boss'], after: 4 * HOUR }, registeredAt: '2026-11-02T09:00:00.000Z' },
  };
  const check = { schema: 1, runId: 'run-1', tenant };

  test('a check carries the tenant', () => {
    expect(checkMessage.parse(check)).toEqual(check);
    expect(checkMessage.parse({ ...check, tenant: { ...tenant, escalation: null } }).tenant.escalation).toBeNull();
  });

  test('a delivery is a hint for one channel', () => {
    expect(deliveryMessage.parse({ schema: 1, channel: 'ops' })).toEqual({ schema: 1, channel: 'ops' });
  });

  test.each<[string, object]>([
    ['another schema version', { ...check, schema: 2 }],
    ['no run', { ...check, runId: '' }],
    ['an endless run', { ...check, runId: 'r'.repeat(101) }],
    ['an unknown key', { ...check, dequeueCount: 1 }],
    ['no tenant', { schema: 1, runId: 'run-1' }],
    ['a tenant without id', { ...check, tenant: { ...tenant, id: 'fabrikam' } }],
    ['a tenant with an unknown key', { ...check, tenant: { ...tenant, colour: 'red' } }],
    ['a tenant with six domains', { ...check, tenant: { ...tenant, domains: Array(6).fill('a.example') } }],
    ['a moment that is none', { ...check, tenant: { ...tenant, registeredAt: 'yesterday' } }],
    ['an escalation of the past', { ...check, tenant: { ...tenant, escalation: { channels: ['boss'], after: -1 } } }],
    ['an escalation in fractions', { ...check, tenant: { ...tenant, escalation: { channels: ['boss'], after: 0.5 } } }],
  ])('a check with %s is refused', (_, message) => expect(checkMessage.safeParse(message).success).toBe(false));

  test.each<[string, object]>([
    ['another schema version', { schema: 2, channel: 'ops' }],
    ['a channel that cannot be one', { schema: 1, channel: 'OPS!' }],
    ['an unknown key', { schema: 1, channel: 'ops', url: 'https://x.example' }],
  ])('a delivery with %s is refused', (_, message) => expect(deliveryMessage.safeParse(message).success).toBe(false));
});

describe('docs/tenants.schema.json', () => {
  const published = JSON.parse(readFileSync(join(__dirname, '../../docs/tenants.schema.json'), 'utf8'));

  test('says what the program checks', () => {
    const { title, ...schema } = published;
    expect(schema).toEqual(z.toJSONSchema(tenantsFile, { io: 'input' }));
  });

  test('is a JSON Schema by which an editor accepts the full file and refuses a wrong one', () => {
    const validate = new Ajv2020({ strict: false }).compile(published);
    expect(validate(FULL)).toBe(true);
    expect(validate({ ...FULL, tenants: [{ id: 'x', name: 'y' }] })).toBe(false);
    expect(validate({ ...FULL, tenant: [] })).toBe(false);
  });
});
