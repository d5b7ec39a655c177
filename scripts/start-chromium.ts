import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

/**
 * Starts the Chromium that an npm package carries. It needs nothing from the machine but glibc: the libraries that a plain
 * Debian lacks (NSS, NSPR, expat) and a Latin font come with the package. Throws with the reason when it cannot start.
 */
export async function startChromium(from: string = process.cwd()): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The packaged Chromium runs on Linux x64 only, this is ${process.platform} ${process.arch}.`);
  }
  const home = await unpackOnce(dirname(createRequire(join(from, 'package.json')).resolve('@sparticuz/chromium')));
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    // Containers and CI run as root without user namespaces; the pages shown are ours and load nothing from outside.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: {
      ...definedOnly(process.env),
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(home, 'fonts'),
      HOME: home,
    },
  });
}

/** Unpacks into a directory of its own and renames it, so that test workers that start at once never see half a browser. */
async function unpackOnce(entry: string): Promise<string> {
  const root = join(entry, '..', '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const home = join(tmpdir(), `direct-send-watch-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(home)) return home;
  const fresh = await mkdtemp(`${home}-`);
  const packed = (name: string) => join(root, 'bin', name);
  await decompress(packed('chromium.br'), join(fresh, 'chromium'), 0o755);
  await untar(packed('al2023.tar.br'), join(fresh, 'al2023'));
  await untar(packed('fonts.tar.br'), join(fresh, 'fonts'));
  await writeFile(join(fresh, 'fonts', 'fonts.conf'), describeFonts(home));
  await rename(fresh, home).catch(async (error: NodeJS.ErrnoException) => {
    await rm(fresh, { recursive: true });
    if (!existsSync(home)) throw error;
  });
  return home;
}

/** The package's own font, and whatever fonts the machine has. */
function describeFonts(home: string): string {
  const directories = [join(home, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const listed = directories.map((directory) => `<dir>${directory}</dir>`).join('');
  const mono = '<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>';
  return `<?xml version="1.0"?><fontconfig>${listed}${mono}<cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>\n`;
}

async function decompress(file: string, target: string, mode: number): Promise<void> {
  await pipeline(createReadStream(file), createBrotliDecompress(), createWriteStream(target, { mode }));
}

async function untar(file: string, directory: string): Promise<void> {
  const archive = `${directory}.tar`;
  await decompress(file, archive, 0o644);
  await mkdir(directory);
  const [code] = await once(spawn('tar', ['-xf', archive, '-C', directory], { stdio: 'inherit' }), 'close');
  if (code !== 0) throw new Error(`tar could not unpack ${file} (exit code ${code}).`);
  await rm(archive);
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
