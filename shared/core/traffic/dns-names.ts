import type { MailExchangers } from './network-context.ts';
import type { OwnDomains } from './own-domains.ts';

const EXCHANGE_ONLINE = /\.(?:mail\.protection\.outlook\.com|mx\.microsoft)$/;

/** Whether a mail exchanger is Exchange Online itself. */
export function isExchangeOnline(host: string): boolean {
  return EXCHANGE_ONLINE.test(host);
}

/** The mail exchangers that stand before Exchange Online: a third-party gateway or the tenant's own. */
export function gatewaysOf(exchangers: readonly MailExchangers[]): MailExchangers[] {
  return exchangers.filter(({ hosts }) => hosts.length > 0 && !hosts.some(isExchangeOnline));
}

/** Whether a host name lies in the tenant's own zones, accepted as a mail domain or not. */
export function isOwnName(own: OwnDomains, name: string): boolean {
  return own.exact.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/**
 * The part of a name that one organisation registered, as far as can be told without a list of public suffixes: two
 * labels, or three below a short second level (`co.uk`, `com.au`).
 */
export function registeredPart(name: string): string {
  const labels = name.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const below = top.length === 2 && second.length <= 3 ? 3 : 2;
  return labels.slice(-below).join('.');
}

/** Whether a name is made from the address: given to any customer of a provider, so it says nothing of who that is. */
export function isGenericName(name: string, address: string): boolean {
  const octets = address.split('.');
  if (octets.length !== 4) return /(?:[0-9a-f]{1,4}[-.]){3}/.test(name);
  const numbers = (name.match(/\d+/g) ?? []).map((digits) => String(Number(digits)));
  const inName = (wanted: readonly string[]) => wanted.every((octet) => numbers.includes(octet));
  return (
    inName(octets) || inName(octets.slice(2)) || /(?:^|[-.])(?:dyn|dynamic|dip|pool|dhcp|dsl|cable|cust)/.test(name)
  );
}
