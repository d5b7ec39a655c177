import type { Channel, Cloud } from '../schemas.ts';
import type { Instant } from '../time.ts';

/** A tenant as the registry keeps it. */
export interface RegisteredTenant {
  /** GUID, lower case. */
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly cloud: Cloud;
  /** Null: the defaults' channels. */
  readonly channels: readonly string[] | null;
  readonly escalateTo: readonly string[] | null;
  /** Milliseconds; null: the defaults'. */
  readonly escalateAfter: number | null;
  readonly origin: 'import' | 'deployment' | 'discovery';
  readonly registeredAt: Instant;
  /** When it was taken out of the registry: it is no longer checked, its ledger stays. */
  readonly retiredAt: Instant | null;
}

/** What applies to tenants that do not say otherwise. */
export interface RegistryDefaults {
  readonly channels: readonly string[];
  readonly fallback: string | null;
  readonly escalateTo: readonly string[];
  readonly escalateAfter: number | null;
}

export const NO_DEFAULTS: RegistryDefaults = { channels: [], fallback: null, escalateTo: [], escalateAfter: null };

/** A channel with its name. */
export type NamedChannel = Channel & { readonly id: string };
