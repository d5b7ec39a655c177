import fc from 'fast-check';
import { fitIntoBytes, MAX_CARD_BYTES } from '../../../shared/core/alerts/fit-card.ts';
import { renderCard } from '../../../shared/core/alerts/render-card.ts';
import type { Limits } from '../../../shared/core/alerts/story.ts';
import { LANGUAGES } from '../../../shared/core/alerts/words/words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { type OutsideTexts, REAL_TEXTS } from '../../support/sample-facts.ts';
import { textsOf } from '../../support/validate-card.ts';

/** A message as large as its limits allow. */
const asLargeAs = ({ text, rows }: Limits) => ({
  text: 'x'.repeat(text),
  rows: Array.from({ length: rows }, () => 'y'.repeat(100)),
});
const bytesOf = (message: unknown) => Buffer.byteLength(JSON.stringify(message));

test('what fits is left as it is', () => {
  expect(fitIntoBytes(asLargeAs, 1_000_000).rows).toHaveLength(100);
});

test('the largest form that fits is taken, and never one that does not', () => {
  let before = Number.POSITIVE_INFINITY;
  for (let room = 12_000; room >= 400; room -= 100) {
    const message = fitIntoBytes(asLargeAs, room);
    expect(bytesOf(message)).toBeLessThanOrEqual(room);
    expect(bytesOf(message)).toBeLessThanOrEqual(before);
    before = bytesOf(message);
  }
});

test('bytes count, not characters', () => {
  const build = ({ rows }: Limits) => '株'.repeat(rows * 100);
  expect(bytesOf(fitIntoBytes(build, 20_000))).toBeLessThanOrEqual(20_000);
});

test('exactly the room is enough, and one byte less is not', () => {
  const whole = bytesOf(fitIntoBytes(asLargeAs, 1_000_000));
  expect(bytesOf(fitIntoBytes(asLargeAs, whole))).toBe(whole);
  expect(bytesOf(fitIntoBytes(asLargeAs, whole - 1))).toBeLessThan(whole);
});

test('a message that cannot shrink is made all the same, and not lost', () => {
  expect(fitIntoBytes(() => 'x'.repeat(200), 100)).toHaveLength(200);
});

test('any texts in any alert make a card that fits and still names alert, tenant and verdict', () => {
  const unit = fc.constantFrom(
    'a',
    '"',
    '\\',
    '\n',
    '株',
    '👨‍👩‍👧‍👦',
    '\u0301',
    '\ud800',
    'evil.com ',
    '[',
    '&lt;',
    '\u200d',
    '\u001b[31m',
  );
  const text = fc
    .tuple(fc.array(unit, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 3000 }))
    .map(([units, times]) => units.join('').repeat(times));
  const texts: fc.Arbitrary<OutsideTexts> = fc.record(
    Object.fromEntries(Object.keys(REAL_TEXTS).map((key) => [key, text])) as Record<keyof OutsideTexts, typeof text>,
  );
  const many = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(texts, fc.constantFrom(...LANGUAGES), many, (hostile, language, count) => {
      for (const sample of alertsOfEveryKind({ ...hostile, tenantId: REAL_TEXTS.tenantId })) {
        const { facts } = sample.alert;
        const grown =
          facts.kind === 'spoofing-seen'
            ? { ...facts, sources: Array.from({ length: count }, () => facts.sources[0]!) }
            : facts;
        const longLink = `https://watch.example/${'a'.repeat(2000)}`;
        const links = { evidence: longLink, acknowledge: longLink, runbook: longLink };
        const message = renderCard(
          { ...sample.alert, facts: grown },
          { ...contextOf(sample, language, hostile), links },
        );
        const shown = textsOf(message).join('\n');
        expect(bytesOf(message)).toBeLessThanOrEqual(MAX_CARD_BYTES);
        expect(shown).toContain(sample.alert.id);
        if (sample.alert.tenant !== null) expect(shown).toContain(REAL_TEXTS.tenantId);
        if ('window' in facts) expect(shown).toContain(`${facts.window.notAfter.slice(0, 19)}Z`);
      }
    }),
    { seed: 4, numRuns: 15 },
  );
});
