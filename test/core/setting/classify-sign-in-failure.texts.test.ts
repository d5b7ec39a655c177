import fc from 'fast-check';
import { REASONS } from '../../../shared/core/setting/reading.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';
import { coded, detailOf, reasonOf, tell } from './sign-in-failures.ts';

describe('the description', () => {
  test('is shown as one line without its ids and its code', () => {
    const text = "AADSTS7000229: The client application 'a' is missing.\r\nTrace ID: 9a8b\r\nTimestamp: 2026-11-02";
    expect(detailOf({ message: tell('invalid_client', '7000229', text) })).toBe(
      "sign-in failed (invalid_client AADSTS7000229): The client application 'a' is missing.",
    );
    expect(detailOf({ message: coded('invalid_client', 7000229, 'One line. Trace ID: 9a8b') })).toBe(
      'sign-in failed (invalid_client AADSTS7000229): One line.',
    );
  });

  test.each([
    'Error(s): 7000215',
    'AADSTS7000215: bad secret',
    'Description: AADSTS7000215: bad secret',
    'Response had no "expiresOn" property.',
    'temporarily_unavailable: try later',
    'network_error: see',
  ])('never decides by what else it says: %s', (text) => {
    expect(reasonOf({ message: tell('invalid_grant', 'Not Available', `Access denied. ${text}`) })).toBe(
      'unexpected-response',
    );
  });

  test('never decides, and never reaches people unclean, whatever it is', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS.map((one) => one.text)));
    fc.assert(
      fc.property(text, (hostile) => {
        const message = tell('invalid_client', '7000222', hostile);
        expect(reasonOf({ message })).toBe('credential-rejected');
        expect(detailOf({ message })).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(detailOf({ message }).length).toBeLessThanOrEqual(300);
        expect(REASONS).toContain(reasonOf({ message: hostile }));
      }),
      { seed: 10, numRuns: 500 },
    );
  });
});
