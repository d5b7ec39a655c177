import { contains, sourceOf, widthOf } from '../../shared/core/traffic/address-block.ts';
import type {
  NetworkContext,
  PointerName,
  SourceNetwork,
  SpfMatch,
} from '../../shared/core/traffic/network-context.ts';
import { checkDomains } from '../../shared/core/traffic/own-domains.ts';
import { parseNeighbours, parseSignIns } from '../../shared/core/traffic/parse-neighbours.ts';
import type { Row } from '../../shared/core/traffic/read-row.ts';
import type { CorpusTenant } from './corpus-tenant.ts';

/** What the readers would find out about a tenant's network by DNS, with one look-up in twenty failing. `withheld`
 * names what cannot be looked up at all: spf, names. */
export function describeNetwork(
  tenant: CorpusTenant,
  sources: readonly { readonly key: string; readonly address: string }[],
  answers: { readonly neighbours: readonly Row[] | null; readonly signIns: readonly Row[] | null },
  withheld: ReadonlySet<string>,
): NetworkContext {
  const neighbours = answers.neighbours && parseNeighbours(answers.neighbours);
  const signIns = answers.signIns && parseSignIns(answers.signIns);
  const known = new Map<string, SourceNetwork>();
  for (const { key, address } of sources) {
    known.set(key, {
      spf: withheld.has('spf') || tenant.random.chance(0.05) ? null : evaluateSpf(tenant, address),
      pointer: withheld.has('names') || tenant.random.chance(0.05) ? null : pointerOf(tenant, address),
      neighbours: neighbours && (neighbours.get(key) ?? { messages: 0, domains: 0, days: 0 }),
      signIns: signIns && (signIns.get(key) ?? { users: 0, days: 0 }),
    });
  }
  return {
    own: checkDomains(tenant.domains),
    mailExchangers: [
      tenant.gateway === null
        ? { domain: tenant.domain, hosts: ['tenant-example.mail.protection.outlook.com'], addresses: [] }
        : { domain: tenant.domain, hosts: [tenant.gateway.host], addresses: tenant.gateway.addresses.slice(0, 1) },
    ],
    connectors: tenant.connectors,
    namedLocations: null,
    sources: known,
  };
}

/** The source that an address of the corpus belongs to. */
export function keyOf(address: string): string {
  return sourceOf(address) ?? 'no-address';
}

function evaluateSpf(tenant: CorpusTenant, address: string): SpfMatch {
  const match = tenant.spf.find(({ block }) => contains(block, address));
  if (match === undefined) {
    return { result: tenant.spfAll, domain: tenant.domain, mechanism: null, includes: [], prefix: null };
  }
  return {
    result: 'pass',
    domain: tenant.domain,
    mechanism: `ip4:${match.block}`,
    includes: match.include === null ? [] : [match.include],
    prefix: widthOf(match.block)?.prefix ?? null,
  };
}

function pointerOf(tenant: CorpusTenant, address: string): PointerName {
  const name = tenant.pointers.get(address);
  return name === undefined ? { kind: 'none' } : { kind: 'confirmed', name };
}
