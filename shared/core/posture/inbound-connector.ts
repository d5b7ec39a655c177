/** An inbound connector, as `Get-InboundConnector` returns it, reduced to what decides. */
export interface InboundConnector {
  readonly name: string;
  readonly enabled: boolean;
  readonly type: 'Partner' | 'OnPremises';
  /** As Exchange writes them: `smtp:*;1`, `smtp:contoso.com;1`, `*`. */
  readonly senderDomains: readonly string[];
  /** IPv4 addresses and blocks, /24 to /32. */
  readonly senderAddresses: readonly string[];
  readonly certificateName: string | null;
  readonly restrictToAddresses: boolean;
  readonly restrictToCertificate: boolean;
  readonly treatMessagesAsInternal: boolean;
  readonly cloudServicesMail: boolean;
}

type Properties = Readonly<Record<string, unknown>>;

/** Reads one row of `Get-InboundConnector`; null when it is none. A flag that is not exactly `true` does not protect. */
export function parseInboundConnector(row: Properties): InboundConnector | null {
  const { Name, ConnectorType } = row;
  if (typeof Name !== 'string' || (ConnectorType !== 'Partner' && ConnectorType !== 'OnPremises')) return null;
  const certificate = row.TlsSenderCertificateName;
  return {
    name: Name,
    enabled: row.Enabled === true,
    type: ConnectorType,
    senderDomains: texts(row.SenderDomains),
    senderAddresses: texts(row.SenderIPAddresses),
    certificateName: typeof certificate === 'string' && certificate !== '' ? certificate : null,
    restrictToAddresses: row.RestrictDomainsToIPAddresses === true,
    restrictToCertificate: row.RestrictDomainsToCertificate === true,
    treatMessagesAsInternal: row.TreatMessagesAsInternal === true,
    cloudServicesMail: row.CloudServicesMailEnabled === true,
  };
}

function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string' && item !== '');
}
