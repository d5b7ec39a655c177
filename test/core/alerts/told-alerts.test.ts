import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertsOfEveryKind } from '../../support/alerts-of-every-kind.ts';
import { tellByName } from './tell-by-name.ts';

/** Blocks of a text by the name in their first line. */
function readBlocks(file: string): ReadonlyMap<string, string> {
  const blocks = readFileSync(join(__dirname, file), 'utf8').split(/^## /m).slice(1);
  return new Map(
    blocks.map((block) => [block.slice(0, block.indexOf('\n')), block.slice(block.indexOf('\n') + 1).trim()]),
  );
}

const APPROVED = readBlocks('told-alerts.txt');
const SAMPLES = alertsOfEveryKind();
const ROOMY = { text: 300, rows: 10, optional: true };
const TIGHT = { text: 300, rows: 1, optional: false };

test.each(SAMPLES.map((sample) => [sample.name, sample] as const))('%s says what was approved', (name, sample) => {
  expect(tellByName(sample, ROOMY, 'Helsinki')).toBe(APPROVED.get(name));
});

test.each(SAMPLES.map((sample) => [sample.name, sample] as const))(
  '%s says what was approved where there is hardly any room, in UTC alone',
  (name, sample) => {
    expect(tellByName(sample, TIGHT, null)).toBe(APPROVED.get(`${name}, short`));
  },
);

test('nothing is approved that no alert says', () => {
  expect([...APPROVED.keys()].sort()).toEqual(SAMPLES.flatMap(({ name }) => [name, `${name}, short`]).sort());
});
