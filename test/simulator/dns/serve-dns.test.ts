import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import fc from 'fast-check';
import { reverseName } from '../../../simulator/dns/zone.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start-simulator.ts';

let simulator: Simulator;
let resolver: Resolver;

beforeEach(async () => {
  simulator = await startSimulator();
  resolver = new Resolver();
  resolver.setServers([simulator.dnsServer]);
});

afterEach(async () => {
  resolver.cancel();
  await simulator.stop();
});

describe('the name server', () => {
  it('answers every kind of record, whatever the case of the name', async () => {
    const { dns } = simulator;
    dns.set('contoso.example', 'TXT', ['v=spf1 ip4:203.0.113.0/24 -all', 'second']);
    dns.set('contoso.example', 'MX', [{ preference: 10, exchange: 'mx.gateway.example' }]);
    dns.set('contoso.example', 'A', ['198.51.100.1', '198.51.100.2']);
    dns.set('contoso.example', 'AAAA', ['2001:db8::1']);
    dns.point('203.0.113.7', 'mail.contoso.example');
    dns.point('2001:db8::7', 'mail6.contoso.example');
    expect((await resolver.resolveTxt('Contoso.EXAMPLE')).map((parts) => parts.join(''))).toEqual([
      'v=spf1 ip4:203.0.113.0/24 -all',
      'second',
    ]);
    expect(await resolver.resolveMx('contoso.example')).toMatchObject([
      { priority: 10, exchange: 'mx.gateway.example' },
    ]);
    expect((await resolver.resolve4('contoso.example')).sort()).toEqual(['198.51.100.1', '198.51.100.2']);
    expect(await resolver.resolve6('contoso.example')).toEqual(['2001:db8::1']);
    expect(await resolver.reverse('203.0.113.7')).toEqual(['mail.contoso.example']);
    expect(await resolver.reverse('2001:db8::7')).toEqual(['mail6.contoso.example']);
  });

  it('follows aliases', async () => {
    simulator.dns.set('selector1._domainkey.contoso.example', 'CNAME', ['key.contoso.onmicrosoft.example']);
    simulator.dns.set('key.contoso.onmicrosoft.example', 'TXT', ['v=DKIM1; p=abc']);
    expect(await resolver.resolveTxt('selector1._domainkey.contoso.example')).toEqual([['v=DKIM1; p=abc']]);
    expect(await resolver.resolveCname('selector1._domainkey.contoso.example')).toEqual([
      'key.contoso.onmicrosoft.example',
    ]);
  });

  it('tells a name that does not exist from one that lacks the record', async () => {
    simulator.dns.set('contoso.example', 'A', ['198.51.100.1']);
    await expect(resolver.resolveTxt('contoso.example')).rejects.toMatchObject({ code: 'ENODATA' });
    await expect(resolver.resolveTxt('nobody.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    simulator.dns.set('contoso.example', 'A', []);
    await expect(resolver.resolve4('contoso.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it.each([
    ['SERVFAIL', 'ESERVFAIL'],
    ['NXDOMAIN', 'ENOTFOUND'],
    ['REFUSED', 'EREFUSED'],
    ['timeout', 'ETIMEOUT'],
  ] as const)('fails on demand: %s', async (fault, code) => {
    simulator.dns.set('contoso.example', 'A', ['198.51.100.1']);
    simulator.dns.fail('contoso.example', fault);
    const impatient = new Resolver({ timeout: 100, tries: 1 });
    impatient.setServers([simulator.dnsServer]);
    const asked = fault === 'timeout' ? impatient : resolver;
    await expect(asked.resolve4('contoso.example')).rejects.toMatchObject({ code });
    simulator.dns.fail('contoso.example', null);
    expect(await resolver.resolve4('contoso.example')).toEqual(['198.51.100.1']);
  });

  it('sends what does not fit into a datagram over TCP, in strings of 255 bytes', async () => {
    const text = `v=spf1 ${'ip4:203.0.113.1 '.repeat(300)}-all`;
    simulator.dns.set('large.example', 'TXT', [text]);
    const [parts] = await resolver.resolveTxt('large.example');
    expect(parts!.join('')).toBe(text);
    expect(parts!.every((part) => part.length <= 255)).toBe(true);
  });

  it('can insist on TCP for a small answer', async () => {
    simulator.dns.set('small.example', 'TXT', ['short']);
    simulator.dns.fail('small.example', 'truncated');
    expect(await resolver.resolveTxt('small.example')).toEqual([['short']]);
  });

  it('does not mind noise', async () => {
    const [host, port] = simulator.dnsServer.split(':');
    const socket = createSocket('udp4');
    for (const noise of [Buffer.alloc(0), Buffer.from('noise'), Buffer.alloc(12)]) {
      await new Promise((resolve) => socket.send(noise, Number(port), host, resolve));
    }
    socket.close();
    simulator.dns.set('contoso.example', 'A', ['198.51.100.1']);
    expect(await resolver.resolve4('contoso.example')).toEqual(['198.51.100.1']);
  });
});

describe('the reverse name of an address', () => {
  it.each([
    ['203.0.113.7', '7.113.0.203.in-addr.arpa'],
    ['2001:db8::1', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
  ])('%s', (ip, name) => {
    expect(reverseName(ip)).toBe(name);
  });

  it('has 32 digits for every IPv6 address', () => {
    fc.assert(
      fc.property(
        fc.ipV6().filter((ip) => !ip.includes('.')),
        (ip) => {
          expect(reverseName(ip)).toMatch(/^([0-9a-f]\.){32}ip6\.arpa$/i);
        },
      ),
    );
  });
});
