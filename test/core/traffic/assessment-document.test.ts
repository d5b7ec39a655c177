import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSESSMENTS } from '../../../shared/core/traffic/assessed-source.ts';
import { REASON_CODES } from '../../../shared/core/traffic/reason-words.ts';

const DOCUMENT = readFileSync(join(process.cwd(), 'docs/assessment.md'), 'utf8');

describe('docs/assessment.md', () => {
  test('explains every reason and every assessment', () => {
    expect([...REASON_CODES, ...ASSESSMENTS].filter((code) => !DOCUMENT.includes(`\`${code}\``))).toEqual([]);
  });

  test('explains no reason that is not given', () => {
    const named = [...DOCUMENT.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \| [+−]/gm)].flatMap(([, codes = '']) =>
      [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code),
    );
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((code) => !(REASON_CODES as readonly string[]).includes(code))).toEqual([]);
  });
});
