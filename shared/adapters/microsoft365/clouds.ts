import type { Cloud } from '../../core/schemas.ts';
import type { Endpoints } from '../config/settings.ts';

/** The addresses and token scopes of one national cloud. `messageTrace`: whether Graph offers it there. */
export interface CloudAddresses {
  readonly authority: string;
  readonly exchange: string;
  readonly exchangeScope: string;
  readonly graph: string;
  readonly graphScope: string;
  /** Audience for exchanging a managed identity's token (sheet, section 4). */
  readonly exchangeAudience: string;
}

const GLOBAL: CloudAddresses = {
  authority: 'https://login.microsoftonline.com',
  exchange: 'https://outlook.office365.com',
  exchangeScope: 'https://outlook.office365.com/.default',
  graph: 'https://graph.microsoft.com',
  graphScope: 'https://graph.microsoft.com/.default',
  exchangeAudience: 'api://AzureADTokenExchange/.default',
};

const US_GOVERNMENT = {
  authority: 'https://login.microsoftonline.us',
  exchangeAudience: 'api://AzureADTokenExchangeUSGov/.default',
};

/** 21Vianet's Exchange scope is not documented anywhere; its own host is the likeliest audience. */
const ADDRESSES: Readonly<Record<Cloud, CloudAddresses>> = {
  global: GLOBAL,
  gcc: GLOBAL,
  'gcc-high': {
    ...US_GOVERNMENT,
    exchange: 'https://outlook.office365.us',
    exchangeScope: 'https://outlook.office365.us/.default',
    graph: 'https://graph.microsoft.us',
    graphScope: 'https://graph.microsoft.us/.default',
  },
  dod: {
    ...US_GOVERNMENT,
    exchange: 'https://outlook-dod.office365.us',
    exchangeScope: 'https://outlook-dod.office365.us/.default',
    graph: 'https://dod-graph.microsoft.us',
    graphScope: 'https://dod-graph.microsoft.us/.default',
  },
  china: {
    authority: 'https://login.partner.microsoftonline.cn',
    exchange: 'https://outlook.office365.cn',
    exchangeScope: 'https://outlook.office365.cn/.default',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    graphScope: 'https://microsoftgraph.chinacloudapi.cn/.default',
    exchangeAudience: 'api://AzureADTokenExchangeChina/.default',
  },
};

/** The addresses of a cloud, with the hosts that the settings put in their place. Scopes stay those of the cloud. */
export function addressesOf(cloud: Cloud, endpoints: Endpoints): CloudAddresses {
  const standard = ADDRESSES[cloud];
  return {
    ...standard,
    authority: endpoints.authority ?? standard.authority,
    exchange: endpoints.exchange ?? standard.exchange,
    graph: endpoints.graph ?? standard.graph,
  };
}

const MICROSOFT_AUTHORITIES = new Set(Object.values(ADDRESSES).map(({ authority }) => authority));

/** Whether sign-in happens at one of Microsoft's own hosts; instance discovery asks Microsoft about others and is off for them. */
export function isMicrosoftAuthority(authority: string): boolean {
  return MICROSOFT_AUTHORITIES.has(authority);
}

/** `RejectDirectSend` does not exist in these clouds (sheet, section 7). */
export function hasSetting(cloud: Cloud): boolean {
  return cloud !== 'gcc-high' && cloud !== 'dod';
}
