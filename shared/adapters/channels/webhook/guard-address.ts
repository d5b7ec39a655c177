import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Raised in place of a connection to an address that no webhook may be at. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = 'DSW_FORBIDDEN_ADDRESS';
}

/** Whether an address is on the public Internet: not private, loopback, link-local (where clouds keep metadata), or reserved. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast';
}

type Callback = (error: Error | null, addresses: LookupAddress[] | string, family?: number) => void;

/**
 * A name look-up for outgoing connections that fails when any of a name's addresses is not public. The connection goes to
 * the very addresses that were examined, so a name cannot change between the check and the request.
 */
export function guardedLookup(hostname: string, options: LookupOptions, callback: Callback): void {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const forbidden = addresses.find(({ address }) => !isPublicAddress(address));
    if (forbidden !== undefined || addresses.length === 0) {
      return callback(new ForbiddenAddressError('the name leads to an address that is not public'), []);
    }
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    return callback(null, first?.address ?? '', first?.family);
  });
}

/** What is wrong with a webhook's URL; null when nothing is. Literal addresses are judged here, names when they are resolved. */
export function checkWebhookUrl(text: string, isAllowed: (url: URL) => boolean): string | null {
  if (!URL.canParse(text)) return 'is not a URL';
  const url = new URL(text);
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name';
  if (isAllowed(url)) return null;
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
    return 'is at an address that is not public; allow it with DSW_WEBHOOK_HOSTS if that is meant';
  }
  return null;
}
