/** Microsoft's clouds, as a tenant file names them. */
export type Cloud = 'global' | 'gcc' | 'gcc-high' | 'dod' | 'china';

/** What a token can be for. */
export type Service = 'exchange' | 'graph';

interface CloudHosts {
  readonly exchange: readonly string[];
  readonly graph: readonly string[];
}

const COMMERCIAL: CloudHosts = { exchange: ['https://outlook.office365.com'], graph: ['https://graph.microsoft.com'] };

/** The resources that a token may be asked for, by cloud. China's Exchange scope is not documented: both known forms pass. */
const RESOURCES: Readonly<Record<Cloud, CloudHosts>> = {
  global: COMMERCIAL,
  gcc: COMMERCIAL,
  'gcc-high': { exchange: ['https://outlook.office365.us'], graph: ['https://graph.microsoft.us'] },
  dod: { exchange: ['https://outlook-dod.office365.us'], graph: ['https://dod-graph.microsoft.us'] },
  china: {
    exchange: ['https://partner.outlook.cn', 'https://outlook.office365.cn'],
    graph: ['https://microsoftgraph.chinacloudapi.cn'],
  },
};

/** The service that a resource address names in a cloud; null when that cloud has no such resource. */
export function serviceOf(resource: string, cloud: Cloud): Service | null {
  const { exchange, graph } = RESOURCES[cloud];
  if (exchange.includes(resource)) return 'exchange';
  return graph.includes(resource) ? 'graph' : null;
}
