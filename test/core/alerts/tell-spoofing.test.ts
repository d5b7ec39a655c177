import { renderCard } from '../../../shared/core/alerts/render-card.ts';
import { renderEvent } from '../../../shared/core/alerts/render-event.ts';
import { renderMail } from '../../../shared/core/alerts/render-mail.ts';
import { LANGUAGES, wordsIn } from '../../../shared/core/alerts/words/words.ts';
import { REASON_CODES } from '../../../shared/core/traffic/reason-words.ts';
import { alertsOfEveryKind, contextOf } from '../../support/alerts-of-every-kind.ts';
import { spoofingOf } from '../../support/spoofing-alert.ts';
import { textsOf } from '../../support/validate-card.ts';

const sample = alertsOfEveryKind().find(({ name }) => name === 'spoofing-seen')!;
const codesIn = (text: string) => REASON_CODES.filter((code) => text.includes(code));

describe.each(LANGUAGES)('in %s', (language) => {
  const context = contextOf(sample, language);
  const { trafficReason } = wordsIn(language);

  test.each(REASON_CODES)('%s is in words on the card and in the mail, and a code in the event', (code) => {
    const alert = spoofingOf(sample, [{ reasons: [code] }]);
    const card = textsOf(renderCard(alert, context)).join('\n');
    const { text, html } = renderMail(alert, context);
    for (const shown of [card, text, html]) {
      expect(shown).toContain(trafficReason[code]);
      expect(codesIn(shown)).toEqual([]);
    }
    expect(renderEvent(alert, context, 'urn:example').data.facts).toMatchObject({ sources: [{ reasons: [code] }] });
  });
});

test('a card names the heaviest four reasons of a source', () => {
  const reasons = ['qr-codes', 'self-to-self', 'short-lived', 'lure-subject', 'null-sender'] as const;
  const texts = textsOf(renderCard(spoofingOf(sample, [{ reasons }]), contextOf(sample, 'en'))).join('\n');
  expect(texts).toContain('QR codes · from people to themselves · seen within one week only · luring subjects');
  expect(texts).not.toContain('empty envelope sender');
});

test('a code that has no words any more is shown as it is, as text', () => {
  const shown = (reason: string) =>
    textsOf(renderCard(spoofingOf(sample, [{ reasons: [reason] }]), contextOf(sample, 'en'))).join('\n');
  expect(shown('sent-at-night')).toContain('sent-at-night');
  expect(shown('[x](https://evil.example)')).not.toContain('](http');
  // A name of every object is not a reason.
  expect(shown('constructor')).toContain('constructor');
});

test('the first line counts the mail of all sources, also of those that are not listed', () => {
  const listed = Array.from({ length: 50 }, (_, at) => ({ source: `198.51.100.${at}`, messages: 3 }));
  const alert = spoofingOf(sample, listed, { messages: 4100, sourcesMore: 950 });
  const texts = textsOf(renderCard(alert, contextOf(sample, 'en')));
  expect(texts[0]).toBe('SPOOFING SEEN: 4,100 messages looked forged – Fabrikam GmbH');
  const named = texts.filter((text) => text.startsWith('198.51.100.')).length;
  expect(texts).toContain(`and ${1000 - named} more`);
});
