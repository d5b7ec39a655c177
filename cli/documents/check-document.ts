import { summariseFleet } from '../../shared/core/fleet/summarise-fleet.ts';
import type { TrafficState } from '../../shared/core/traffic/traffic-state.ts';
import type { CheckResult } from '../../shared/jobs/check-tenant.ts';
import type { SweepOutcome } from '../../shared/jobs/run-sweep.ts';
import { FLEET_SCOPE, type MailboxItem, type OutboxRow } from '../../shared/jobs/services.ts';
import { describeReadiness, describeTraffic } from './traffic-document.ts';

/** An alert as it is listed under its tenant: one row per channel. */
export interface AlertLine {
  readonly id: string;
  readonly kind: string;
  readonly channel: string;
  readonly status: OutboxRow['status'];
}

/** What `dsw check --json` prints (design, section 7). */
export type CheckDocument = ReturnType<typeof buildCheckDocument>;

/** Builds the document of one sweep. `waiting` is what still lies in the mailboxes after it, `traffic` what is stored, by tenant. */
export function buildCheckDocument(
  outcome: SweepOutcome,
  waiting: readonly MailboxItem[],
  traffic: ReadonlyMap<string, TrafficState>,
) {
  const { sweep, results } = outcome;
  const lines = listAlerts(outcome, waiting);
  const figures = summariseFleet(results.map((result) => result.row));
  const all = [...lines.values()].flat();
  const count = (status: OutboxRow['status']) => all.filter((line) => line.status === status).length;
  const digests = [...outcome.deliveries.reports].flatMap(([channel, report]) => {
    return report.digests.map(({ id, status }) => ({ id, kind: 'digest', channel, status }));
  });
  return {
    schemaVersion: 1,
    runId: sweep.runId,
    startedAt: sweep.startedAt,
    finishedAt: sweep.closedAt ?? sweep.startedAt,
    summary: {
      tenants: figures.tenants,
      enforced: figures.enforced,
      permissive: figures.permissive,
      unknown: figures.unknown,
      excepted: figures.excepted,
      alerts: { accepted: count('accepted'), pending: count('pending'), parked: count('parked') },
    },
    tenants: results.map((result) => {
      const { id } = result.tenant;
      return describeTenant(result, lines.get(id) ?? [], traffic.get(id) ?? null);
    }),
    alerts: [...(lines.get(FLEET_SCOPE) ?? []), ...digests],
  };
}

function describeTenant(
  { tenant, row, record, transition }: CheckResult,
  alerts: readonly AlertLine[],
  traffic: TrafficState | null,
) {
  const { open } = record.state;
  return {
    tenantId: tenant.id,
    name: tenant.name,
    verdict: row.verdict,
    state: row.state,
    reason: row.reason,
    detail: row.detail,
    checkedAt: row.checkedAt,
    verifiedAt: row.verifiedAt,
    transition,
    excepted: row.excepted,
    ...(open === null ? {} : { window: open.window, episode: open.number }),
    alerts,
    traffic: describeTraffic(traffic),
    readiness: describeReadiness(traffic),
  };
}

/** Every alert that was created, attempted or still waits, with its status now, by tenant. */
function listAlerts(outcome: SweepOutcome, waiting: readonly MailboxItem[]): Map<string, AlertLine[]> {
  const newest = new Map<string, { scope: string; line: AlertLine }>();
  const note = (scope: string, id: string, kind: string, channel: string, status: OutboxRow['status']) => {
    newest.set(`${id}|${channel}`, { scope, line: { id, kind, channel, status } });
  };
  for (const row of outcome.raised) note(row.scope, row.alert.id, row.alert.facts.kind, row.channel, row.status);
  for (const item of waiting) note(item.scope, item.alertId, item.kind, item.channel, item.status);
  for (const report of outcome.deliveries.reports.values()) {
    for (const row of report.attempted) note(row.scope, row.alert.id, row.alert.facts.kind, row.channel, row.status);
  }
  const byScope = new Map<string, AlertLine[]>();
  for (const { scope, line } of newest.values()) byScope.set(scope, [...(byScope.get(scope) ?? []), line]);
  return byScope;
}
