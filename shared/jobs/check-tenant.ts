import { announceSetting, awaitsBlindnessAlert } from '../core/alerts/announce.ts';
import { beginAttribution } from '../core/evidence/attribution.ts';
import { EMPTY_CHAIN } from '../core/evidence/history.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import { type Belief, believeReading, type Transition } from '../core/setting/believe-reading.ts';
import { type AlertPolicy, activeException } from '../core/setting/policy.ts';
import type { Reading } from '../core/setting/reading.ts';
import { newTenantState } from '../core/setting/tenant-state.ts';
import { METRIC_ATTRIBUTES, METRICS, SPAN_ATTRIBUTES, SPANS } from '../core/telemetry-names.ts';
import type { Instant } from '../core/time.ts';
import { type Change, commitChange } from './commit-change.ts';
import type { FleetRow, OutboxRow, Services, TenantRecord } from './services.ts';

/** What one check of one tenant gave. */
export interface CheckResult {
  readonly tenant: CheckedTenant;
  readonly reading: Reading;
  readonly transition: Transition;
  readonly record: TenantRecord;
  readonly row: FleetRow;
  /** Outbox rows that this check created. */
  readonly outbox: readonly OutboxRow[];
}

/** The record of a tenant that has no ledger yet. */
export function newTenantRecord(registeredAt: Instant): TenantRecord {
  return {
    chain: EMPTY_CHAIN,
    state: newTenantState(registeredAt),
    exceptions: [],
    windows: [],
    attribution: null,
    approvals: [],
    spoofing: null,
  };
}

/** Reads one tenant's setting and commits what follows. Costs three table transactions when nothing changed. May run twice. */
export async function checkTenant(
  services: Services,
  tenant: CheckedTenant,
  run: { readonly runId: string },
): Promise<CheckResult> {
  const attributes = { [SPAN_ATTRIBUTES.tenantId]: tenant.id, [SPAN_ATTRIBUTES.runId]: run.runId };
  return services.telemetry.span(SPANS.checkTenant, attributes, async (note) => {
    const result = await readAndCommit(services, tenant, run.runId);
    const { reading, transition } = result;
    const reason = reading.verdict === 'unknown' ? { [SPAN_ATTRIBUTES.reason]: reading.reason } : {};
    note({ [SPAN_ATTRIBUTES.verdict]: reading.verdict, [SPAN_ATTRIBUTES.transition]: transition, ...reason });
    services.telemetry.count(METRICS.checks, 1, { [METRIC_ATTRIBUTES.verdict]: reading.verdict });
    return result;
  });
}

async function readAndCommit(services: Services, tenant: CheckedTenant, runId: string): Promise<CheckResult> {
  const reading = await services.readSetting(tenant);
  const { record, outbox, result } = await commitChange<TenantRecord, Belief>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (before) => decide(services, tenant, reading, runId, before),
  );
  const row = projectTenant(tenant, reading, record, runId, services.now().toISOString());
  // A newer reading has its row already.
  if (!result.late) await services.fleet.put(row);
  return { tenant, reading, transition: result.transition, record, row, outbox };
}

/** Where a tenant's changes are committed. */
export function targetOf({ id, name, domains }: CheckedTenant) {
  return { scope: id, tenant: { id, name, domains } };
}

/** What a tenant's owner decided, out of the registry and the ledger. */
export function policyOf(tenant: CheckedTenant, record: TenantRecord): AlertPolicy {
  const { channels, escalation } = tenant;
  return { channels, escalation, exceptions: record.exceptions, windows: record.windows };
}

function decide(
  services: Services,
  tenant: CheckedTenant,
  reading: Reading,
  runId: string,
  before: TenantRecord,
): Change<TenantRecord, Belief> | { unchanged: Belief } {
  const now = services.now().toISOString();
  const belief = believeReading(before.state, reading, { runId, now, blindAfter: services.policy.blindAfter });
  if (belief.state === before.state) return { unchanged: belief };
  const { state, drafts, notes } = announceSetting(belief.state, policyOf(tenant, before), now);
  const opened = belief.transition === 'drifted' ? state.open : null;
  const attribution = opened === null ? before.attribution : beginAttribution(opened.number, opened.window, now);
  const registered = before.chain.seq === 0 ? [{ kind: 'registered', registeredAt: tenant.registeredAt } as const] : [];
  return {
    record: { ...before, state, attribution },
    notes: [...registered, ...belief.notes, ...notes],
    drafts,
    result: belief,
  };
}

/** The tenant's line in lists and dashboards. */
export function projectTenant(
  tenant: CheckedTenant,
  reading: Reading,
  record: TenantRecord,
  runId: string,
  now: Instant,
): FleetRow {
  const { state, chain, exceptions } = record;
  const acknowledged = state.open?.acknowledged ?? null;
  return {
    tenantId: tenant.id,
    name: tenant.name,
    verdict: reading.verdict,
    state: state.phase,
    reason: reading.verdict === 'unknown' ? reading.reason : null,
    detail: reading.verdict === 'unknown' ? reading.detail : null,
    checkedAt: reading.observedAt,
    verifiedAt: state.verifiedAt,
    openSince: state.open?.window.notAfter ?? null,
    excepted: state.phase === 'permissive' && activeException(exceptions, now) !== null,
    acknowledged: acknowledged !== null && (acknowledged.until ?? '9999') > now,
    runId,
    seq: chain.seq,
    hash: chain.hash,
    awaitsBlindnessAlert: awaitsBlindnessAlert(state),
    followUpAt: record.attribution?.dueAt ?? null,
  };
}
