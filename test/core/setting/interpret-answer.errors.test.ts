import fc from 'fast-check';
import { clean, describeError } from '../../../shared/core/setting/interpret-answer.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';

const describeBody = (body: unknown) => describeError(JSON.stringify(body));
const detail = (message: unknown) => ({ code: 'Client', target: '', message });

describe('the real text of an Exchange error', () => {
  const roleText = "The role assigned to application 00aa isn't supported in this scenario.";
  const json = JSON.stringify({ Message: 'The real text.', TypeName: 'Some.Exception', StackTrace: null });

  test.each<[string, unknown, string | null]>([
    [
      'stands after the exception type',
      { details: [detail('Ex6F9304|Some.Exception|Object x was not found.')] },
      'Object x was not found.',
    ],
    ['may contain the separator', { details: [detail('Ex1|Type|one|two')] }, 'one|two'],
    ['stands in a JSON text', { details: [detail(json)] }, 'The real text.'],
    ['stands in a JSON text after a space', { details: [detail(` ${json}`)] }, 'The real text.'],
    ['is the detail as it is when the JSON is broken', { details: [detail('{"Message":')] }, '{"Message":'],
    ['is the detail as it is when the JSON has no message', { details: [detail('{"Message":3}')] }, '{"Message":3}'],
    ['is the detail as it is when it has no parts', { details: [detail('one|two')] }, 'one|two'],
    ['comes before the general message', { message: 'Error executing cmdlet', details: [detail(roleText)] }, roleText],
    ['is the first detail that says something', { details: [null, detail(3), detail(' '), detail('said')] }, 'said'],
    [
      'stands in the inner exception',
      { message: 'general', innererror: { internalException: { message: 'inner' } } },
      'inner',
    ],
    [
      'stands there in other letters',
      { message: 'general', innerError: { internalException: { message: 'inner' } } },
      'inner',
    ],
    ['is not the inner error itself', { message: 'general', innererror: { message: 'inner' } }, 'general'],
    ['is the general message', { code: 'X', message: 'general' }, 'general'],
    ['is the error when that is a text', 'plain', 'plain'],
    ['is nothing when nothing says it', { code: 'X' }, null],
    ['is nothing when details are no list', { details: 'x' }, null],
    ['is nothing when the error is a number', 7, null],
  ])('%s', (_, error, text) => expect(describeBody({ error })).toBe(text));

  test.each(['', '<html>', '{"error":', '[]', 'null', '"error"', '{}'])('is nothing in %j', (body) => {
    expect(describeError(body)).toBeNull();
  });

  test('is found behind a byte order mark', () => {
    expect(describeError(`\uFEFF${JSON.stringify({ error: { message: 'said' } })}`)).toBe('said');
  });
});

describe('a text from outside becomes one printable line', () => {
  test.each([
    ['line\r\nbreaks\tand   spaces', 'line breaks and spaces'],
    ['\u001b[31mred\u0007', '[31mred'],
    ['a\u202Eb\u200Bc\u2028d\uD800e', 'a b c d e'],
    ['  edges  ', 'edges'],
  ])('%j', (text, line) => expect(clean(text)).toBe(line));

  test('of at most 300 characters', () => {
    expect(clean('x'.repeat(300))).toBe('x'.repeat(300));
    expect(clean('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
  });

  test('without half a character at the cut', () => {
    expect(clean(`${'x'.repeat(298)}😀😀`)).toBe(`${'x'.repeat(298)}…`);
  });

  test.each(HOSTILE_TEXTS.map(({ tries, text }) => [tries, text] as const))('whatever tries %s', (_, text) => {
    expectPrintable(clean(text));
  });

  test('whatever it is', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(text, (any) => expectPrintable(clean(any))),
      { seed: 9, numRuns: 500 },
    );
  });
});

function expectPrintable(line: string) {
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(line.length).toBeLessThanOrEqual(300);
  expect(clean(line)).toBe(line);
}
