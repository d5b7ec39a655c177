import { findSecrets } from '../../../shared/core/registry/find-secrets.ts';
import { FULL, lineOf, problemsOf } from './sample-file.ts';

/** Made up, each in the shape of its kind. */
const SECRETS: Readonly<Record<string, string>> = {
  'a signed workflow URL':
    'https://prod-01.westeurope.logic.azure.com/workflows/1/triggers/manual?api-version=1&sig=MARKER0815',
  'a shared access signature': '?sv=2026&sig=MARKER0815',
  'a connection string with a signature': 'BlobEndpoint=https://x.example;SharedAccessSignature=sv=MARKER0815',
  'a storage connection string': 'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=MARKER0815',
  'a webhook secret': 'whsec_MARKER0815MARKER0815MARKER0815',
  'a client secret': 'MAR8Q~KER0815-MARKER0815-MARKER0815~MARK',
};
const REFUSED = 'contains a secret; put it into an application setting or Key Vault and name that here';

/** Every place of a value, as a way to put something else there; keys stand before their values. */
type Place = { readonly what: string; readonly put: (secret: string) => unknown };

function placesOf(value: unknown, what = '', put: (changed: unknown) => unknown = (changed) => changed): Place[] {
  if (typeof value !== 'object' || value === null) return [{ what, put }];
  return Object.entries(value).flatMap(([key, one]) => {
    const rebuild = (name: string, changed: unknown) =>
      Array.isArray(value)
        ? value.with(Number(key), changed)
        : Object.fromEntries(Object.entries(value).map(([k, v]) => (k === key ? [name, changed] : [k, v])));
    const inside = placesOf(one, `${what}.${key}`, (changed) => put(rebuild(key, changed)));
    const asKey = { what: `the key ${what}.${key}`, put: (secret: string) => put(rebuild(secret, one)) };
    return Array.isArray(value) ? inside : [asKey, ...inside];
  });
}

const PLACES = placesOf(FULL);

describe.each(Object.entries(SECRETS))('%s', (_, secret) => {
  test.each(PLACES.map(({ what, put }) => [what, put] as const))('at %s is refused and not repeated', (_where, put) => {
    const problems = problemsOf(put(secret));
    expect(problems.filter((line) => line.endsWith(REFUSED))).toHaveLength(1);
    expect(problems.join('\n')).not.toMatch(/MARKER|MAR8Q/);
  });

  test('in a broken file is not repeated', () => {
    const broken = JSON.stringify({ ...FULL, $schema: secret }).slice(0, -1);
    expect(problemsOf(broken).join('\n')).not.toMatch(/MARKER|MAR8Q/);
  });
});

test.each(PLACES.filter(({ what }) => !what.startsWith('the key')).map(({ what, put }) => [what, put] as const))(
  'no value is repeated, whatever it is: at %s',
  (_, put) => {
    for (const value of ['marker-0815', 'MARKER 0815', 'marker@0815', 815_000_815]) {
      expect(problemsOf(put(value as string)).join('\n')).not.toMatch(/0815/);
    }
  },
);

test('there is a place for every key and value of the full file', () => {
  expect(PLACES.length).toBeGreaterThan(60);
});

test('every secret is found, not only the first', () => {
  const url = SECRETS['a signed workflow URL']!;
  expect(findSecrets({ a: [url, { b: url }], c: 'harmless' }).map(lineOf)).toEqual([
    `a[0]: ${REFUSED}`,
    `a[1].b: ${REFUSED}`,
  ]);
});

test.each([
  'DSW_CHANNEL_OPS_URL',
  'siem-secret-2025',
  'https://watch.example/tenants.schema.json?design=1',
  '3d1c5a8e-6f0b-4b7a-9c2d-1e2f3a4b5c6d',
  'Whsec GmbH',
  '8Q~ Consulting',
  'the prefix whsec_ of webhook secrets',
  'of MAR8Q~KER0815-MARKER0815-MARKER0815~MARK',
  'MAR8Q~KER0815-MARKER0815-MARKER0815~MARK and',
])('an ordinary text is none: %s', (text) => expect(findSecrets({ text, [text]: 1 })).toEqual([]));
