import { askUntil } from '../../../shared/adapters/dns/ask-until.ts';
import { openResolver } from '../../../shared/adapters/dns/open-resolver.ts';
import { type NameAnswer, type NameServer, serveNames } from '../../support/serve-names.ts';

const MINUTE = 60_000;

let server: NameServer;
let answers: Record<string, NameAnswer>;
let time: number;

beforeEach(async () => {
  answers = {};
  time = Date.parse('2026-11-20T08:00:00Z');
  server = await serveNames((name, type) => answers[`${type} ${name}`] ?? answers['*'] ?? 'NXDOMAIN');
});
afterEach(() => server.close());

const open = () => openResolver([server.address], { now: () => time, patience: 50 });

test('records are found, mail exchangers by preference, texts put together', async () => {
  answers = {
    'TXT contoso.example': [['v=spf1 ip4:', '203.0.113.9 ~all'].map((part) => Buffer.from(part))],
    'MX contoso.example': [
      { preference: 20, exchange: 'MX2.gateway.example' },
      { preference: 10, exchange: 'mx1.gateway.example' },
    ],
    'A mx1.gateway.example': ['203.0.113.1'],
    'AAAA mx1.gateway.example': ['2001:db8::1'],
    'PTR 9.113.0.203.in-addr.arpa': ['scan.contoso.example'],
  };
  const resolver = open();
  expect(await resolver.txt('contoso.example')).toEqual(['v=spf1 ip4:203.0.113.9 ~all']);
  expect(await resolver.mx('contoso.example')).toEqual(['mx1.gateway.example', 'mx2.gateway.example']);
  expect(await resolver.addresses('mx1.gateway.example')).toEqual(['203.0.113.1', '2001:db8::1']);
  expect(await resolver.pointers('203.0.113.9')).toEqual(['scan.contoso.example']);
});

test.each<[string, NameAnswer, readonly string[] | null]>([
  ['a name that does not exist', 'NXDOMAIN', []],
  ['a name without such a record', [], []],
  ['a server that fails', 'SERVFAIL', null],
  ['a server that refuses', 'REFUSED', null],
  ['a server that knows no such question', 'NOTIMP', null],
  ['a silent server', 'silence', null],
])('%s', async (_, answer, expected) => {
  answers['*'] = answer;
  const resolver = open();
  expect(await resolver.txt('contoso.example')).toEqual(expected);
  expect(await resolver.mx('contoso.example')).toEqual(expected);
  expect(await resolver.addresses('contoso.example')).toEqual(expected);
  expect(await resolver.pointers('203.0.113.9')).toEqual(expected);
});

test.each([
  ['203.0.113.9', '9.113.0.203.in-addr.arpa'],
  ['::ffff:203.0.113.9', '9.113.0.203.in-addr.arpa'],
  ['2001:db8::7', '7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
])('%s is asked for as %s', async (address, name) => {
  answers[`PTR ${name}`] = ['host.contoso.example'];
  expect(await open().pointers(address)).toEqual(['host.contoso.example']);
});

test('half an answer counts when it names an address, and is none when it names none', async () => {
  answers = { 'A two.example': ['203.0.113.1'], 'AAAA two.example': 'REFUSED', 'A six.example': 'REFUSED' };
  answers['AAAA six.example'] = [];
  const resolver = open();
  expect(await resolver.addresses('two.example')).toEqual(['203.0.113.1']);
  expect(await resolver.addresses('six.example')).toBeNull();
});

test('an answer is kept for ten minutes, silence for one', async () => {
  answers['TXT quiet.example'] = 'SERVFAIL';
  const resolver = open();
  const ask = async () => [await resolver.txt('quiet.example'), await resolver.txt('none.example')];
  expect(await ask()).toEqual([null, []]);
  answers = { '*': [Buffer.from('here now')] };
  time += MINUTE;
  expect(await ask()).toEqual([null, []]);
  time += 1;
  expect(await ask()).toEqual([['here now'], []]);
  time += 9 * MINUTE + 1;
  expect(await ask()).toEqual([['here now'], ['here now']]);
});

test('where nobody answers at all, nobody is asked for a minute', async () => {
  answers['*'] = 'silence';
  const resolver = open();
  const names = Array.from({ length: 6 }, (_, at) => `host${at}.example`);
  await Promise.all(names.flatMap((name) => [resolver.txt(name), resolver.mx(name)]));
  const asked = server.asked.length;
  expect(await resolver.txt('another.example')).toBeNull();
  expect(server.asked).toHaveLength(asked);
  answers = { 'TXT yet-another.example': [Buffer.from('back')] };
  time += MINUTE;
  expect(await resolver.txt('yet-another.example')).toEqual(['back']);
});

test('a server that drops one type of question is not asked for it for a minute, and for the others as before', async () => {
  answers = { '*': 'silence', 'TXT contoso.example': [Buffer.from('here')] };
  const resolver = open();
  await resolver.txt('contoso.example');
  await Promise.all(Array.from({ length: 12 }, (_, at) => resolver.pointers(`203.0.113.${at}`)));
  const asked = server.asked.length;
  expect(await resolver.pointers('203.0.113.99')).toBeNull();
  expect(server.asked).toHaveLength(asked);
  answers = { 'TXT brand.example': [Buffer.from('here too')] };
  expect(await resolver.txt('brand.example')).toEqual(['here too']);
});

test('when the time is over nobody could tell, also of what is being asked', async () => {
  answers['*'] = 'silence';
  const controller = new AbortController();
  const patient = open();
  const resolver = askUntil(patient, controller.signal);
  const asking = [resolver.txt('a.example'), resolver.mx('a.example'), resolver.pointers('203.0.113.9')];
  const raw = expect(resolver.raw('a.example', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  controller.abort();
  expect(await Promise.all(asking)).toEqual([null, null, null]);
  await raw;
  expect(await resolver.addresses('b.example')).toBeNull();
  expect(server.asked).not.toContain('A b.example');
  // Nothing may go on after the test.
  await Promise.all([patient.txt('a.example'), patient.mx('a.example'), patient.pointers('203.0.113.9')]);
});
