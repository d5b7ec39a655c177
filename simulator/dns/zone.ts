/** What a name server may do with a name besides answering it. */
export type DnsFault = 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED' | 'timeout' | 'truncated';

/** Data of the record types that are simulated. TXT strings longer than 255 bytes are split as DNS wants it. */
export interface RecordData {
  readonly A: string;
  readonly AAAA: string;
  readonly CNAME: string;
  readonly MX: { readonly preference: number; readonly exchange: string };
  readonly PTR: string;
  readonly TXT: string;
}

export type SimulatedType = keyof RecordData;

/** The records of every name; may be changed at run time. Names are compared without case. */
export interface DnsZone {
  /** Sets the records of one type of a name; an empty list removes them. */
  set<T extends SimulatedType>(name: string, type: T, data: readonly RecordData[T][]): void;
  /** Sets the PTR record of an address; null removes it. */
  point(ip: string, name: string | null): void;
  /** Makes every question about a name fail; null heals it. `truncated`: UDP answers only that TCP is needed. */
  fail(name: string, fault: DnsFault | null): void;
  /** The records of one type of a name; null when the name does not exist at all. */
  find(name: string, type: string): readonly unknown[] | null;
  faultOf(name: string): DnsFault | null;
}

/** A zone without names. */
export function createZone(): DnsZone {
  const names = new Map<string, Map<string, readonly unknown[]>>();
  const faults = new Map<string, DnsFault>();
  const set = (name: string, type: string, data: readonly unknown[]) => {
    const records = names.get(canonical(name)) ?? new Map<string, readonly unknown[]>();
    if (data.length === 0) records.delete(type);
    else records.set(type, data);
    if (records.size === 0) names.delete(canonical(name));
    else names.set(canonical(name), records);
  };
  return {
    set,
    point: (ip, name) => set(reverseName(ip), 'PTR', name === null ? [] : [name]),
    fail(name, fault) {
      if (fault === null) faults.delete(canonical(name));
      else faults.set(canonical(name), fault);
    },
    find(name, type) {
      const records = names.get(canonical(name));
      return records === undefined ? null : (records.get(type) ?? []);
    },
    faultOf: (name) => faults.get(canonical(name)) ?? null,
  };
}

/** The name under which an address is looked up in reverse. */
export function reverseName(ip: string): string {
  if (!ip.includes(':')) return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const [head = '', tail = ''] = ip.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = ip.includes('::') ? 8 - groups(head).length - groups(tail).length : 0;
  const all = [...groups(head), ...new Array<string>(missing).fill('0'), ...groups(tail)];
  const digits = all.map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
