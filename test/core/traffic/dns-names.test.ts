import {
  gatewaysOf,
  isExchangeOnline,
  isGenericName,
  isOwnName,
  registeredPart,
} from '../../../shared/core/traffic/dns-names.ts';
import { checkDomains } from '../../../shared/core/traffic/own-domains.ts';

const EXCHANGE = 'contoso-example.mail.protection.outlook.com';

test.each([
  [EXCHANGE, true],
  ['contoso-example.a-v1.mx.microsoft', true],
  ['mx1.gateway.example', false],
  ['mail.protection.outlook.com', false],
  ['fakemail.protection.outlook.com', false],
  ['contoso.mail.protection.outlook.com.evil.example', false],
  ['contoso.mx.microsoft.evil.example', false],
])('%s is Exchange Online: %s', (host, expected) => expect(isExchangeOnline(host)).toBe(expected));

test('a gateway stands before Exchange Online where no mail exchanger is Exchange Online itself', () => {
  const domain = (name: string, hosts: string[]) => ({ domain: name, hosts, addresses: [] });
  const exchangers = [
    domain('direct.example', [EXCHANGE]),
    domain('gateway.example', ['mx1.gateway.example', 'mx2.gateway.example']),
    domain('migrating.example', ['old.example', EXCHANGE]),
    domain('without.example', []),
  ];
  expect(gatewaysOf(exchangers).map((one) => one.domain)).toEqual(['gateway.example']);
});

test.each([
  ['contoso.example', true],
  ['printer.contoso.example', true],
  ['mail.contoso-shop.example', true],
  ['notcontoso.example', false],
  ['contoso.example.evil.example', false],
  ['example', false],
])('%s lies in the own zones: %s', (name, expected) => {
  const domains = ['contoso.example', 'contoso-shop.example'];
  const own = checkDomains(domains.map((one) => ({ name: one, matchSubdomains: false })));
  expect(isOwnName(own, name)).toBe(expected);
});

test.each([
  ['mail.fabrikam.example', 'fabrikam.example'],
  ['a.b.c.fabrikam.com', 'fabrikam.com'],
  ['fabrikam.com', 'fabrikam.com'],
  ['mail.fabrikam.co.uk', 'fabrikam.co.uk'],
  ['mail.fabrikam.com.au', 'fabrikam.com.au'],
  ['mail.fabrikam.fi', 'fabrikam.fi'],
  ['mail.shop.fi', 'shop.fi'],
  ['mail.abc.com', 'abc.com'],
  ['mail.abc.fi', 'mail.abc.fi'],
  ['localhost', 'localhost'],
])('of %s one organisation registered %s', (name, part) => expect(registeredPart(name)).toBe(part));

test.each([
  ['203-0-113-9.provider.example', '203.0.113.9', true],
  ['9.113.0.203.in-addr.provider.example', '203.0.113.9', true],
  ['host-113-9.provider.example', '203.0.113.9', true],
  ['host-113-009.provider.example', '203.0.113.9', true],
  ['host-9.provider.example', '203.0.113.9', false],
  ['host-113.provider.example', '203.0.113.9', false],
  ['dyn17.provider.example', '203.0.113.9', true],
  ['a.pool.provider.example', '203.0.113.9', true],
  ['x-dsl.provider.example', '203.0.113.9', true],
  ['dynamics.fabrikam.example', '203.0.113.9', true],
  ['mail.liverpool.example', '203.0.113.9', false],
  ['mail.fabrikam.example', '203.0.113.9', false],
  ['', '203.0.113.9', false],
  ['2001-db8-1-2.provider.example', '2001:db8:1:2::5', true],
  ['5.0.0.0.provider.example', '2001:db8:1:2::5', true],
  ['mail.fabrikam.example', '2001:db8:1:2::5', false],
  ['mail1.a-x.example', '2001:db8:1:2::5', false],
])('%j is made from the address %s: %s', (name, address, expected) => {
  expect(isGenericName(name, address)).toBe(expected);
});
