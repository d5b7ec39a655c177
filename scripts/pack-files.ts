import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** Files of the deployed app by their path in the package. */
export type PackedFiles = ReadonlyMap<string, Uint8Array>;

const BUNDLE = 'dist/main.cjs';

/** A moment that a zip file can say in every time zone: its fields are local ones. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Readable by everyone, written by the owner; in the upper half, as Unix zip tools do. */
const FILE_MODE = 0o644 << 16;
const UNIX = 3;

/** Collects what runs in Azure and nothing else: the bundle, its map, the host's settings, and a package.json that names the entry. */
export function collectFiles(root: string): PackedFiles {
  if (!existsSync(join(root, BUNDLE))) throw new Error(`${BUNDLE} is not there; run "npm run build" first`);
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = { name, version, license, private: true, main: BUNDLE };
  const read = (path: string): [string, Uint8Array] => [path, new Uint8Array(readFileSync(join(root, path)))];
  const own: [string, Uint8Array] = [
    'package.json',
    new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
  ];
  return new Map([read(BUNDLE), read(`${BUNDLE}.map`), read('host.json'), own]);
}

/** A zip file with the same bytes for the same files, whenever and wherever it is made. */
export function zipFiles(files: PackedFiles): Uint8Array {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  const options = { mtime: FIXED_TIME, level: 9, os: UNIX, attrs: FILE_MODE } as const;
  return zipSync(Object.fromEntries(sorted.map(([path, bytes]) => [path, [bytes, options]])));
}

/** What of package.json the bill of materials is about. */
interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Needs {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

/**
 * The bill of materials of what runs, from npm's of everything: the dependencies and what they need. (npm's own `--omit dev` also
 * leaves out what tools and the app both need.) Without what differs from run to run: serial number, time, and the folder's
 * name, which npm takes for the app's; npm calls every package a library.
 */
export function settleSbom(text: string, manifest: Manifest): string {
  const { serialNumber: _, ...sbom } = JSON.parse(text);
  if (sbom.bomFormat !== 'CycloneDX') throw new Error('npm sbom did not give a CycloneDX document');
  const { timestamp: __, ...metadata } = sbom.metadata ?? {};
  const root: string = metadata.component['bom-ref'];
  const all: readonly Needs[] = sbom.dependencies;
  const isOurs = (ref: string) => manifest.dependencies[ref.slice(0, ref.lastIndexOf('@'))] !== undefined;
  const needs = new Map(
    all.map(({ ref, dependsOn = [] }) => [ref, ref === root ? dependsOn.filter(isOurs) : dependsOn] as const),
  );
  const running = new Set([root]);
  for (const ref of running) for (const needed of needs.get(ref) ?? []) running.add(needed);
  const components = sbom.components.filter((one: { 'bom-ref': string }) => running.has(one['bom-ref']));
  const dependencies = [...needs].filter(([ref]) => running.has(ref)).map(([ref, dependsOn]) => ({ ref, dependsOn }));
  const component = { ...metadata.component, type: 'application', name: manifest.name };
  return `${JSON.stringify({ ...sbom, metadata: { ...metadata, component }, components, dependencies }, null, 2)}\n`;
}
