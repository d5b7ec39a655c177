import Table from 'cli-table3';
import pc from 'picocolors';
import { escapeTerminal } from '../../shared/core/alerts/escape-text.ts';

/** Where a command writes. Results go to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether results and messages go to a person's screen, each by itself. */
  readonly outIsScreen: boolean;
  readonly errIsScreen: boolean;
  /** Columns of the screen. */
  readonly width: number;
}

export type Paint = ReturnType<typeof pc.createColors>;

/** Colours on a screen, plain text elsewhere; NO_COLOR and FORCE_COLOR say otherwise, as in other programs. */
export function paintFor(terminal: Terminal): Paint {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return pc.createColors((terminal.outIsScreen || FORCE_COLOR !== undefined) && NO_COLOR === undefined);
}

/** One line of text from outside: no control sequences, no invisible characters, at most so many graphemes. */
export function plain(text: string, most = 200): string {
  return escapeTerminal(text, most);
}

/** A table without ruling, as wide as its contents. Cells must be safe already. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
  const corners = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' };
  const table = new Table({
    head: head.map((text) => paint.dim(text)),
    chars: { ...none, ...corners, right: '', 'right-mid': '', middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A progress bar on a person's screen; nothing elsewhere. */
export function openProgress(
  terminal: Terminal,
  label: string,
): { update(done: number, of: number): void; end(): void } {
  if (!terminal.errIsScreen) return { update() {}, end() {} };
  const room = Math.max(10, Math.min(40, terminal.width - label.length - 20));
  let shown = '';
  return {
    update(done, of) {
      const filled = of === 0 ? room : Math.floor((done / of) * room);
      const line = `\r${label} ${'█'.repeat(filled)}${'░'.repeat(room - filled)} ${done}/${of}`;
      if (line !== shown) terminal.err(line);
      shown = line;
    },
    end: () => terminal.err('\r\u001b[2K'),
  };
}

/** `1 tenant`, `2 tenants`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
