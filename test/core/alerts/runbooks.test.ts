import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ALERT_KINDS } from '../../../shared/core/alerts/alert.ts';

const FOLDER = join(__dirname, '..', '..', '..', 'docs', 'alerts');

test('every kind of alert has its runbook, and no runbook is left over', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(ALERT_KINDS.map((kind) => `${kind}.md`).sort());
});

test.each(ALERT_KINDS)('%s says what it means, what to do and what it does not mean', (kind) => {
  const text = readFileSync(join(FOLDER, `${kind}.md`), 'utf8');
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(['What it means', 'What to do now', 'What it does not mean']);
  expect(text).toContain(`\`${kind}\``);
  for (const [, target] of text.matchAll(/\]\(([^)#]+)\)/g))
    expect(existsSync(join(dirname(join(FOLDER, kind)), target!))).toBe(true);
});
