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

/** The bill of materials without what differs from run to run: serial number, time, and the folder's name, which npm takes for the app's. */
export function settleSbom(text: string, app: string): string {
  const { serialNumber: _, ...sbom } = JSON.parse(text);
  const { timestamp: __, ...metadata } = sbom.metadata ?? {};
  if (sbom.bomFormat !== 'CycloneDX') throw new Error('npm sbom did not give a CycloneDX document');
  const component = { ...metadata.component, name: app };
  return `${JSON.stringify({ ...sbom, metadata: { ...metadata, component } }, null, 2)}\n`;
}
