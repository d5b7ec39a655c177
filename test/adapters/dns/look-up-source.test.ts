import { lookUpPointer, lookUpSpf } from '../../../shared/adapters/dns/look-up-source.ts';
import { openResolver, type Resolver } from '../../../shared/adapters/dns/open-resolver.ts';
import { type DnsServer, serveDns } from '../../../simulator/dns/serve-dns.ts';
import { createZone, type DnsZone } from '../../../simulator/dns/zone.ts';

const OWN = 'contoso.example';

let zone: DnsZone;
let server: DnsServer;
let resolver: Resolver;

beforeEach(async () => {
  zone = createZone();
  server = await serveDns(zone);
  resolver = openResolver([server.address], { now: Date.now, patience: 50 });
});
afterEach(() => server.stop());

describe('what SPF says of a source, and by which entry', () => {
  beforeEach(() => {
    zone.set('spf.service.example', 'TXT', ['v=spf1 ip4:198.51.100.0/24 ip6:2001:db8:5::/48 ?all']);
    zone.set('nested.example', 'TXT', ['v=spf1 include:spf.service.example -all']);
    zone.set('mail.contoso.example', 'A', ['203.0.113.40']);
    zone.set('mail.contoso.example', 'AAAA', ['2001:db8:40::1']);
    zone.set(OWN, 'MX', [{ preference: 10, exchange: 'mail.contoso.example' }]);
    zone.set(OWN, 'A', ['203.0.113.41']);
  });

  test.each<[string, string, object]>([
    ['ip4:203.0.113.9 -all', '203.0.113.9', { result: 'pass', mechanism: 'ip4:203.0.113.9', includes: [], prefix: 32 }],
    ['ip4:203.0.113.0/28 -all', '203.0.113.9', { result: 'pass', mechanism: 'ip4:203.0.113.0/28', prefix: 28 }],
    ['ip6:2001:db8::/64 -all', '2001:db8::7', { result: 'pass', mechanism: 'ip6:2001:db8::/64', prefix: 64 }],
    ['ip6:2001:db8::/64 -all', '203.0.113.9', { result: 'fail', prefix: 0 }],
    ['+ip4:203.0.113.9 ~all', '203.0.113.9', { result: 'pass', mechanism: '+ip4:203.0.113.9' }],
    ['?ip4:203.0.113.9 ~all', '203.0.113.9', { result: 'neutral' }],
    ['ip4:203.0.113.8 ~all', '203.0.113.9', { result: 'softfail' }],
    ['ip4:203.0.113.8', '203.0.113.9', { result: 'neutral', mechanism: null, prefix: null }],
    ['+all', '203.0.113.9', { result: 'pass', mechanism: '+all', prefix: 0 }],
    ['a -all', '203.0.113.41', { result: 'pass', mechanism: 'a', prefix: 32 }],
    ['a:mail.contoso.example/24 -all', '203.0.113.9', { result: 'pass', prefix: 24 }],
    ['mx -all', '203.0.113.40', { result: 'pass', mechanism: 'mx', prefix: 32 }],
    ['mx//64 -all', '2001:db8:40::7', { result: 'pass', mechanism: 'mx//64', prefix: 64 }],
    [
      'include:spf.service.example -all',
      '198.51.100.9',
      { result: 'pass', includes: ['spf.service.example'], prefix: 24 },
    ],
    [
      'include:nested.example -all',
      '2001:db8:5::9',
      { result: 'pass', includes: ['nested.example', 'spf.service.example'], prefix: 48 },
    ],
    [
      'redirect=nested.example',
      '198.51.100.9',
      { result: 'pass', includes: ['nested.example', 'spf.service.example'] },
    ],
    ['exists:%{i}.lists.example -all', '203.0.113.9', { result: 'fail' }],
  ])('v=spf1 %s, for %s', async (entries, address, expected) => {
    zone.set(OWN, 'TXT', ['unrelated=text', `v=spf1 ${entries}`]);
    expect(await lookUpSpf(address, [OWN], resolver)).toMatchObject({ domain: OWN, ...expected });
  });

  test.each<[string, readonly string[], string]>([
    ['no record', ['unrelated=text'], 'none'],
    ['two records', ['v=spf1 ip4:203.0.113.9 -all', 'v=spf1 -all'], 'permerror'],
    ['a record that is no SPF', ['v=spf1 ip4:nonsense -all'], 'permerror'],
    ['a circle of includes', [`v=spf1 include:${OWN} -all`], 'permerror'],
  ])('%s never passes', async (_, records, result) => {
    zone.set(OWN, 'TXT', [...records]);
    expect(await lookUpSpf('203.0.113.9', [OWN], resolver)).toMatchObject({ result });
  });

  test('the first domain that passes counts; the others are as good as unknown when one could not be read', async () => {
    zone.set(OWN, 'TXT', ['v=spf1 -all']);
    zone.set('brand.example', 'TXT', ['v=spf1 ip4:203.0.113.9 -all']);
    zone.fail('broken.example', 'SERVFAIL');
    const ask = (...domains: string[]) => lookUpSpf('203.0.113.9', domains, resolver);
    expect(await ask(OWN, 'broken.example', 'brand.example')).toMatchObject({
      result: 'pass',
      domain: 'brand.example',
    });
    expect(await ask(OWN, 'none.example')).toMatchObject({ result: 'fail', domain: OWN });
    expect(await ask(OWN, 'broken.example')).toBeNull();
    expect(await ask()).toBeNull();
  });

  test.each(['SERVFAIL', 'REFUSED', 'timeout'] as const)('unknown when the name service answers %s', async (fault) => {
    zone.set(OWN, 'TXT', ['v=spf1 include:spf.service.example -all']);
    zone.fail(OWN, fault);
    zone.fail('spf.service.example', fault);
    expect(await lookUpSpf('198.51.100.9', [OWN], resolver)).toBeNull();
    zone.set('other.example', 'TXT', ['v=spf1 include:spf.service.example -all']);
    expect(await lookUpSpf('198.51.100.9', ['other.example'], resolver)).toBeNull();
  });
});

describe('the name of a source', () => {
  test.each(['203.0.113.9', '2001:db8::7'])('of %s is believed when it leads back', async (address) => {
    expect(await lookUpPointer(address, resolver)).toEqual({ kind: 'none' });
    const other = openResolver([server.address]);
    zone.point(address, 'Mail.contoso.example');
    expect(await lookUpPointer(address, other)).toEqual({ kind: 'unconfirmed' });
    const third = openResolver([server.address]);
    zone.set('mail.contoso.example', address.includes(':') ? 'AAAA' : 'A', [address]);
    expect(await lookUpPointer(address, third)).toEqual({ kind: 'confirmed', name: 'mail.contoso.example' });
  });

  test('is unknown when the way back could not be asked', async () => {
    zone.point('203.0.113.9', 'mail.contoso.example');
    zone.fail('mail.contoso.example', 'SERVFAIL');
    expect(await lookUpPointer('203.0.113.9', resolver)).toBeNull();
  });
});
