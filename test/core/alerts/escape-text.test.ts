import fc from 'fast-check';
import {
  escapeCsv,
  escapeHtml,
  escapeMarkdown,
  escapeProse,
  escapeTerminal,
} from '../../../shared/core/alerts/escape-text.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { renderTeamsMarkdown } from '../../support/render-teams-markdown.ts';

const CASES = HOSTILE_TEXTS.map(({ tries, text }) => [tries, text.slice(0, 60), text] as const);
/** Renders as any Teams client might, and reads what a browser would then show; tags show that something was rendered. */
const shown = (text: string) => renderTeamsMarkdown(text).replaceAll('&amp;', '&');

describe('Markdown', () => {
  test.each(CASES)('%s: %j is shown as text', (_, __, text) => {
    const escaped = escapeMarkdown(text, 120);
    expect(shown(escaped)).toBe(escaped);
    expect(escaped).not.toMatch(/[[\]*~#<>`\\{}]|==|\w:\/\/|&#?\w+;/);
  });

  test('any text is shown as text', () => {
    const spice = fc.constantFrom(
      ...'[]()*_~#<>`\\{}!-+.:/@&=| \n1aé株',
      'https://',
      'www.',
      '.com',
      '<at>',
      '</at>',
      '**',
      '{{',
    );
    fc.assert(
      fc.property(fc.array(spice, { maxLength: 40 }), (pieces) => {
        const escaped = escapeMarkdown(pieces.join(''), 200);
        expect(shown(escaped)).toBe(escaped);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test('the stand-in for Teams does render what is not escaped', () => {
    for (const text of [
      '[a](https://b.example)',
      '**b**',
      '_i_',
      '<at>x</at>',
      'see www.evil.com',
      'evil.com',
      '# h',
      '- l',
      '1. l',
      '`c`',
    ]) {
      expect(shown(text)).not.toBe(text);
    }
  });

  test('the text stays readable', () => {
    expect(escapeMarkdown('[Click](https://evil.example)', 100)).toBe('［Click］(https［://］evil［.］example)');
    expect(escapeMarkdown('<at>Everyone</at>', 100)).toBe('＜at＞Everyone＜/at＞');
    expect(escapeMarkdown('AT&T (UK) Ltd - Finance', 100)).toBe('AT&T (UK) Ltd - Finance');
  });

  test('accounts and addresses stay as they are, to be copied', () => {
    for (const text of [
      'svc_sync@contoso.com',
      'jana.novak@fabrikam.example',
      '203.0.113.7',
      '2001:db8::7',
      'Get-OrganizationConfig',
      'v1.0',
    ]) {
      expect(escapeMarkdown(text, 100)).toBe(text);
    }
  });
});

describe('prose', () => {
  test.each([
    'evil.com',
    'www.evil.com/x',
    'HTTPS://EVIL.EXAMPLE',
    'ceo@evil.com/x',
    'mailto:x@evil.com',
    'https://user@evil.com',
  ])('%s is no link any more', (text) => {
    expect(escapeProse(text, 100)).toMatch(/\[(?:\.|:|:\/\/)\]/);
    expect(renderTeamsMarkdown(escapeProse(text, 100))).not.toContain('<a ');
  });
});

test.each(CASES)('HTML: %s: %j leaves no character that opens anything', (_, __, text) => {
  expect(escapeHtml(escapeProse(text, 120))).not.toMatch(/[<>"'`]|&(?!#\d+;)/);
});

test.each(CASES)('terminal: %s: %j leaves nothing that a terminal obeys', (_, __, text) => {
  expect(escapeTerminal(text, 120)).not.toMatch(/\p{Cc}/u);
});

describe('CSV', () => {
  test.each(CASES)('%s: %j is one quoted field that is no formula', (_, __, text) => {
    const field = escapeCsv(text, 120);
    expect(field).toMatch(/^"(?:[^"]|"")*"$/);
    expect(field).not.toMatch(/^"[=+\-@|%＝＋－＠]/);
  });

  test('an ordinary text is only quoted', () => {
    expect(escapeCsv('Fabrikam "North", Oy', 50)).toBe('"Fabrikam ""North"", Oy"');
    expect(escapeCsv('=1+1', 50)).toBe('"\'=1+1"');
  });
});
