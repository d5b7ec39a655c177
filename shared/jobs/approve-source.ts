import { judgeReadiness } from '../core/posture/judge-readiness.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import { dayOf } from '../core/time.ts';
import type { Approval } from '../core/traffic/approval.ts';
import { assessSources } from '../core/traffic/assess-sources.ts';
import { foldDays } from '../core/traffic/fold-days.ts';
import { keepMost, openContext } from '../core/traffic/traffic-state.ts';
import { newTenantRecord, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import { countDays } from './note-traffic-gap.ts';
import type { Services, TenantRecord } from './services.ts';

/** Records a person's word that a source is known, and assesses the stored traffic anew with it. */
export async function approveSource(services: Services, tenant: CheckedTenant, approval: Approval): Promise<void> {
  const { id, block, sender, reason, by, until } = approval;
  const note = { kind: 'source-approved', approvalId: id, block, sender, reason, by, until } as const;
  const record = await changeApprovals(services, tenant, note, (approvals) => {
    return [...approvals.filter((one) => one.until > approval.at), approval];
  });
  await assessAgain(services, tenant, record.approvals);
}

/** Takes an approval back. */
export async function removeApproval(services: Services, tenant: CheckedTenant, id: string, by: string): Promise<void> {
  const note = { kind: 'approval-removed', approvalId: id, by } as const;
  const record = await changeApprovals(services, tenant, note, (approvals) => approvals.filter((one) => one.id !== id));
  await assessAgain(services, tenant, record.approvals);
}

async function changeApprovals(
  services: Services,
  tenant: CheckedTenant,
  note: { readonly kind: 'source-approved' | 'approval-removed' },
  change: (approvals: readonly Approval[]) => readonly Approval[],
): Promise<TenantRecord> {
  const committed = await commitChange<TenantRecord, null>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => ({
      record: { ...record, approvals: change(record.approvals) },
      notes: [note],
      drafts: [],
      result: null,
    }),
  );
  return committed.record;
}

async function assessAgain(services: Services, tenant: CheckedTenant, approvals: readonly Approval[]): Promise<void> {
  const { store } = services.traffic;
  const state = await store.state(tenant.id);
  if (state?.context == null || state.from === null || state.to === null) return;
  const evidence = foldDays(await store.days(tenant.id, dayOf(state.from)));
  const basis = { context: openContext(state.context), approvals, from: state.from, now: services.now().toISOString() };
  const assessed = assessSources(evidence, basis);
  const { coverage, reason, from, to } = state;
  await store.saveState(tenant.id, {
    ...state,
    ...keepMost(assessed),
    readiness: judgeReadiness(assessed, { coverage, reason, days: countDays(from, to) }),
  });
}
