import type { InboundConnector } from '../../shared/core/posture/inbound-connector.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { MailRow } from '../../simulator/tenant/mail-row.ts';
import type { SimulatedTenant } from '../../simulator/tenant/tenant.ts';
import type { CorpusTenant } from './corpus-tenant.ts';

const EXCHANGE_ONLINE = 'tenant-example.mail.protection.outlook.com';

/**
 * Lets a tenant of the corpus live in a simulated Microsoft 365: its domains, connectors, mail, and names in the name service.
 * Tenants of the corpus give the same name to different gateways and pools of services; here each has names of its own.
 */
export function settleTenant(simulator: Simulator, id: string, corpus: CorpusTenant): SimulatedTenant {
  const tenant = simulator.tenant(id);
  const { domain, domains, gateway, tables } = corpus;
  tenant.defenderPlan2 = true;
  tenant.setting = false;
  tenant.acceptedDomains = domains.map(({ name, matchSubdomains }) => ({
    DomainName: name,
    DomainType: 'Authoritative',
    Default: name === domain,
    MatchSubDomains: matchSubdomains,
  }));
  tenant.inboundConnectors = corpus.connectors.map(toExchange);
  tenant.mail = tables.EmailEvents as unknown as MailRow[];
  const exchange = gateway?.host.replace(/^[^.]+/, nameLike(domain)) ?? EXCHANGE_ONLINE;
  simulator.dns.set(domain, 'MX', [{ preference: 10, exchange }]);
  if (gateway !== null) simulator.dns.set(exchange, 'A', gateway.addresses.slice(0, 1));
  publishSpf(simulator, corpus);
  publishPointers(simulator, corpus);
  return tenant;
}

/** A connector of the gateway, as administrators make it where the corpus says that there is one. */
export function connectGateway(corpus: CorpusTenant): void {
  const { gateway, connectors } = corpus;
  if (!gateway?.connector) return;
  connectors.push({
    name: 'Gateway',
    enabled: true,
    type: 'Partner',
    senderDomains: ['smtp:*;1'],
    senderAddresses: gateway.addresses,
    certificateName: null,
    restrictToAddresses: true,
    restrictToCertificate: false,
    treatMessagesAsInternal: false,
    cloudServicesMail: false,
  });
}

function toExchange(connector: InboundConnector): SimulatedTenant['inboundConnectors'][number] {
  return {
    Name: connector.name,
    Enabled: connector.enabled,
    ConnectorType: connector.type,
    SenderDomains: connector.senderDomains,
    SenderIPAddresses: connector.senderAddresses,
    TlsSenderCertificateName: connector.certificateName,
    RequireTls: false,
    RestrictDomainsToIPAddresses: connector.restrictToAddresses,
    RestrictDomainsToCertificate: connector.restrictToCertificate,
    CloudServicesMailEnabled: connector.cloudServicesMail,
    TreatMessagesAsInternal: connector.treatMessagesAsInternal,
    EFSkipLastIP: false,
    EFSkipIPs: [],
    EFUsers: [],
  };
}

function publishSpf(simulator: Simulator, { domain, spf, spfAll }: CorpusTenant): void {
  const includes = new Map<string, string[]>();
  const own: string[] = [];
  for (const { block, include } of spf) {
    const entry = `${block.includes(':') ? 'ip6' : 'ip4'}:${block}`;
    if (include === null) own.push(entry);
    else includes.set(include, [...(includes.get(include) ?? []), entry]);
  }
  const all = { fail: ' -all', softfail: ' ~all', none: '' }[spfAll];
  const names = [...includes].map(([name, entries]) => {
    const published = `${nameLike(domain)}.${name}`;
    simulator.dns.set(published, 'TXT', [`v=spf1 ${entries.join(' ')} -all`]);
    return `include:${published}`;
  });
  simulator.dns.set(domain, 'TXT', [`v=spf1 ${[...own, ...names].join(' ')}${all}`]);
}

function publishPointers(simulator: Simulator, { pointers }: CorpusTenant): void {
  const hosts = Map.groupBy(pointers, ([, name]) => name);
  for (const [name, entries] of hosts) {
    const addresses = entries.map(([address]) => address);
    const known = (type: 'A' | 'AAAA') => (simulator.dns.find(name, type) ?? []) as string[];
    const add = (type: 'A' | 'AAAA', more: string[]) => simulator.dns.set(name, type, [...known(type), ...more]);
    add(
      'A',
      addresses.filter((address) => !address.includes(':')),
    );
    add(
      'AAAA',
      addresses.filter((address) => address.includes(':')),
    );
    for (const address of addresses) simulator.dns.point(address, name);
  }
}

function nameLike(domain: string): string {
  return domain.replaceAll('.', '-');
}
