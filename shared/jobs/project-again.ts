import type { CheckedTenant } from '../core/schemas.ts';
import { projectTenant } from './check-tenant.ts';
import type { Services, TenantRecord } from './services.ts';

/** Writes a tenant's fleet row anew from its record, after a person or the audit log changed something between two checks. */
export async function projectAgain(services: Services, tenant: CheckedTenant, record: TenantRecord): Promise<void> {
  const runId = record.state.newest?.runId ?? 'none';
  await services.fleet.put(projectTenant(tenant, lastReading(record), record, runId, services.now().toISOString()));
}

/** What the ledger says of the newest reading. */
function lastReading({ state }: TenantRecord): Parameters<typeof projectTenant>[1] {
  const askedAt = state.newest?.askedAt ?? state.registeredAt;
  const times = { askedAt, observedAt: askedAt };
  if (state.unreadable !== null) return { verdict: 'unknown', ...state.unreadable, ...times };
  if (state.verifiedAt === null) {
    return { verdict: 'unknown', reason: 'setting-not-returned', detail: 'not checked yet', ...times };
  }
  return { verdict: state.enforcedAt === state.verifiedAt ? 'enforced' : 'permissive', ...times };
}
