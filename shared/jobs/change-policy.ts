import type { Note } from '../core/evidence/history.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import type { Exception, MaintenanceWindow } from '../core/setting/policy.ts';
import { newTenantRecord, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import { projectAgain } from './project-again.ts';
import type { Services, TenantRecord } from './services.ts';

/** Records an approved exception; ended ones are dropped from the record and stay in the history. */
export async function addException(services: Services, tenant: CheckedTenant, exception: Exception): Promise<void> {
  const { id, reason, approvedBy, from, until } = exception;
  const now = services.now().toISOString();
  await change(
    services,
    tenant,
    { kind: 'exception-added', exceptionId: id, reason, approvedBy, from, until },
    (record) => {
      const current = record.exceptions.filter((one) => one.until > now);
      return { ...record, exceptions: [...current, exception] };
    },
  );
}

/** Ends an exception before its time; if the tenant is still permissive, the next check alerts. */
export async function removeException(
  services: Services,
  tenant: CheckedTenant,
  id: string,
  by: string,
): Promise<void> {
  await change(services, tenant, { kind: 'exception-removed', exceptionId: id, by }, (record) => {
    return { ...record, exceptions: record.exceptions.filter((one) => one.id !== id) };
  });
}

/** Records a stretch of time in which alerts of a tenant are held back. */
export async function addMaintenance(
  services: Services,
  tenant: CheckedTenant,
  window: MaintenanceWindow,
): Promise<void> {
  const { id, reason, from, until, every } = window;
  const now = services.now().toISOString();
  await change(services, tenant, { kind: 'maintenance-added', windowId: id, reason, from, until, every }, (record) => {
    const current = record.windows.filter((one) => one.every !== null || one.until > now);
    return { ...record, windows: [...current, window] };
  });
}

/** Removes a maintenance window; what it held back and is still true is told at the next check. */
export async function removeMaintenance(services: Services, tenant: CheckedTenant, id: string): Promise<void> {
  await change(services, tenant, { kind: 'maintenance-removed', windowId: id }, (record) => {
    return { ...record, windows: record.windows.filter((one) => one.id !== id) };
  });
}

async function change(
  services: Services,
  tenant: CheckedTenant,
  note: Note,
  apply: (record: TenantRecord) => TenantRecord,
): Promise<void> {
  const committed = await commitChange<TenantRecord, null>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => ({ record: apply(record), notes: [note], drafts: [], result: null }),
  );
  await projectAgain(services, tenant, committed.record);
}
