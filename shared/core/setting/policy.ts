import type { Instant } from '../time.ts';

/** A documented, approved, expiring permission to be permissive. */
export interface Exception {
  readonly id: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly from: Instant;
  /** First moment at which it no longer holds. */
  readonly until: Instant;
}

/** A stretch of time in which alerts of a tenant are held back; repeats when `every` is set. */
export interface MaintenanceWindow {
  readonly id: string;
  readonly reason: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly every: 'day' | 'week' | null;
}

/** What a tenant's owner decided about when to speak, and to whom. */
export interface AlertPolicy {
  readonly channels: readonly string[];
  readonly exceptions: readonly Exception[];
  readonly windows: readonly MaintenanceWindow[];
  /** Channels told when nobody acknowledged within `after` milliseconds. */
  readonly escalation: { readonly channels: readonly string[]; readonly after: number } | null;
}

/** The exception that holds now, the one that ends last when several do. */
export function activeException(exceptions: readonly Exception[], now: Instant): Exception | null {
  let best: Exception | null = null;
  for (const one of exceptions) {
    if (one.from <= now && now < one.until && (best === null || one.until > best.until)) best = one;
  }
  return best;
}

const PERIODS = { day: 86_400_000, week: 604_800_000 } as const;

/** Whether a maintenance window of the tenant is open now. A repeating one opens again each UTC day or week. */
export function inMaintenance(windows: readonly MaintenanceWindow[], now: Instant): boolean {
  return windows.some((window) => {
    const start = Date.parse(window.from);
    const length = Date.parse(window.until) - start;
    const elapsed = Date.parse(now) - start;
    if (elapsed < 0) return false;
    return window.every === null ? elapsed < length : elapsed % PERIODS[window.every] < length;
  });
}
