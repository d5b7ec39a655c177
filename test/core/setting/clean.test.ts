import { clean } from '../../../shared/core/setting/interpret-answer.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl-_';

test.each([
  ['a token', `sent ${TOKEN} to`, 'sent [secret] to'],
  ['a token without a signature', 'sent eyJhbGciOi.eyJhdWQi to', 'sent [secret] to'],
  ['a token of few characters', 'eyJhb.eyJ', '[secret]'],
  ['two tokens', `${TOKEN} ${TOKEN}`, '[secret] [secret]'],
  [
    'what follows Bearer, whatever it looks like',
    'Authorization: Bearer abc/+=~1 and',
    'Authorization: Bearer [secret] and',
  ],
  ['a quoted Bearer', '"Bearer opaque-token"', '"Bearer [secret]"'],
  ['the signature of a URL', 'https://x.example/?a=1&sig=aB%2F3-&b=2', 'https://x.example/?a=1&sig=[secret]&b=2'],
  ['the signature as first parameter', "'/run?sig=aB3'", "'/run?sig=[secret]'"],
  ['a client secret in a form', 'a=1&client_secret=p~Q8 z', 'a=1&client_secret=[secret] z'],
  ['a signature without its URL', 'sig=aB3- was wrong', 'sig=[secret] was wrong'],
  ['the key of a connection string', 'AccountKey=a+/b==;TableEndpoint=x', 'AccountKey=[secret];TableEndpoint=x'],
  ['an assertion in a form', 'a=1&client_assertion=opaque&b=2', 'a=1&client_assertion=[secret]&b=2'],
])('%s is cut out, and nothing around it', (_, text, shown) => expect(clean(text)).toBe(shown));

test.each(['HeyJude.mp3 could not be read', 'eyJ alone says nothing', 'Bearer', 'design=1&outsig=2'])(
  'an ordinary text stays: %s',
  (text) => expect(clean(text)).toBe(text),
);

test('many characters of a kind become one space', () => {
  expect(clean('\r\n a\u0000\u0001b\t\tc  d \u2028')).toBe('a b c d');
});

test('a whole pair of surrogates stays, at the end and elsewhere', () => {
  expect(clean(`${'a'.repeat(297)}😀${'b'.repeat(9)}`)).toBe(`${'a'.repeat(297)}😀…`);
  expect(clean(`${'😀'.repeat(3)}${'b'.repeat(300)}`)).toBe(`${'😀'.repeat(3)}${'b'.repeat(293)}…`);
});
