import fc from 'fast-check';
import { findRepeatedKeys, parseJson } from '../../../shared/core/registry/parse-json.ts';
import { lineOf } from './sample-file.ts';

const faultOf = (text: string) => {
  const parsed = parseJson(text);
  return parsed.ok ? null : `${parsed.problem.path}${parsed.problem.message}`;
};

test('JSON is what the engine reads as JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseJson(JSON.stringify(value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
    }),
    { seed: 60, numRuns: 100 },
  );
});

const COMMA = 'is not JSON: there is a comma before the closing bracket at';
const CSV = 'is not JSON; it looks like CSV';
const OTHER = 'is not JSON: it does not begin with {';

test.each([
  ['an empty file', '', 'is empty; see docs/tenants.schema.json for its form'],
  ['a file of spaces', ' \r\n\t', 'is empty; see docs/tenants.schema.json for its form'],
  ['a comma after the last tenant', '{"tenants":[\n  {},\n]}', `${COMMA} line 3, column 1`],
  ['a comma after the last key', '{\n  "tenants": [],\n}', `${COMMA} line 3, column 1`],
  ['a comma after the last key, on Windows', '{\r\n  "tenants": [],\r\n}', `${COMMA} line 3, column 1`],
  ['a comma after the last key, on one line', '{"tenants":[],}', `${COMMA} line 1, column 15`],
  ['two commas', '{"tenants":[1,,2]}', 'is not JSON: look at line 1, column 15'],
  ['a missing comma', '{"a":1\n "b":2}', 'is not JSON: look at line 2, column 2'],
  ['a missing bracket', '{"tenants":[', 'is not JSON: look at line 1, column 13'],
  ['a comment', '{\n// tenants\n}', 'is not JSON: look at line 2, column 1'],
  ['a key without quotes', '{tenants: []}', 'is not JSON: look at line 1, column 2'],
  ['text after the end', '{}\n{}', 'is not JSON: look at line 2, column 1'],
  ['a list that is cut', '[1', 'is not JSON: look at line 1, column 3'],
  ['CSV', 'id,name\n3d1c,Fabrikam', CSV],
  ['CSV with quotes', '"id","name"\r\n"3d1c","Fabrikam"', CSV],
  ['CSV with semicolons', 'id;name\n', CSV],
  ['CSV with tabs', '\n\nid\tname\r3d1c\tFabrikam', CSV],
  ['YAML', 'tenants:\n- id: 3d1c, of {Fabrikam}', OTHER],
  ['something with a bracket later', 'tenants, {}', OTHER],
  ['a word', 'tenants', OTHER],
])('%s is refused', (_, text, fault) => expect(faultOf(text)).toBe(fault));

test('the longest line is no trap: what has no end of line is looked at once', () => {
  expect(faultOf('a,'.repeat(1_000_000))).toBe(CSV);
  expect(faultOf(`{${' '.repeat(100_000)}`)).toBe('is not JSON: look at line 1, column 100002');
});

test('nothing of a broken file is repeated', () => {
  const secret = 'MARKER0815';
  const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', `"${secret}"`, secret, '\n', ' ', ';');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (some) =>
      expect(faultOf(some.join('')) ?? '').not.toContain(secret),
    ),
    { seed: 61, numRuns: 500 },
  );
});

test.each<[string, string, string[]]>([
  ['a key twice', '{"a":1,"a":2}', ['a']],
  ['a key three times', '{"a":1,"a":2,"a":3}', ['a', 'a']],
  ['a key twice, spelt with an escape', '{"a":1,"\\u0061":2}', ['a']],
  ['a key twice, deeper', '{"t":[{"id":1},{"id":2,"b":{"c":1,"c":2}}]}', ['t[1].b.c']],
  ['a key twice around an object', '{"a":{"b":1},"a":2}', ['a']],
  ['a key that is no plain name twice', '{"a b":1,"a b":2}', ['(a key that is not a plain name)']],
  ['the same key in neighbours', '{"t":[{"id":1},{"id":2}],"u":{"id":1,"t":2}}', []],
  ['a value that repeats a key', '{"a":"a","b":"a"}', []],
])('%s', (_, json, paths) => {
  const told = paths.map((path) => `${path}: stands twice in the same object; only the last one would count`);
  expect(findRepeatedKeys(json).map(lineOf)).toEqual(told);
});
