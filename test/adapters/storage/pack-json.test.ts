import fc from 'fast-check';
import { packJson, unpackJson } from '../../../shared/adapters/storage/pack-json.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });

it('any value comes back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), anyText, (value, text) => {
      const packed = { value, text };
      expect(unpackJson(packJson(packed))).toEqual(JSON.parse(JSON.stringify(packed)));
    }),
  );
});

it('no property is longer than a table takes, however long the value', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200_000 }),
      fc.constantFrom('x', 'ä', '字', '😀', '\ud800'),
      (length, letter) => {
        const value = letter.repeat(length);
        const row = packJson(value);
        for (const property of Object.values(row)) expect(String(property).length).toBeLessThanOrEqual(32 * 1024);
        expect(unpackJson(row)).toBe(value);
      },
    ),
    { numRuns: 30 },
  );
});

it('what is stored is plain ASCII: no character is ever cut in two', () => {
  const { v, ...pieces } = packJson({ name: '😀'.repeat(20_000) });
  expect(v).toBe(1);
  expect(Object.values(pieces).join('')).toMatch(/^[\x20-\x7e]*$/);
});

it('a row of another version is refused, not misread', () => {
  expect(() => unpackJson({ ...packJson({}), v: 2 })).toThrow('schema version 2; this program knows version 1');
  expect(() => unpackJson({})).toThrow('schema version undefined');
});
