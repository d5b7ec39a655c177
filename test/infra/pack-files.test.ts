import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { collectFiles, settleSbom, zipFiles } from '../../scripts/pack-files.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'package-'));
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/main.cjs'), 'exports.started = true;');
  writeFileSync(join(root, 'dist/main.cjs.map'), '{}');
  writeFileSync(join(root, 'dist/dsw.cjs'), 'the command line');
  writeFileSync(join(root, 'host.json'), '{"version":"2.0"}');
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'app', version: '1.2.3', license: 'MIT', type: 'module', dependencies: { left: '1' } }),
  );
});

afterEach(() => rmSync(root, { recursive: true }));

test('the package holds what runs and nothing else', () => {
  expect([...collectFiles(root).keys()].sort()).toEqual([
    'dist/main.cjs',
    'dist/main.cjs.map',
    'host.json',
    'package.json',
  ]);
});

test('its package.json names the entry that the worker loads and asks for no installation', () => {
  const manifest = JSON.parse(new TextDecoder().decode(collectFiles(root).get('package.json')));
  expect(manifest).toEqual({ name: 'app', version: '1.2.3', license: 'MIT', private: true, main: 'dist/main.cjs' });
});

test('the zip holds the files as they are', () => {
  const files = collectFiles(root);
  expect(unzipSync(zipFiles(files))).toEqual(Object.fromEntries(files));
});

test('the zip has the same bytes in whatever order the files come', () => {
  const files = collectFiles(root);
  expect(zipFiles(new Map([...files].reverse()))).toEqual(zipFiles(files));
});

test('the zip says a fixed time, not that of its making', () => {
  const zip = zipFiles(collectFiles(root));
  const view = new DataView(zip.buffer, zip.byteOffset);
  const date = view.getUint16(12, true);
  expect({ year: 1980 + (date >> 9), month: (date >> 5) & 15, day: date & 31, time: view.getUint16(10, true) }).toEqual(
    { year: 1980, month: 1, day: 1, time: 0 },
  );
});

test('without a build it says what to run', () => {
  rmSync(join(root, 'dist/main.cjs'));
  expect(() => collectFiles(root)).toThrow('dist/main.cjs is not there; run "npm run build" first');
});

test('the bill of materials keeps what runs, also what tools need as well, and loses its time', () => {
  const written = JSON.stringify({
    bomFormat: 'CycloneDX',
    serialNumber: 'urn:uuid:1',
    metadata: { timestamp: 'now', component: { 'bom-ref': 'app@1', type: 'library', name: 'folder', version: '1' } },
    components: ['zod@4', 'jest@30', 'shared@1', 'glob@1'].map((ref) => ({ 'bom-ref': ref })),
    dependencies: [
      { ref: 'app@1', dependsOn: ['zod@4', 'jest@30'] },
      { ref: 'zod@4', dependsOn: ['shared@1'] },
      { ref: 'jest@30', dependsOn: ['shared@1', 'glob@1'] },
      { ref: 'shared@1' },
      { ref: 'glob@1', dependsOn: [] },
    ],
  });
  const manifest = { name: 'app', dependencies: { zod: '4' } };
  expect(JSON.parse(settleSbom(written, manifest))).toEqual({
    bomFormat: 'CycloneDX',
    metadata: { component: { 'bom-ref': 'app@1', type: 'application', name: 'app', version: '1' } },
    components: [{ 'bom-ref': 'zod@4' }, { 'bom-ref': 'shared@1' }],
    dependencies: [
      { ref: 'app@1', dependsOn: ['zod@4'] },
      { ref: 'zod@4', dependsOn: ['shared@1'] },
      { ref: 'shared@1', dependsOn: [] },
    ],
  });
  expect(() => settleSbom('{"spdxVersion":"2.3"}', manifest)).toThrow('did not give a CycloneDX document');
});
