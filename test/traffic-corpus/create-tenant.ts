import { officeAddress, servicePool } from './addresses.ts';
import type { CorpusTenant } from './corpus-tenant.ts';
import { createRandom, type Random } from './random.ts';

const NAMES = [
  'amy',
  'ben',
  'chi',
  'dora',
  'eero',
  'fumi',
  'gina',
  'hugo',
  'iris',
  'jon',
  'kaisa',
  'leo',
  'mia',
  'noa',
];

/** Creates a tenant of one of many shapes: tiny or large, with or without gateway, with weak or strict DNS. */
export function createTenant(seed: string, number: number): CorpusTenant {
  const random = createRandom(`${seed}/${number}`);
  const domain = random.chance(0.1) ? `xn--mnchen-3ya-${number}.example` : `tenant${number}.example`;
  const size = random.pick([5, 5, 12, 25, 25, 60, 150]);
  const offices = Array.from({ length: random.pick([1, 1, 1, 2, 4]) }, () => officeAddress(random));
  const pointers = new Map<string, string>();
  for (const office of offices) {
    // Half of all offices have a provider's generic name, some their own, the rest none.
    if (random.chance(0.5)) pointers.set(office, `static-${office.replaceAll('.', '-')}.isp.example`);
    else if (random.chance(0.3)) pointers.set(office, `mail.${domain}`);
  }
  return {
    name: `${seed}-${number}`,
    random,
    domain,
    domains: [
      { name: domain, matchSubdomains: random.chance(0.3) },
      { name: `tenant${number}.onmicrosoft.com`, matchSubdomains: false },
      ...(random.chance(0.2) ? [{ name: `brand${number}.example`, matchSubdomains: false }] : []),
    ],
    people: Array.from({ length: size }, (_, at) => `${NAMES[at % NAMES.length]}.${random.hex(4)}@${domain}`),
    spf: offices.filter(() => random.chance(0.35)).map((office) => ({ block: `${office}/32`, include: null })),
    spfAll: random.pick(['softfail', 'softfail', 'fail', 'none']),
    dmarc: random.pick(['none', 'none', 'monitor', 'monitor', 'strict']),
    signsDkim: random.chance(0.5),
    pointers,
    gateway: random.chance(0.25) ? createGateway(random, pointers) : null,
    connectors: [],
    offices,
    tables: { EmailEvents: [], EmailUrlInfo: [], EmailAttachmentInfo: [], EmailPostDeliveryEvents: [], SigninLogs: [] },
    labels: new Map(),
  };
}

function createGateway(random: Random, pointers: Map<string, string>): NonNullable<CorpusTenant['gateway']> {
  const addresses = servicePool(random, 4);
  for (const [at, address] of addresses.entries()) pointers.set(address, `relay${at}.gateway.example`);
  return { host: 'mx1.gateway.example', addresses, connector: random.chance(0.6) };
}
