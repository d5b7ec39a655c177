import { type CheckedTenant, formatDuration, parseDuration, type TenantsFile } from '../schemas.ts';
import type { Instant } from '../time.ts';
import type { NamedChannel, RegisteredTenant, RegistryDefaults } from './tenant.ts';

/** What a tenants file writes into the registry; a registered tenant keeps its registration time. */
export interface RegistryChange {
  readonly tenants: readonly RegisteredTenant[];
  readonly channels: readonly NamedChannel[];
  /** Null when the file has no defaults: those that are stored stay. */
  readonly defaults: RegistryDefaults | null;
}

/** Turns a tenants file into rows of the registry. */
export function mergeTenantsFile(
  file: TenantsFile,
  origin: 'import' | 'deployment',
  known: ReadonlyMap<string, RegisteredTenant>,
  now: Instant,
): RegistryChange {
  const tenants = file.tenants.map((tenant): RegisteredTenant => {
    const before = known.get(tenant.id);
    const returning = before !== undefined && before.retiredAt === null;
    return {
      id: tenant.id,
      name: tenant.name,
      domains: (tenant.domains ?? []).map((domain) => domain.toLowerCase()),
      cloud: tenant.cloud ?? 'global',
      channels: tenant.channels ?? null,
      escalateTo: tenant.escalateTo ?? null,
      escalateAfter: tenant.escalateAfter === undefined ? null : parseDuration(tenant.escalateAfter),
      origin,
      registeredAt: returning ? before.registeredAt : now,
      retiredAt: null,
    };
  });
  const channels = Object.entries(file.channels ?? {}).map(([id, channel]) => ({ ...channel, id }));
  return { tenants, channels, defaults: file.defaults === undefined ? null : defaultsOf(file.defaults) };
}

function defaultsOf(written: NonNullable<TenantsFile['defaults']>): RegistryDefaults {
  return {
    channels: written.channels ?? [],
    fallback: written.fallback ?? null,
    escalateTo: written.escalateTo ?? [],
    escalateAfter: written.escalateAfter === undefined ? null : parseDuration(written.escalateAfter),
  };
}

/** The tenant as a check needs it, with the defaults applied. */
export function checkedTenant(tenant: RegisteredTenant, defaults: RegistryDefaults): CheckedTenant {
  const after = tenant.escalateAfter ?? defaults.escalateAfter;
  const to = tenant.escalateTo ?? defaults.escalateTo;
  return {
    id: tenant.id,
    name: tenant.name,
    domains: tenant.domains.slice(0, 5),
    cloud: tenant.cloud,
    channels: [...(tenant.channels ?? defaults.channels)],
    escalation: after === null || to.length === 0 ? null : { channels: [...to], after },
    registeredAt: tenant.registeredAt,
  };
}

/** The registry as a tenants file that `parseTenantsFile` accepts; retired tenants are left out. */
export function exportTenantsFile(
  tenants: readonly RegisteredTenant[],
  channels: readonly NamedChannel[],
  defaults: RegistryDefaults,
): TenantsFile {
  const exported = tenants.filter((tenant) => tenant.retiredAt === null);
  return {
    channels: Object.fromEntries(channels.map(({ id, ...channel }) => [id, channel])),
    defaults: {
      channels: [...defaults.channels],
      ...(defaults.fallback === null ? {} : { fallback: defaults.fallback }),
      ...escalationOf(defaults.escalateTo, defaults.escalateAfter),
    },
    tenants: exported.map((tenant) => ({
      id: tenant.id,
      name: tenant.name,
      ...(tenant.domains.length === 0 ? {} : { domains: [...tenant.domains] }),
      cloud: tenant.cloud,
      ...(tenant.channels === null ? {} : { channels: [...tenant.channels] }),
      ...escalationOf(tenant.escalateTo ?? [], tenant.escalateAfter),
    })),
  };
}

function escalationOf(to: readonly string[], after: number | null) {
  return {
    ...(to.length === 0 ? {} : { escalateTo: [...to] }),
    ...(after === null ? {} : { escalateAfter: formatDuration(after) }),
  };
}
