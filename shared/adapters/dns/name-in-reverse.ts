import ipaddr from 'ipaddr.js';

/** The name under which an address is looked up in reverse (RFC 1035, RFC 3596). Throws when it is no address. */
export function nameInReverse(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return `${parsed.toByteArray().reverse().join('.')}.in-addr.arpa`;
  const digits = parsed.toByteArray().map((byte) => byte.toString(16).padStart(2, '0'));
  return `${[...digits.join('')].reverse().join('.')}.ip6.arpa`;
}
