import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The style sheet of a Japanese web font with its files inlined, or nothing when a font is to come from the machine. */
export async function japaneseFont(): Promise<string> {
  const require = createRequire(join(process.cwd(), 'package.json'));
  let sheet: string;
  try {
    sheet = require.resolve('@fontsource-variable/noto-sans-jp/index.css');
  } catch {
    console.warn(
      'No Japanese web font is installed: Japanese cards need a font of the machine, or their letters are missing.',
    );
    return '';
  }
  const css = await readFile(sheet, 'utf8');
  let inlined = '';
  for (const piece of css.split(/(?=url\()/)) {
    const file = /^url\(\.\/([^)]+)\)/.exec(piece)?.[1];
    const path = file === undefined ? null : join(dirname(sheet), file);
    if (path === null || !existsSync(path)) inlined += piece;
    else inlined += piece.replace(/^url\([^)]+\)/, `url(data:font/woff2;base64,${await readFile(path, 'base64')})`);
  }
  return inlined;
}

/** A web font is fetched letter by letter as text is laid out; asking for all letters first leaves no picture with gaps. */
export const FONTS_DRAWN = `Promise.all(
  [400, 600].map((weight) => document.fonts.load(weight + " 14px 'Noto Sans JP Variable'", document.body.innerText)),
).then(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))`;
