import type { ChainHead, HistoryEntry } from '../core/evidence/history.ts';
import { DAY, type Instant, later } from '../core/time.ts';
import { FLEET_SCOPE, type OutboxRow, type Services } from './services.ts';

/** Changes per entity group transaction, one of them the record. */
const BATCH = 99;

/** Removes what is older than the retention, oldest first; the chain remembers where it now begins. Returns rows removed. */
export async function purgeHistory(services: Services): Promise<number> {
  const before = later(services.now().toISOString(), -services.policy.historyDays * DAY);
  let gone = await services.sweeps.purge(before);
  const scopes = [FLEET_SCOPE, ...(await services.registry.tenants()).map((tenant) => tenant.id)];
  for (const scope of scopes) gone += await purgeScope(services, scope, before);
  services.log.info('the retention purge ended', { removed: gone, before });
  return gone;
}

async function purgeScope(services: Services, scope: string, before: Instant): Promise<number> {
  let gone = 0;
  for (;;) {
    const loaded = await services.ledger.load<{ chain: ChainHead }>(scope);
    if (loaded === null) return gone;
    const entries = oldestPrefix(await services.ledger.history(scope), before).slice(0, BATCH);
    const accepted = (await services.ledger.outbox(scope)).filter((row) => isOld(row, before));
    const outbox = accepted.slice(0, BATCH - entries.length);
    if (entries.length + outbox.length === 0) return gone;
    const last = entries.at(-1);
    const { chain } = loaded.value;
    const purged = last === undefined ? chain.purged : { seq: last.seq, hash: last.hash };
    const record = { ...loaded.value, chain: { ...chain, purged } };
    const saved = await services.ledger.purge(scope, loaded.version, record, entries, outbox);
    if (saved === 'saved') gone += entries.length + outbox.length;
  }
}

/** Only an unbroken run from the old end may go: a hole in the middle would look like tampering. The newest entry stays. */
function oldestPrefix(entries: readonly HistoryEntry[], before: Instant): HistoryEntry[] {
  const firstKept = entries.findIndex((entry, at) => entry.at >= before || at === entries.length - 1);
  return entries.slice(0, Math.max(firstKept, 0));
}

function isOld(row: OutboxRow, before: Instant): boolean {
  return row.status === 'accepted' && row.acceptedAt !== null && row.acceptedAt < before;
}
