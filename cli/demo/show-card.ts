import { type Paint, plain } from '../terminal/terminal.ts';

/** A posted card as the simulated Teams kept it: as much of its shape as is shown here. */
interface CardElement {
  readonly type?: string;
  readonly style?: string;
  readonly text?: string;
  readonly items?: readonly CardElement[];
  readonly facts?: readonly { readonly title: string; readonly value: string }[];
}

const MOST_FACTS = 6;

/** Draws a card that arrived as a box in the terminal, from the card itself. */
export function showCard(card: { readonly body?: readonly CardElement[] }, paint: Paint, width: number): string {
  const body = card.body ?? [];
  const banner = body.find((element) => element.type === 'Container');
  const colour = banner?.style === 'attention' ? paint.red : banner?.style === 'good' ? paint.green : paint.yellow;
  const [headline, impact] = (banner?.items ?? []).map((item) => withoutEscapes(item.text ?? ''));
  const facts = body.flatMap((element) => element.facts ?? []).slice(0, MOST_FACTS);
  const room = Math.max(40, Math.min(width, 110) - 4);
  const lines = [
    ...wrap(headline ?? '', room).map((line) => paint.bold(line)),
    ...wrap(impact ?? '', room),
    ...facts.flatMap(({ title, value }) =>
      wrap(`${withoutEscapes(title)}: ${withoutEscapes(value)}`, room).map((line) => paint.dim(line)),
    ),
  ];
  const bar = colour('┃');
  return lines.map((line) => `  ${bar} ${line}`).join('\n');
}

/** The card's Markdown escapes are for Teams; a terminal shows the characters themselves. */
function withoutEscapes(text: string): string {
  return plain(text.replace(/\\([\\`*_{}[\]()#+\-.!~<>|@:])/g, '$1'), 500);
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
