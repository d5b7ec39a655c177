import { type Attribution, type AuditAnswer, advanceAttribution } from '../core/evidence/attribution.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import { inMaintenance } from '../core/setting/policy.ts';
import { SECOND } from '../core/time.ts';
import { newTenantRecord, policyOf, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import { projectAgain } from './project-again.ts';
import type { OutboxRow, Services, TenantRecord } from './services.ts';

/** Pause between two looks at a query within one run. */
const LOOK_AGAIN = 2 * SECOND;

/**
 * Moves the search for who opened a drift as far as it goes now: submits a due query, looks whether it is done, tells what was
 * found. `patience` is how long this run waits for the service, in milliseconds. Returns the alerts that it raised.
 */
export async function attributeDrift(
  services: Services,
  tenant: CheckedTenant,
  patience: number,
): Promise<readonly OutboxRow[]> {
  const giveUpAt = services.now().getTime() + patience;
  for (;;) {
    const record = (await services.ledger.load<TenantRecord>(tenant.id))?.value;
    const before = record?.attribution ?? null;
    const now = services.now().toISOString();
    const waits = before?.query != null;
    if (before === null || before.dueAt === null || (!waits && before.dueAt > now)) return [];
    const answer = await ask(services, tenant, before);
    const outbox = await commitAnswer(services, tenant, before, answer);
    if (outbox.length > 0 || (answer.kind !== 'submitted' && answer.kind !== 'running')) return outbox;
    if (services.now().getTime() + LOOK_AGAIN > giveUpAt) return [];
    await services.wait(LOOK_AGAIN);
  }
}

function ask(services: Services, tenant: CheckedTenant, { query, window }: Attribution): Promise<AuditAnswer> {
  return query === null ? services.audit.submit(tenant, window) : services.audit.poll(tenant, query.id, window);
}

async function commitAnswer(
  services: Services,
  tenant: CheckedTenant,
  asked: Attribution,
  answer: AuditAnswer,
): Promise<readonly OutboxRow[]> {
  const committed = await commitChange<TenantRecord, null>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => {
      const before = record.attribution;
      // Another runner was faster, or a newer drift has begun a search of its own.
      if (before === null || JSON.stringify(before) !== JSON.stringify(asked)) return { unchanged: null };
      const now = services.now().toISOString();
      const attribution = advanceAttribution(before, answer, now);
      const { outcome, episode, window } = attribution;
      if (outcome === null) return { record: { ...record, attribution }, notes: [], drafts: [], result: null };
      const note = {
        kind: 'attributed',
        episode,
        actors: outcome.actors.map((actor) => ({ ...actor })),
        noRecord: outcome.noRecord,
      } as const;
      const facts = { kind: 'attributed', window, episode, ...outcome } as const;
      const told = isTold(record, episode) && !inMaintenance(record.windows, now);
      const drafts = told
        ? [{ facts, occasion: `${episode}|${attribution.startedAt}`, channels: policyOf(tenant, record).channels }]
        : [];
      return { record: { ...record, attribution }, notes: [note], drafts, result: null };
    },
  );
  await projectAgain(services, tenant, committed.record);
  return committed.outbox;
}

/** Who was never told of a drift, because it was approved or held back, is not told who caused it either. */
function isTold({ state }: TenantRecord, episode: number): boolean {
  if (state.open?.number !== episode) return true;
  return state.open.announcedAt !== null;
}
