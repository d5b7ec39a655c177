import ipaddr from 'ipaddr.js';

/** Where mail without a visible sender address is collected. */
export const NO_ADDRESS = 'no-address';

type Address = ReturnType<typeof ipaddr.parse>;

/**
 * The source that an address belongs to: an IPv4 address itself, the /64 of an IPv6 address (one host changes its address
 * within it freely). Mapped addresses (`::ffff:192.0.2.1`) are IPv4. Text that is no address gives null.
 */
export function sourceOf(address: string): string | null {
  const parsed = parseAddress(address.trim());
  if (parsed === null) return null;
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${network(parsed, 64)}/64`;
}

/** Whether `inner` (an address or a block) lies wholly in `outer`; false when either is neither. */
export function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [parseBlock(outer), parseBlock(inner)];
  if (wide === null || narrow === null || wide.address.kind() !== narrow.address.kind()) return false;
  if (narrow.length < wide.length) return false;
  return matches(narrow.address, wide.address, wide.length);
}

/** The number of leading bits that `block` fixes and its family; a plain address fixes all. Null when it is no block. */
export function widthOf(block: string): { readonly family: 4 | 6; readonly prefix: number } | null {
  const parsed = parseBlock(block);
  if (parsed === null) return null;
  return { family: parsed.address.kind() === 'ipv4' ? 4 : 6, prefix: parsed.length };
}

/** The neighbourhood that one network operator hands out together: the /24 of IPv4, the /48 of IPv6; null for no block. */
export function neighbourhoodOf(block: string): string | null {
  const parsed = parseBlock(block);
  if (parsed === null) return null;
  const length = parsed.address.kind() === 'ipv4' ? 24 : 48;
  return `${network(parsed.address, Math.min(length, parsed.length))}/${length}`;
}

/** Whether an address is one of the public Internet, as opposed to private, loopback, link-local and the like. */
export function isPublic(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === null) return false;
  const range = parsed.range();
  // The documentation ranges count as public: examples, tests and demonstrations use them in place of real addresses.
  return range === 'unicast' || range === 'reserved' || range === '6to4' || range === 'teredo';
}

function parseAddress(text: string): Address | null {
  if (!ipaddr.isValid(text) || (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text))) return null;
  return ipaddr.process(text);
}

function parseBlock(text: string): { address: Address; length: number } | null {
  const [base = '', bits, ...more] = text.trim().split('/');
  const address = parseAddress(base);
  if (address === null || more.length > 0) return null;
  const most = address.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return { address, length: most };
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  return length <= most ? { address, length } : null;
}

function matches(address: Address, base: Address, length: number): boolean {
  const [a, b] = [address.toByteArray(), base.toByteArray()];
  for (let bit = 0; bit < length; bit += 1) {
    const mask = 0x80 >> (bit % 8);
    if (((a[bit >> 3] ?? 0) & mask) !== ((b[bit >> 3] ?? 0) & mask)) return false;
  }
  return true;
}

function network(address: Address, length: number): string {
  const bytes = address.toByteArray().map((byte, at) => {
    const kept = Math.max(0, Math.min(8, length - at * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return ipaddr.fromByteArray(bytes).toString();
}
