import { openResolver, type Resolver } from '../../../../shared/adapters/dns/open-resolver.ts';
import { readMailExchangers, readSources } from '../../../../shared/adapters/microsoft365/traffic/read-network.ts';
import { checkDomains } from '../../../../shared/core/traffic/own-domains.ts';
import type { SourceEvidence } from '../../../../shared/core/traffic/source-evidence.ts';
import { type DnsServer, serveDns } from '../../../../simulator/dns/serve-dns.ts';
import { createZone, type DnsZone } from '../../../../simulator/dns/zone.ts';

const EOP = 'contoso-example.mail.protection.outlook.com';
const UNKNOWN = { neighbours: null, signIns: null };

let zone: DnsZone;
let server: DnsServer;
let resolver: Resolver;

beforeEach(async () => {
  zone = createZone();
  server = await serveDns(zone);
  resolver = openResolver([server.address], { now: Date.now, patience: 50 });
});
afterEach(() => server.stop());

const own = (...names: string[]) => checkDomains(names.map((name) => ({ name, matchSubdomains: false })));
const point = (domain: string, exchange: string) => zone.set(domain, 'MX', [{ preference: 10, exchange }]);

describe('mail exchangers', () => {
  test('with their addresses, of each domain but those of Microsoft', async () => {
    point('contoso.example', EOP);
    point('brand.example', 'mx.gateway.example');
    zone.set('mx.gateway.example', 'A', ['203.0.113.1']);
    zone.fail('contoso.onmicrosoft.com', 'SERVFAIL');
    expect(
      await readMailExchangers(own('contoso.example', 'brand.example', 'contoso.onmicrosoft.com'), resolver),
    ).toEqual([
      { domain: 'contoso.example', hosts: [EOP], addresses: [] },
      { domain: 'brand.example', hosts: ['mx.gateway.example'], addresses: ['203.0.113.1'] },
    ]);
  });

  test('a domain without any is one without a gateway', async () => {
    expect(await readMailExchangers(own('parked.example'), resolver)).toEqual([
      { domain: 'parked.example', hosts: [], addresses: [] },
    ]);
  });

  test.each(['SERVFAIL', 'REFUSED', 'timeout'] as const)(
    'where one domain answers %s, no gateway among the others does not mean none',
    async (fault) => {
      point('contoso.example', EOP);
      zone.fail('silent.example', fault);
      expect(await readMailExchangers(own('contoso.example', 'silent.example'), resolver)).toBeNull();
      point('brand.example', 'mx.gateway.example');
      const known = await readMailExchangers(own('brand.example', 'silent.example'), resolver);
      expect(known?.map(({ domain }) => domain)).toEqual(['brand.example']);
    },
  );

  test('the last of hundreds of domains is asked as well', async () => {
    const names = Array.from({ length: 400 }, (_, at) => `brand${at}.example`);
    for (const name of names) point(name, name === 'brand399.example' ? 'mx.gateway.example' : EOP);
    const known = await readMailExchangers(own(...names), resolver);
    expect(known).toHaveLength(400);
    expect(known?.at(-1)?.hosts).toEqual(['mx.gateway.example']);
  });
});

describe('sources', () => {
  function source(address: string, envelopeDomains: readonly string[] = []): SourceEvidence {
    return {
      key: address,
      addresses: [address],
      messages: 1,
      days: [{ day: '2026-10-01', messages: 1 }],
      senders: { envelopeDomains },
    } as unknown as SourceEvidence;
  }

  test('SPF is asked of the domain that a source sends as, wherever it stands among hundreds', async () => {
    const names = Array.from({ length: 300 }, (_, at) => `brand${at}.example`);
    for (const name of names) zone.set(name, 'TXT', ['v=spf1 -all']);
    zone.set('brand299.example', 'TXT', ['v=spf1 ip4:203.0.113.9 -all']);
    const found = await readSources([source('203.0.113.9', ['brand299.example'])], own(...names), UNKNOWN, resolver);
    expect(found.get('203.0.113.9')?.spf).toMatchObject({ result: 'pass', domain: 'brand299.example' });
  });

  test('SPF of a strange envelope domain says nothing', async () => {
    zone.set('evil.example', 'TXT', ['v=spf1 +all']);
    zone.set('contoso.example', 'TXT', ['v=spf1 -all']);
    const found = await readSources(
      [source('203.0.113.9', ['evil.example'])],
      own('contoso.example'),
      UNKNOWN,
      resolver,
    );
    expect(found.get('203.0.113.9')?.spf).toMatchObject({ result: 'fail', domain: 'contoso.example' });
  });

  test('what an address does besides is unknown where it could not be asked, and nothing where it could', async () => {
    const hunted = { neighbours: new Map(), signIns: new Map([['203.0.113.9', { users: 4, days: 9 }]]) };
    const ask = async (known: Parameters<typeof readSources>[2]) =>
      (await readSources([source('203.0.113.9')], own('contoso.example'), known, resolver)).get('203.0.113.9');
    expect(await ask(UNKNOWN)).toMatchObject(UNKNOWN);
    expect(await ask(hunted)).toMatchObject({
      neighbours: { messages: 0, domains: 0, days: 0 },
      signIns: { users: 4, days: 9 },
    });
  });

  test('a loud campaign of a day from hundreds of addresses does not push out what sends every day', async () => {
    const campaign = Array.from({ length: 400 }, (_, at) => ({
      ...source(`198.51.${100 + Math.floor(at / 200)}.${at % 200}`),
      messages: 1000,
    }));
    const days = ['2026-10-01', '2026-10-02'].map((day) => ({ day, messages: 1 }));
    const scanner = { ...source('203.0.113.9'), days };
    const found = await readSources([...campaign, scanner], own('contoso.example'), UNKNOWN, resolver);
    expect(found.size).toBe(300);
    expect(found.has('203.0.113.9')).toBe(true);
  });

  test('without any name server hundreds of sources are unknown, and that takes no time for each', async () => {
    await server.stop();
    const many = Array.from({ length: 300 }, (_, at) => source(`198.51.${100 + Math.floor(at / 200)}.${at % 200}`));
    const found = await readSources(many, own('contoso.example', 'brand.example'), UNKNOWN, resolver);
    expect(found.size).toBe(300);
    for (const network of found.values()) expect(network).toMatchObject({ spf: null, pointer: null });
    server = await serveDns(zone);
  });
});
