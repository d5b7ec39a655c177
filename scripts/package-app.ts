import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { collectFiles, settleSbom, zipFiles } from './pack-files.ts';

// The package for Flex Consumption, as a zip for the pipelines and as a folder for azd, with its bill of materials beside it.
const FOLDER = 'dist/app';
const ZIP = 'dist/direct-send-watch.zip';
const SBOM = 'dist/direct-send-watch.cdx.json';

const files = collectFiles('.');
rmSync(FOLDER, { recursive: true, force: true });
for (const [path, bytes] of files) {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
  writeFileSync(join(FOLDER, path), bytes);
}
const zip = zipFiles(files);
writeFileSync(ZIP, zip);
const written = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const sbom = settleSbom(written, JSON.parse(readFileSync('package.json', 'utf8')));
writeFileSync(SBOM, sbom);

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024).toLocaleString('en')} KB`;
for (const [path, bytes] of files) console.log(`${path.padEnd(20)} ${kilobytes(bytes.length).padStart(10)}`);
console.log(`${ZIP}  ${kilobytes(zip.length)}  sha256 ${createHash('sha256').update(zip).digest('hex')}`);
console.log(`${SBOM}  ${JSON.parse(sbom).components.length} components`);
