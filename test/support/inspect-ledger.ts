import { type HistoryEntry, verifyChain } from '../../shared/core/evidence/history.ts';
import { FLEET_SCOPE, type OutboxRow, type Services, type TenantRecord } from '../../shared/jobs/services.ts';

/** A ledger as it lies in storage. */
export interface InspectedLedger {
  readonly record: TenantRecord | null;
  readonly history: readonly HistoryEntry[];
  readonly outbox: readonly OutboxRow[];
  /** `intact`, or where the chain breaks. */
  readonly chain: string;
}

/** Reads a whole ledger; that of the fleet when no tenant is named. */
export async function inspectLedger(services: Services, scope: string = FLEET_SCOPE): Promise<InspectedLedger> {
  const record = (await services.ledger.load<TenantRecord>(scope))?.value ?? null;
  const [history, outbox] = await Promise.all([services.ledger.history(scope), services.ledger.outbox(scope)]);
  return { record, history, outbox, chain: record === null ? 'none' : verifyChain(history, record.chain) };
}

/** The kinds of a ledger's entries, in order. */
export function kindsOf({ history }: InspectedLedger): string[] {
  return history.map(({ kind }) => kind);
}
