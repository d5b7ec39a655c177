import type { InboundConnector } from '../../shared/core/posture/inbound-connector.ts';
import type { AcceptedDomain } from '../../shared/core/traffic/own-domains.ts';
import type { Random } from './random.ts';

/** A row of a hunting table. */
export type TableRow = Record<string, unknown>;

/** The hunting tables of one tenant. */
export interface CorpusTables {
  readonly EmailEvents: TableRow[];
  readonly EmailUrlInfo: TableRow[];
  readonly EmailAttachmentInfo: TableRow[];
  readonly EmailPostDeliveryEvents: TableRow[];
  readonly SigninLogs: TableRow[];
}

/** One entry of a tenant's SPF record. */
export interface SpfEntry {
  readonly block: string;
  /** The include that brings it in; null: it stands in the record itself. */
  readonly include: string | null;
}

/** What is true of one source; the product never sees this. */
export interface Label {
  readonly address: string;
  readonly class: 'direct-send' | 'header-only';
  readonly truth: 'spoof' | 'legitimate';
  readonly kind: string;
}

/** A simulated tenant: its people, its DNS, its mail of 30 days, and the truth about its sources. */
export interface CorpusTenant {
  readonly name: string;
  readonly random: Random;
  readonly domain: string;
  readonly domains: readonly AcceptedDomain[];
  readonly people: readonly string[];
  readonly spf: SpfEntry[];
  readonly spfAll: 'fail' | 'softfail' | 'none';
  readonly dmarc: 'none' | 'monitor' | 'strict';
  readonly signsDkim: boolean;
  /** Names by address; an address that is missing has none. */
  readonly pointers: Map<string, string>;
  readonly gateway: {
    readonly host: string;
    readonly addresses: readonly string[];
    readonly connector: boolean;
  } | null;
  readonly connectors: InboundConnector[];
  /** Public addresses of the tenant's sites. */
  readonly offices: readonly string[];
  readonly tables: CorpusTables;
  readonly labels: Map<string, Label>;
}

/** The first day of every corpus, and the day after the last. */
export const CORPUS_START = '2026-10-01T00:00:00.000Z';
export const CORPUS_END = '2026-10-31T00:00:00.000Z';
export const CORPUS_DAYS = 30;
