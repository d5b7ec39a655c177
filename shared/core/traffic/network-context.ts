import type { InboundConnector } from '../posture/inbound-connector.ts';
import type { OwnDomains } from './own-domains.ts';

/** What our own evaluation of the tenant's SPF records says of one source (RFC 7208). */
export interface SpfMatch {
  readonly result: 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'permerror';
  /** The accepted domain whose record was evaluated: one that passes, if any does. */
  readonly domain: string;
  /** The mechanism that matched, as written (`ip4:203.0.113.0/28`, `a`, `mx`, `all`); null when none did. */
  readonly mechanism: string | null;
  /** Domains of the includes and redirects on the way to the match, outermost first; empty: the record itself. */
  readonly includes: readonly string[];
  /** How many addresses the matching entry covers, as prefix length in the family of the source; null: cannot be told. */
  readonly prefix: number | null;
}

/** The name of an address by DNS. */
export type PointerName =
  | { readonly kind: 'none' }
  /** `name` resolves back to the address. */
  | { readonly kind: 'confirmed'; readonly name: string }
  /** Somebody wrote a name that does not resolve back: it proves nothing. */
  | { readonly kind: 'unconfirmed' };

/** What a source sends besides mail in the tenant's name, over the last 30 days. */
export interface Neighbours {
  /** Messages of other domains that passed DMARC. */
  readonly messages: number;
  readonly domains: number;
  readonly days: number;
}

/** Successful sign-ins of the tenant's users from a source, over the last 30 days. */
export interface SignIns {
  readonly users: number;
  readonly days: number;
}

/** What is known of one source; null means that it could not be found out, and is never read as "nothing". */
export interface SourceNetwork {
  readonly spf: SpfMatch | null;
  readonly pointer: PointerName | null;
  readonly neighbours: Neighbours | null;
  readonly signIns: SignIns | null;
}

/** The mail exchangers of one accepted domain. */
export interface MailExchangers {
  readonly domain: string;
  /** Host names in lower case without a final dot, most preferred first; empty: the domain publishes none. */
  readonly hosts: readonly string[];
  /** Their addresses. */
  readonly addresses: readonly string[];
}

/** What readers gathered about a tenant's network, by DNS and from the tenant itself. Null is unknown. */
export interface NetworkContext {
  readonly own: OwnDomains;
  readonly mailExchangers: readonly MailExchangers[] | null;
  readonly connectors: readonly InboundConnector[] | null;
  /** Address blocks of the tenant's named locations. */
  readonly namedLocations: readonly string[] | null;
  /** By source, as in `TrafficDay.source`; a missing source is wholly unknown. */
  readonly sources: ReadonlyMap<string, SourceNetwork>;
}

/** What is known of a source that nobody looked up. */
export const UNKNOWN_NETWORK: SourceNetwork = { spf: null, pointer: null, neighbours: null, signIns: null };
