import {
  checkedTenant,
  exportTenantsFile,
  mergeTenantsFile,
} from '../../../shared/core/registry/merge-tenants-file.ts';
import { NO_DEFAULTS, type RegisteredTenant } from '../../../shared/core/registry/tenant.ts';
import { checkedTenant as checkedTenantSchema } from '../../../shared/core/schemas.ts';
import { HOUR, MINUTE } from '../../../shared/core/time.ts';
import { accepted, CONTOSO, FABRIKAM, FULL } from './sample-file.ts';

const LONG_AGO = '2025-01-01T00:00:00.000Z';
const NOW = '2026-11-20T09:14:05.000Z';
const merge = (file: unknown, known: readonly RegisteredTenant[] = []) =>
  mergeTenantsFile(accepted(file).file, 'import', new Map(known.map((tenant) => [tenant.id, tenant])), NOW);

const fabrikam: RegisteredTenant = {
  ...{ id: FABRIKAM, name: 'Fabrikam GmbH', domains: ['fabrikam.example', 'bücher.example'], cloud: 'gcc' },
  ...{ channels: ['ops', 'siem'], escalateTo: ['boss'], escalateAfter: 90 * MINUTE },
  ...{ origin: 'import', registeredAt: NOW, retiredAt: null },
};
const contoso: RegisteredTenant = {
  ...{ id: CONTOSO, name: 'Contoso Oy', domains: [], cloud: 'global', channels: null, escalateTo: null },
  ...{ escalateAfter: null, origin: 'import', registeredAt: NOW, retiredAt: null },
};
const defaults = { channels: ['ops'], fallback: 'siem', escalateTo: ['boss'], escalateAfter: 4 * HOUR };

describe('merging a file', () => {
  test('registers its tenants, channels and defaults', () => {
    const { tenants, channels, defaults: merged } = merge(FULL);
    expect(tenants).toEqual([fabrikam, contoso]);
    expect(channels).toEqual(Object.entries(FULL.channels!).map(([id, channel]) => ({ ...channel, id })));
    expect(merged).toEqual(defaults);
  });

  test('takes nothing for granted that the file does not say', () => {
    expect(merge({ tenants: [], defaults: {} })).toEqual({ tenants: [], channels: [], defaults: NO_DEFAULTS });
    expect(merge({ tenants: [] })).toEqual({ tenants: [], channels: [], defaults: null });
  });

  test('writes domains in small letters', () => {
    const file = { tenants: [{ id: FABRIKAM, name: 'x', domains: ['Fabrikam.Example', 'BÜCHER.example'] }] };
    expect(merge(file).tenants[0]?.domains).toEqual(['fabrikam.example', 'bücher.example']);
  });

  test('keeps when a tenant was registered, and nothing else of before', () => {
    const before: RegisteredTenant = {
      ...fabrikam,
      name: 'Old',
      cloud: 'dod',
      origin: 'deployment',
      registeredAt: LONG_AGO,
    };
    expect(merge(FULL, [before]).tenants[0]).toEqual({ ...fabrikam, registeredAt: LONG_AGO });
  });

  test('registers a retired tenant anew: it was not watched meanwhile', () => {
    const retired: RegisteredTenant = { ...fabrikam, registeredAt: LONG_AGO, retiredAt: LONG_AGO };
    expect(merge(FULL, [retired]).tenants[0]).toEqual(fabrikam);
  });

  test('notes where the tenant comes from', () => {
    const { file } = accepted(FULL);
    expect(mergeTenantsFile(file, 'deployment', new Map(), NOW).tenants[0]?.origin).toBe('deployment');
  });

  test('twice changes nothing', () => {
    const once = merge(FULL);
    expect(merge(FULL, once.tenants)).toEqual(once);
  });
});

describe('a tenant as a check needs it', () => {
  test('has what it says itself', () => {
    const { escalateTo, escalateAfter, origin, retiredAt, ...rest } = fabrikam;
    const escalation = { channels: ['boss'], after: 90 * MINUTE };
    expect(checkedTenant(fabrikam, { ...defaults, channels: ['other'], escalateTo: ['other'] })).toEqual({
      ...rest,
      escalation,
    });
  });

  test('has the defaults for what it does not say', () => {
    const checked = checkedTenant(contoso, defaults);
    expect([checked.channels, checked.escalation]).toEqual([['ops'], { channels: ['boss'], after: 4 * HOUR }]);
  });

  test('is silent when it says so, whatever the defaults', () => {
    expect(checkedTenant({ ...contoso, channels: [] }, defaults).channels).toEqual([]);
    expect(checkedTenant({ ...contoso, escalateTo: [] }, defaults).escalation).toBeNull();
  });

  test('does not escalate without a time or without anybody', () => {
    expect(checkedTenant(contoso, { ...defaults, escalateAfter: null }).escalation).toBeNull();
    expect(checkedTenant(contoso, { ...defaults, escalateTo: [] }).escalation).toBeNull();
    expect(checkedTenant(contoso, NO_DEFAULTS)).toMatchObject({ channels: [], escalation: null });
  });

  test('may escalate at once', () => {
    expect(checkedTenant({ ...fabrikam, escalateAfter: 0 }, defaults).escalation?.after).toBe(0);
  });

  test('carries the first five domains, and fits into a queue message', () => {
    const many = { ...fabrikam, domains: Array.from({ length: 9 }, (_, at) => `d${at}.example`) };
    const checked = checkedTenant(many, defaults);
    expect(checked.domains).toEqual(['d0.example', 'd1.example', 'd2.example', 'd3.example', 'd4.example']);
    expect(checkedTenantSchema.parse(checked)).toEqual(checked);
  });
});

describe('exporting the registry', () => {
  test('prints a file that says what was imported, and what the defaults made of it', () => {
    const { tenants, channels, defaults: merged } = merge(FULL);
    const { $schema, ...rest } = FULL;
    const [first, second] = FULL.tenants;
    expect(exportTenantsFile(tenants, channels, merged!)).toEqual({
      ...rest,
      tenants: [first, { ...second, cloud: 'global' }],
    });
  });

  test('leaves out retired tenants and what was not said', () => {
    expect(exportTenantsFile([{ ...fabrikam, retiredAt: NOW }, contoso], [], NO_DEFAULTS)).toEqual({
      ...{ channels: {}, defaults: { channels: [] } },
      tenants: [{ id: CONTOSO, name: 'Contoso Oy', cloud: 'global' }],
    });
  });
});
