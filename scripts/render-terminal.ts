import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { escapeHtml } from '../shared/core/alerts/escape-text.ts';
import { FONTS_DRAWN, japaneseFont } from './japanese-font.ts';
import { startChromium } from './start-chromium.ts';

/** Plays the demonstration and photographs what it prints: `npm run picture` writes docs/pictures/terminal.png. */
const TARGET = 'docs/pictures/terminal.png';
const LINES = 46;
const COLOURS: Readonly<Record<string, string>> = {
  '1': 'font-weight:700',
  '2': 'opacity:.65',
  '31': 'color:#ff7b72',
  '32': 'color:#56d364',
  '33': 'color:#e3b341',
  '36': 'color:#79c0ff',
};

const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: '110' };
const { stdout, status } = spawnSync(process.execPath, ['dist/dsw.cjs', 'demo'], { encoding: 'utf8', env });
if (status !== 0) throw new Error(`the demonstration ended with ${status}`);
const shown = stdout.split('\n').slice(0, LINES).join('\n');
const page = `<!doctype html><meta charset="utf-8"><style>${await japaneseFont()}</style><body style="margin:0;background:#0d1117"><pre id="t" style="margin:0;padding:18px 22px;color:#e6edf3;background:#0d1117;font:13px/1.45 'DejaVu Sans Mono','Noto Sans JP Variable',monospace;width:max-content">${toHtml(`$ npm start\n\n${shown}`)}</pre>`;
const browser = await startChromium();
const tab = await browser.newPage({ deviceScaleFactor: 1 });
await tab.setContent(page);
await tab.evaluate(FONTS_DRAWN);
writeFileSync(TARGET, await tab.locator('#t').screenshot());
await browser.close();
process.stdout.write(`${TARGET} written\n`);

/** The colours of a terminal as HTML; only the few that the program uses. */
function toHtml(text: string): string {
  let open = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character.
  const html = text.split(/\u001b\[(\d+)m/).map((part, at) => {
    if (at % 2 === 0) return escapeHtml(part).replace(/[\u2e80-\uffef]+/g, inTwoColumns);
    const style = COLOURS[part];
    if (style !== undefined) {
      open += 1;
      return `<span style="${style}">`;
    }
    if (open === 0) return '';
    open -= 1;
    return '</span>';
  });
  return html.join('') + '</span>'.repeat(open);
}

/** Terminals give each of these letters two columns; the fonts of a browser do not quite. Named here, because the first font of the list draws boxes. */
function inTwoColumns(letters: string): string {
  const drawn = `<span style="font-family:'Noto Sans JP Variable';line-height:1">${letters}</span>`;
  return `<span style="display:inline-block;width:${letters.length * 2}ch">${drawn}</span>`;
}
