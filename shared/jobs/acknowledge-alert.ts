import type { AlertFacts } from '../core/alerts/alert.ts';
import type { Acknowledgement } from '../core/setting/tenant-state.ts';
import { type Instant, later } from '../core/time.ts';
import { newTenantRecord, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import { type FoundAlert, tenantOf } from './find-alert.ts';
import { projectAgain } from './project-again.ts';
import type { Services, TenantRecord } from './services.ts';

/** What an acknowledgement did: it stops the reminders of an open episode; of a closed one it is only recorded. */
export type Acknowledged = 'reminders-stopped' | 'episode-over' | 'no-reminders';

/** A person's word that they know. Recorded in the tenant's ledger with who and when; never changes what is believed. */
export async function acknowledgeAlert(
  services: Services,
  found: FoundAlert,
  by: string,
  forMilliseconds: number | null,
): Promise<Acknowledged> {
  const alert = found.rows[0]?.alert;
  if (found.tenant === null || alert === undefined) return 'no-reminders';
  const tenant = await tenantOf(services, found.tenant);
  const at = services.now().toISOString();
  const until: Instant | null = forMilliseconds === null ? null : later(at, forMilliseconds);
  const acknowledgement: Acknowledgement = { by, at, until };
  const episode = episodeOf(alert.facts);
  const committed = await commitChange<TenantRecord, Acknowledged>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => {
      const notes = [{ kind: 'acknowledged', alertId: alert.id, alert: alert.facts.kind, episode, by, until } as const];
      const { open } = record.state;
      if (episode === null || open?.number !== episode) {
        return { record, notes, drafts: [], result: episode === null ? 'no-reminders' : 'episode-over' };
      }
      const state = { ...record.state, open: { ...open, acknowledged: acknowledgement } };
      return { record: { ...record, state }, notes, drafts: [], result: 'reminders-stopped' };
    },
  );
  await markRows(services, tenant.id, alert.id, acknowledgement);
  await projectAgain(services, tenant, committed.record);
  return committed.result;
}

/** The permissive episode that an alert is about; null when it is about something else. */
export function episodeOf(facts: AlertFacts): number | null {
  return 'episode' in facts ? facts.episode : null;
}

/** Lists show the acknowledgement beside the alert; a row that is being delivered meanwhile is read again. */
async function markRows(
  services: Services,
  scope: string,
  alertId: string,
  acknowledged: Acknowledgement,
): Promise<void> {
  const rows = (await services.ledger.outbox(scope)).filter((row) => row.alert.id === alertId);
  for (const { channel } of rows) {
    for (;;) {
      const found = await services.ledger.outboxRow(scope, alertId, channel);
      if (found === null) break;
      if ((await services.ledger.saveOutboxRow({ ...found.value, acknowledged }, found.version)) === 'saved') break;
    }
  }
}
