import { type Paint, plain } from '../terminal/terminal.ts';

/** A posted card as the simulated Teams kept it: as much of its shape as is shown here. */
interface CardElement {
  readonly type?: string;
  readonly style?: string;
  readonly text?: string;
  readonly items?: readonly CardElement[];
  readonly columns?: readonly CardElement[];
}

const MOST_FACTS = 8;
const NARROWEST = 40;
const WIDEST = 110;

/** Draws a card that arrived as a box in the terminal, from the card itself. */
export function showCard(card: { readonly body?: readonly CardElement[] }, paint: Paint, width: number): string {
  const body = card.body ?? [];
  const banner = body.find((element) => element.type === 'Container');
  const colour = banner?.style === 'attention' ? paint.red : banner?.style === 'good' ? paint.green : paint.yellow;
  const [headline = '', impact = ''] = (banner?.items ?? []).map((item) => plain(item.text ?? '', 500));
  const facts = body
    .filter((element) => element.type === 'ColumnSet')
    .slice(0, MOST_FACTS)
    .map(({ columns = [] }) => columns.map((column) => plain(column.items?.[0]?.text ?? '', 300)).join(': '));
  const room = Math.max(NARROWEST, Math.min(width, WIDEST) - 4);
  const lines = [
    ...wrap(headline, room).map((line) => paint.bold(line)),
    ...wrap(impact, room),
    ...facts.flatMap((fact) => wrap(fact, room).map((line) => paint.dim(line))),
  ];
  const bar = colour('┃');
  return lines.map((line) => `  ${bar} ${line}`).join('\n');
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > room) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
