import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { settleSbom } from '../../scripts/pack-files.ts';

/** The parts of CycloneDX 1.5 that readers of a bill of materials rely on. */
interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly ({ readonly license: object } | { readonly expression: string })[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const make = () =>
  settleSbom(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
    manifest,
  );
const text = make();
const bill: Bill = JSON.parse(text);

test('is a CycloneDX document about this application', () => {
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.[56]$/) });
  expect(bill.metadata.component).toMatchObject({
    type: 'application',
    name: manifest.name,
    version: manifest.version,
  });
});

test('names every package that runs, with origin, hash and licence, and none that only builds', () => {
  const names = new Set(bill.components.map(({ name }) => name));
  expect(Object.keys(manifest.dependencies).filter((name) => !names.has(name))).toEqual([]);
  expect(['jest', 'esbuild', 'azurite', 'typescript', '@biomejs/biome'].filter((name) => names.has(name))).toEqual([]);
  for (const { purl, version, hashes, licenses, name } of bill.components) {
    expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    expect(hashes?.[0]?.content).toMatch(/^[0-9a-f]{64,128}$/);
    expect([name, licenses?.length]).toEqual([name, 1]);
  }
});

test('every reference in it leads somewhere, and only once', () => {
  const references = [bill.metadata.component, ...bill.components].map((one) => one['bom-ref']);
  expect(new Set(references).size).toBe(references.length);
  const used = bill.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]);
  expect(used.filter((reference) => !references.includes(reference))).toEqual([]);
});

test('is the same whenever and wherever it is made', () => {
  expect(make()).toBe(text);
  expect(text).not.toContain(process.cwd());
  expect(text).not.toMatch(/"(timestamp|serialNumber)"/);
});
