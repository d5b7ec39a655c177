import fc from 'fast-check';
import { decideRedirect, MOST_REDIRECTS } from '../../../shared/core/setting/decide-redirect.ts';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.ts';

const CONFIGURED = 'https://outlook.office365.com';
const ASKED = `${CONFIGURED}/adminapi/beta/3d1c/InvokeCommand?$select=RejectDirectSend`;

/** Where a redirect leads, or why it is refused. */
function decide(location: string | null, { configured = CONFIGURED, visited = [ASKED], from = ASKED } = {}): string {
  const decision = decideRedirect(from, location, configured, visited);
  return decision.follow ? decision.url : `refused: ${decision.why}`;
}

test.each([
  ['a regional server', 'https://eur01.outlook.com/a?b=c', 'https://eur01.outlook.com/a?b=c'],
  ['another one', 'https://db6pr01.prod.outlook.office365.com/a', 'https://db6pr01.prod.outlook.office365.com/a'],
  ['GCC High', 'https://x.outlook.office365.us/', 'https://x.outlook.office365.us/'],
  ['DoD', 'https://x.outlook-dod.office365.us/', 'https://x.outlook-dod.office365.us/'],
  ['China', 'https://x.partner.outlook.cn/', 'https://x.partner.outlook.cn/'],
  ['China, the other name', 'https://x.office365.cn/', 'https://x.office365.cn/'],
  ['the inner port 446', 'https://eur01.outlook.com:446/a', 'https://eur01.outlook.com/a'],
  ['the default port, written out', 'https://eur01.outlook.com:443/a', 'https://eur01.outlook.com/a'],
  ['the same server by another path', '/adminapi/v2', 'https://outlook.office365.com/adminapi/v2'],
  ['the same server without a scheme', '//eur01.outlook.com/a', 'https://eur01.outlook.com/a'],
  ['a host in capitals', 'HTTPS://EUR01.OUTLOOK.COM/a', 'https://eur01.outlook.com/a'],
  ['a fragment, which is dropped', 'https://eur01.outlook.com/a#b', 'https://eur01.outlook.com/a'],
])('%s is followed', (_, location, url) => expect(decide(location)).toBe(url));

test.each([
  ['no Location', null, 'the redirect named no address'],
  ['an empty Location', ' ', 'the redirect named no address'],
  ['no address', 'https://', 'the redirect named no valid address'],
  ['http', 'http://eur01.outlook.com/', 'the redirect left https (http://eur01.outlook.com)'],
  ['a script', 'javascript:alert(1)', 'the redirect left https (javascript://)'],
  ['another host', 'https://evil.example/a', 'the redirect led to evil.example, which is not an Exchange host'],
  [
    'a host that ends alike',
    'https://notoutlook.com/',
    'the redirect led to notoutlook.com, which is not an Exchange host',
  ],
  ['the bare suffix', 'https://outlook.com/', 'the redirect led to outlook.com, which is not an Exchange host'],
  [
    'the suffix in front',
    'https://x.outlook.com.evil.example/',
    'the redirect led to x.outlook.com.evil.example, which is not an Exchange host',
  ],
  [
    'the suffix in the path',
    'https://evil.example/x.outlook.com',
    'the redirect led to evil.example, which is not an Exchange host',
  ],
  ['an address', 'https://169.254.169.254/', 'the redirect led to 169.254.169.254, which is not an Exchange host'],
  [
    'another port',
    'https://eur01.outlook.com:8443/',
    'the redirect led to eur01.outlook.com:8443, which is not an Exchange host',
  ],
  [
    'port 446 of another host',
    'https://evil.example:446/',
    'the redirect led to evil.example, which is not an Exchange host',
  ],
  ['a user name', 'https://user@eur01.outlook.com/', 'the redirect carried a user name'],
  ['a password', 'https://:word@eur01.outlook.com/', 'the redirect carried a user name'],
  ['a host as user name', 'https://eur01.outlook.com@evil.example/', 'the redirect carried a user name'],
  ['itself', ASKED, 'the redirects went in a circle'],
  ['itself, with a fragment', `${ASKED}#again`, 'the redirects went in a circle'],
])('%s is refused', (_, location, why) => expect(decide(location)).toBe(`refused: ${why}`));

test('an address that was visited before is a circle', () => {
  const visited = [ASKED, 'https://a.outlook.com/', 'https://b.outlook.com/'];
  expect(decide('https://a.outlook.com:446/', { visited })).toBe('refused: the redirects went in a circle');
});

test('eight redirects are followed, the ninth is not', () => {
  expect(MOST_REDIRECTS).toBe(8);
  const visited = [ASKED];
  for (let hop = 1; hop <= 8; hop += 1) {
    const next = `https://r${hop}.outlook.com/`;
    expect(decide(next, { visited, from: visited.at(-1)! })).toBe(next);
    visited.push(next);
  }
  expect(decide('https://r9.outlook.com/', { visited })).toBe('refused: there were more than 8 redirects');
});

describe('a host that was configured', () => {
  const configured = 'https://127.0.0.1:8443';
  const ask = (location: string) => decide(location, { configured, visited: [], from: `${configured}/adminapi` });

  test('may send its own requests on', () => {
    expect(ask('/elsewhere')).toBe('https://127.0.0.1:8443/elsewhere');
    expect(ask('https://127.0.0.1:8443/')).toBe('https://127.0.0.1:8443/');
  });

  test('may send them to Exchange', () => {
    expect(ask('https://eur01.outlook.com/')).toBe('https://eur01.outlook.com/');
  });

  test.each(['https://127.0.0.1:9443/', 'https://127.0.0.1/', 'https://127.0.0.1:446/', 'https://localhost:8443/'])(
    'may not send them to another port or name: %s',
    (location) => expect(ask(location)).toContain('which is not an Exchange host'),
  );

  test('may itself listen on port 446', () => {
    const inner = { configured: 'https://127.0.0.1:446', visited: [], from: 'https://127.0.0.1:446/a' };
    expect(decide('/b', inner)).toBe('https://127.0.0.1:446/b');
  });
});

test('a bearer never goes to a host that is neither configured nor Exchange, whatever the Location says', () => {
  const pieces = fc.constantFrom(
    'https:',
    'http:',
    '//',
    '/',
    '\\',
    '@',
    ':',
    '.',
    'outlook.com',
    'eur01',
    'evil.example',
    '443',
    '%2e',
    '#',
    '?',
    ' ',
    '\t',
  );
  const location = fc.oneof(
    fc.webUrl(),
    fc.array(pieces).map((some) => some.join('')),
    fc.constantFrom(...HOSTILE_TEXTS.map((one) => one.text)),
  );
  fc.assert(
    fc.property(location, (any) => {
      const decision = decideRedirect(ASKED, any, CONFIGURED, [ASKED]);
      if (decision.follow) {
        const { protocol, host, username, password } = new URL(decision.url);
        expect([protocol, username, password]).toEqual(['https:', '', '']);
        expect(host === 'outlook.office365.com' || host.endsWith('.outlook.com')).toBe(true);
      } else {
        expect(decision.why.length).toBeLessThanOrEqual(300);
        expect(decision.why).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }),
    { seed: 11, numRuns: 2000 },
  );
});

test('a refusal stays short however long the host is', () => {
  expect(decide(`https://${'a'.repeat(5000)}.example/`)).toHaveLength('refused: '.length + 300);
});
