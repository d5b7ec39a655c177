import fc from 'fast-check';
import { interpretAnswer } from '../../../shared/core/setting/interpret-answer.ts';

/** What an answer comes to: what to do next, and what it proves, in one line. */
function interpret(status: number, body: unknown): string {
  const interpretation = interpretAnswer({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });
  if (interpretation.next === 'redirect') return 'redirect';
  const { next, finding } = interpretation;
  return `${next}: ${finding.verdict === 'unknown' ? `${finding.reason}, ${finding.detail}` : finding.verdict}`;
}

const setting = (value: unknown) => ({ value: [{ RejectDirectSend: value }] });

const SHAPELESS = 'done: setting-not-returned, Exchange answered 200 with JSON of an unknown shape';

describe('only a boolean proves anything', () => {
  test.each<[string, unknown, string]>([
    ['true', setting(true), 'done: enforced'],
    ['false', setting(false), 'done: permissive'],
    ['"True"', setting('True'), 'done: setting-not-returned, RejectDirectSend was text, not true or false'],
    ['"False"', setting('False'), 'done: setting-not-returned, RejectDirectSend was text, not true or false'],
    ['null', setting(null), 'done: setting-not-returned, RejectDirectSend was null, not true or false'],
    ['1', setting(1), 'done: setting-not-returned, RejectDirectSend was a number, not true or false'],
    ['a list', setting([true]), 'done: setting-not-returned, RejectDirectSend was a list, not true or false'],
    ['an object', setting({}), 'done: setting-not-returned, RejectDirectSend was an object, not true or false'],
  ])('%s', (_, body, outcome) => expect(interpret(200, body)).toBe(outcome));
});

describe('the envelopes of InvokeCommand and of the Admin API', () => {
  test.each<[string, unknown, string]>([
    ['a list under "value"', { '@odata.context': 'https://…', ...setting(true) }, 'done: enforced'],
    ['one object under "value"', { value: { RejectDirectSend: false } }, 'done: permissive'],
    ['a bare list', [{ RejectDirectSend: true }], 'done: enforced'],
    ['a bare object', { RejectDirectSend: false, Name: 'contoso' }, 'done: permissive'],
    ['a byte order mark before it', `\uFEFF${JSON.stringify(setting(true))}`, 'done: enforced'],
    [
      'an annotation beside it',
      [{ 'RejectDirectSend@data.type': 'Boolean', RejectDirectSend: true }],
      'done: enforced',
    ],
    ['warnings beside it', { '@adminapi.warnings': ['slow'], ...setting(true) }, 'done: enforced'],
    ['a next page', { ...setting(false), '@odata.nextLink': 'https://…' }, 'done: permissive'],
    ['an error of null', { error: null, ...setting(true) }, 'done: enforced'],
    ['spaces before the colon', '{"value":[{"RejectDirectSend" : true}]}', 'done: enforced'],
    ['text that quotes the key', [{ Note: '"RejectDirectSend":false', RejectDirectSend: true }], 'done: enforced'],
    ['a list of texts', ['true'], SHAPELESS],
    ['texts under "value"', { value: [true] }, SHAPELESS],
    ['a text under "value"', { value: 'true' }, SHAPELESS],
    ['null', 'null', SHAPELESS],
    ['a bare boolean', 'true', SHAPELESS],
  ])('%s', (_, body, outcome) => expect(interpret(200, body)).toBe(outcome));
});

describe('an answer without the setting leads to the other way', () => {
  const without = 'ask-other-way: setting-not-returned, Exchange answered 200 without RejectDirectSend';
  test.each<[string, unknown, string]>([
    ['the key is absent', { value: [{ Name: 'contoso' }] }, without],
    ['the list is empty', { value: [] }, without],
    ['a bare empty list', [], without],
    ['"value" is null', { value: null }, without],
    ['only the annotation', [{ 'RejectDirectSend@data.type': 'Boolean' }], without],
    ['the key in other letters', [{ rejectDirectSend: true }], without],
    [
      'only warnings',
      { '@adminapi.warnings': [3, 'try\nlater'], value: null },
      `${without}, with the warning "try later"`,
    ],
    ['warnings that are no texts', { '@adminapi.warnings': [3], value: null }, without],
    ['a warning that is no list', { '@adminapi.warnings': 'x', value: null }, without],
  ])('%s', (_, body, outcome) => expect(interpret(200, body)).toBe(outcome));
});

describe('what cannot be one clear value is none', () => {
  const twice = 'done: setting-not-returned, Exchange returned RejectDirectSend more than once or spelt otherwise';
  test.each<[string, unknown, string]>([
    [
      'two objects',
      [{ RejectDirectSend: true }, { RejectDirectSend: true }],
      'done: setting-not-returned, Exchange returned 2 objects instead of one',
    ],
    ['the key twice', '[{"RejectDirectSend":false,"RejectDirectSend":true}]', twice],
    ['the key once more, deeper', [{ RejectDirectSend: true, Old: { RejectDirectSend: false } }], twice],
    ['the key spelt with an escape', '[{"RejectDirectSen\\u0064":true}]', twice],
    [
      'the key beside an empty value',
      { value: null, RejectDirectSend: true },
      'done: setting-not-returned, RejectDirectSend was not where it belongs',
    ],
    ['an empty body', '', 'done: setting-not-returned, Exchange answered 200 with an empty body'],
    ['only spaces', ' \r\n', 'done: setting-not-returned, Exchange answered 200 with an empty body'],
  ])('%s', (_, body, outcome) => expect(interpret(200, body)).toBe(outcome));
});

describe('a broken success is a fault of the service', () => {
  const coded = { error: { code: 'X', message: 'Partial result' } };
  test.each<[string, unknown, string]>([
    [
      'a web page',
      '<html>Sign in</html>',
      'done: service-error, Exchange answered 200 with a web page instead of JSON',
    ],
    [
      'broken JSON',
      '{"value":[{"RejectDirectSend":true}',
      'done: service-error, Exchange answered 200 with broken JSON',
    ],
    [
      'an error inside',
      { ...coded, value: [] },
      'done: service-error, Exchange answered 200 with an error inside: Partial result',
    ],
    [
      'an error beside the setting',
      { ...coded, ...setting(true) },
      'done: service-error, Exchange answered 200 with an error inside: Partial result',
    ],
    [
      'an error in another spelling beside the setting',
      { 'odata.error': coded.error, ...setting(true) },
      'done: service-error, Exchange answered 200 with an error inside: Partial result',
    ],
    [
      'an error in capitals beside the setting',
      { Error: coded.error, ...setting(true) },
      'done: service-error, Exchange answered 200 with an error inside: Partial result',
    ],
    [
      'an error without text',
      { error: {} },
      'done: service-error, Exchange answered 200 with an error inside: no text',
    ],
  ])('%s', (_, body, outcome) => expect(interpret(200, body)).toBe(outcome));
});

describe('every other status', () => {
  const said = { error: { code: 'X', message: 'The real text.' } };
  test.each<[number, unknown, string]>([
    [201, setting(true), 'done: unexpected-response, Exchange answered 201 instead of 200'],
    [202, setting(false), 'done: unexpected-response, Exchange answered 202 instead of 200'],
    [204, '', 'done: setting-not-returned, Exchange answered 204 with an empty body'],
    [206, setting(true), 'done: unexpected-response, Exchange answered 206 instead of 200'],
    [299, setting(true), 'done: unexpected-response, Exchange answered 299 instead of 200'],
    [300, '', 'done: unexpected-response, Exchange answered 300'],
    [301, '', 'redirect'],
    [302, setting(true), 'redirect'],
    [303, '', 'redirect'],
    [304, '', 'done: unexpected-response, Exchange answered 304'],
    [307, '', 'redirect'],
    [308, '', 'redirect'],
    [400, said, 'ask-other-way: unexpected-response, Exchange answered 400: The real text.'],
    [401, '', 'done: role-missing, Exchange answered 401'],
    [403, said, 'done: role-missing, Exchange answered 403: The real text.'],
    [404, '', 'ask-other-way: unexpected-response, Exchange answered 404'],
    [418, '', 'done: unexpected-response, Exchange answered 418'],
    [429, said, 'retry: throttled, Exchange answered 429: The real text.'],
    [499, setting(true), 'done: unexpected-response, Exchange answered 499'],
    [500, said, 'retry: service-error, Exchange answered 500: The real text.'],
    [502, '<html>Bad gateway</html>', 'retry: service-error, Exchange answered 502'],
    [503, '', 'retry: service-error, Exchange answered 503'],
    [199, setting(true), 'done: unexpected-response, Exchange answered 199'],
  ])('%d', (status, body, outcome) => expect(interpret(status, body)).toBe(outcome));
});

test('nothing but one object with a boolean, in a plain 200, is ever definite', () => {
  const clear = (value: unknown) =>
    value === true ? 'done: enforced' : value === false ? 'done: permissive' : 'unknown';
  const status = fc.oneof(fc.constant(200), fc.integer({ min: 100, max: 599 }));
  const value = fc.oneof(
    fc.boolean(),
    fc.anything({ maxDepth: 1 }).filter((one) => one !== undefined),
  );
  fc.assert(
    fc.property(status, fc.array(value, { maxLength: 3 }), (code, values) => {
      const outcome = interpret(code, { value: values.map((one) => ({ RejectDirectSend: one })) });
      const only = values.length === 1 && code === 200 ? clear(values[0]) : 'unknown';
      if (only === 'unknown') expect(outcome).not.toMatch(/enforced|permissive/);
      else expect(outcome).toBe(only);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('any text at all is interpreted, and none of it becomes a verdict by accident', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"value"',
    ':',
    ',',
    '"RejectDirectSend"',
    'tru',
    'null',
    '"',
    '\\',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((some) => some.join('')),
      ),
      (body) => {
        expect(interpret(200, body)).not.toMatch(/enforced|permissive/);
      },
    ),
    { seed: 8, numRuns: 500 },
  );
});
