import { showCard } from '../../../cli/demo/show-card.ts';
import { paintFor } from '../../../cli/terminal/terminal.ts';
import { renderCard } from '../../../shared/core/alerts/render-card.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { cardOf } from '../../support/validate-card.ts';

const write = () => {};
const paint = paintFor({ out: write, err: write, outIsScreen: false, errIsScreen: false, width: 80 });

/** A sample as the terminal shows its card. */
function show(name: string, width: number): string {
  const sample = alertsOfEveryKind().find((one) => one.name === name)!;
  return showCard(cardOf(renderCard(sample.alert, contextOf(sample, 'en'))), paint, width);
}

test('the first line carries the story, every line stays within the box', () => {
  const lines = show('drifted', 80).split('\n');
  expect(lines[0]).toMatch(/^ {2}┃ .*Fabrikam GmbH/);
  for (const line of lines) expect(line.startsWith('  ┃ ') && line.length <= 80).toBe(true);
});

test('facts are shown with their titles, and not too many of them', () => {
  const lines = show('drifted', 110).split('\n');
  expect(lines.some((line) => /┃ Customer: Fabrikam GmbH/.test(line))).toBe(true);
  expect(lines.length).toBeLessThan(20);
});

test('a narrow screen breaks between words, and never below forty columns', () => {
  const words = (text: string) =>
    text
      .replace(/ {2}┃ |\n/g, ' ')
      .split(/\s+/)
      .filter(Boolean);
  expect(words(show('recovered', 30))).toEqual(words(show('recovered', 110)));
  expect(show('recovered', 30)).toBe(show('recovered', 40));
});
