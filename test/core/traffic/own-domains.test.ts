import { checkDomains, isOwnDomain, toAsciiDomain } from '../../../shared/core/traffic/own-domains.ts';

const HOSTILE = [
  '"]); EmailEvents | take 1 //',
  'contoso.example"',
  "contoso.example'",
  'contoso.example\\',
  'contoso.example\n| take 1',
  'contoso.example)|union(T',
  'contoso .example',
  'contoso.example\u0000',
  'conto%22so.example',
  'contoso.example\u202e',
  'contoso\u200b.example',
  '-contoso.example',
  'contoso-.example',
  'contoso..example',
  '.contoso.example',
  'contoso.example.',
  '*.contoso.example',
  '*',
  'contoso',
  '',
  '192.0.2.1',
  `${'a'.repeat(64)}.example`,
  `${'a.'.repeat(130)}example`,
  'xn--a.example"',
  '__OWN__.example',
  'contoso.example/*',
];

describe('accepted domains', () => {
  test.each(HOSTILE)('%j is no domain', (name) => {
    expect(toAsciiDomain(name)).toBeNull();
    expect(checkDomains([{ name, matchSubdomains: true }])).toEqual({ exact: [], roots: [], rejected: [name] });
  });

  test('an internationalised name is compared in both spellings', () => {
    const own = checkDomains([{ name: 'München.example', matchSubdomains: false }]);
    expect(own.exact).toEqual(['xn--mnchen-3ya.example', 'münchen.example']);
    expect(isOwnDomain(own, 'XN--MNCHEN-3YA.example')).toBe(true);
    expect(isOwnDomain(own, 'münchen.example')).toBe(true);
    expect(isOwnDomain(own, 'munchen.example')).toBe(false);
  });

  test('subdomains are own only below a domain that matches them', () => {
    const own = checkDomains([
      { name: 'contoso.example', matchSubdomains: true },
      { name: 'fabrikam.example', matchSubdomains: false },
    ]);
    expect(isOwnDomain(own, 'alerts.eu.contoso.example')).toBe(true);
    expect(isOwnDomain(own, 'notcontoso.example')).toBe(false);
    expect(isOwnDomain(own, 'evil.fabrikam.example')).toBe(false);
    expect(isOwnDomain(own, 'contoso.example.evil.example')).toBe(false);
  });
});
