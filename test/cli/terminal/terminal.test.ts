import { openProgress, paintFor, plain, renderTable, type Terminal } from '../../../cli/terminal/terminal.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';

const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function openTerminal(isScreen: boolean, width = 80) {
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  const terminal: Terminal = { out: write, err: write, outIsScreen: isScreen, errIsScreen: isScreen, width };
  return { terminal, written };
}

describe('colours', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  test.each([
    ['a screen', true, {}, true],
    ['a pipe', false, {}, false],
    ['a screen, NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['a pipe, FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['both asked for', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('%s', (_, isScreen, env, coloured) => {
    const { NO_COLOR: _no, FORCE_COLOR: _force, ...rest } = before;
    process.env = { ...rest, ...env };
    expect(paintFor(openTerminal(isScreen).terminal).red('x') !== 'x').toBe(coloured);
  });
});

test('no hostile text brings a control character or a reversal onto a line', () => {
  expect(HOSTILE_TEXTS.map(({ text }) => plain(text)).filter((text) => CONTROLS.test(text))).toEqual([]);
});

test('a table is as wide as its contents, wide characters counted, without blanks at the end of a line', () => {
  const paint = paintFor(openTerminal(false).terminal);
  const table = renderTable(
    ['NAME', 'WHAT'],
    [
      ['青空商事', 'one'],
      ['Fabrikam', 'two\nlines'],
      ['', ''],
    ],
    paint,
  );
  expect(table).toBe(['NAME      WHAT', '青空商事  one', 'Fabrikam  two', '          lines', ''].join('\n'));
});

describe('progress', () => {
  test('nothing is written into a pipe', () => {
    const { terminal, written } = openTerminal(false);
    const progress = openProgress(terminal, 'checking');
    progress.update(1, 2);
    progress.end();
    expect(written).toEqual([]);
  });

  test('a bar that fills, is drawn again only when it changed, fits the screen and is wiped', () => {
    const { terminal, written } = openTerminal(true, 60);
    const progress = openProgress(terminal, 'checking');
    for (const done of [0, 1, 1, 2]) progress.update(done, 2);
    progress.end();
    expect(written.slice(0, -1).map((line) => line.match(/\d\/\d/)?.[0])).toEqual(['0/2', '1/2', '2/2']);
    expect(written[2]).toMatch(/^\rchecking █{32} 2\/2$/);
    expect(Math.max(...written.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });
});
