import { EMPTY_CHAIN, type HistoryEntry, verifyChain } from '../core/evidence/history.ts';
import type { Services, TenantRecord } from './services.ts';

export interface TenantHistory {
  readonly tenantId: string;
  readonly entries: readonly HistoryEntry[];
  /** `intact`, or where the chain breaks. */
  readonly chain: string;
}

/** Reads and verifies one tenant's ledger, oldest entry first. */
export async function readHistory(services: Services, tenantId: string): Promise<TenantHistory> {
  const record = (await services.ledger.load<TenantRecord>(tenantId))?.value;
  const entries = await services.ledger.history(tenantId);
  return { tenantId, entries, chain: verifyChain(entries, record?.chain ?? EMPTY_CHAIN) };
}
