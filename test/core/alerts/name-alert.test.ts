import fc from 'fast-check';
import { nameAlert } from '../../../shared/core/alerts/name-alert.ts';

const TENANT = '3d1c5a8e-6f0b-4b7a-9c2d-1e2f3a4b5c6d';

test('an id is what it is for ever: it stands in cards that were sent', () => {
  expect(nameAlert(TENANT, 'drifted', '1|2026-11-02T09:00:00.000Z|1')).toBe('VJV2ZFMB3F2HT3YCTMY7NCZCM4');
});

test('an id is 26 characters of base32: the first 16 bytes of a SHA-256', () => {
  // SHA-256 of "a|b|c" begins with a52dd81bfd5e4e66d96b9f598382f6cb; base32 of that by RFC 4648, without padding.
  expect(nameAlert('a', 'b', 'c')).toBe('UUW5QG75LZHGNWLLT5MYHAXWZM');
});

test('another tenant, kind or occasion is another alert; the same is the same', () => {
  const part = fc.string({ minLength: 1 }).filter((text) => !text.includes('|'));
  const about = fc.tuple(part, part, part);
  fc.assert(
    fc.property(about, about, (one, other) => {
      const same = one.every((text, at) => text === other[at]);
      expect(nameAlert(...one) === nameAlert(...other)).toBe(same);
      expect(nameAlert(...one)).toBe(nameAlert(...one));
      expect(nameAlert(...one)).toMatch(/^[A-Z2-7]{26}$/);
    }),
    { seed: 32, numRuns: 300 },
  );
});
