import type { HistoryEntry } from '../evidence/history.ts';
import type { Instant } from '../time.ts';

/** When the tenant was last closed while it was watched, in a history of any order; null: it was closed already at the first check. */
export function findClosing(history: readonly HistoryEntry[]): Instant | null {
  let newest: Instant | null = null;
  for (const { kind, closedAt } of history) {
    if (kind !== 'recovered' || typeof closedAt !== 'string') continue;
    if (newest === null || closedAt > newest) newest = closedAt;
  }
  return newest;
}
