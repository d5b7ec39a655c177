import fc from 'fast-check';
import { exportTenantsFile, mergeTenantsFile } from '../../../shared/core/registry/merge-tenants-file.ts';
import { NO_DEFAULTS, type RegisteredTenant } from '../../../shared/core/registry/tenant.ts';
import { CLOUDS, LANGUAGES, type TenantsFile } from '../../../shared/core/schemas.ts';
import { accepted, FULL } from './sample-file.ts';

const NOW = '2026-11-20T09:14:05.000Z';
const CHANNELS = Object.keys(FULL.channels!);

const absent = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const letters = fc.string({ unit: fc.constantFrom(...'abcXYZ019'), minLength: 1, maxLength: 20 });
const reference = fc.oneof(
  letters.map((name) => ({ setting: `A_${name}` })),
  letters.map((name) => ({ vaultSecret: `a-${name}` })),
);
const spoken = {
  language: absent(fc.constantFrom(...LANGUAGES)),
  timeZone: absent(fc.constantFrom('UTC', 'Asia/Tokyo')),
};
const channel = fc.oneof(
  fc.record({ type: fc.constant('teams-workflow' as const), url: reference, ...spoken }),
  fc.record({
    type: fc.constant('webhook' as const),
    url: reference,
    secret: reference,
    previousSecret: absent(reference),
  }),
  fc.record({
    type: fc.constant('email' as const),
    from: fc.constant('a@b.example'),
    to: fc.constant(['c@d.example']),
    ...spoken,
  }),
);
const escalation = {
  escalateTo: absent(fc.subarray(CHANNELS, { minLength: 1 })),
  escalateAfter: absent(
    fc
      .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.constantFrom(...'smhd'))
      .map(([count, unit]) => `${count}${unit}`),
  ),
};
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => /\S/.test(text) && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));
const tenant = fc.record({
  id: fc.mixedCase(fc.uuid()),
  name,
  domains: absent(fc.array(fc.mixedCase(fc.domain()), { maxLength: 7 })),
  cloud: absent(fc.constantFrom(...CLOUDS)),
  channels: absent(fc.subarray(CHANNELS)),
  ...escalation,
});
const tenantsFile: fc.Arbitrary<TenantsFile> = fc
  .record({
    channels: fc.record(Object.fromEntries(CHANNELS.map((id) => [id, channel]))),
    defaults: absent(
      fc.record({
        channels: absent(fc.subarray(CHANNELS)),
        fallback: absent(fc.constantFrom(...CHANNELS)),
        ...escalation,
      }),
    ),
    tenants: fc.uniqueArray(tenant, { maxLength: 8, selector: ({ id }) => id.toLowerCase() }),
  })
  // What is undefined is not in a file at all.
  .map((file) => JSON.parse(JSON.stringify(file)));

/** The registry as the rows of a merged file make it, and the file that it is exported as. */
function store(file: TenantsFile, known: readonly RegisteredTenant[] = []) {
  const change = mergeTenantsFile(file, 'import', new Map(known.map((one) => [one.id, one])), NOW);
  return { change, exported: exportTenantsFile(change.tenants, change.channels, change.defaults ?? NO_DEFAULTS) };
}

test('what is exported is accepted again, and says what was imported', () => {
  fc.assert(
    fc.property(tenantsFile, (written) => {
      const first = store(accepted(written).file);
      const again = accepted(JSON.stringify(first.exported, null, 2)).file;
      expect(again).toEqual(first.exported);
      const second = store(again, first.change.tenants);
      expect(second.exported).toEqual(first.exported);
      expect(second.change).toEqual({ ...first.change, defaults: first.change.defaults ?? NO_DEFAULTS });
    }),
    { seed: 70, numRuns: 100 },
  );
});
