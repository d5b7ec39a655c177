import type { SimulatedTenant } from '../tenant/tenant.ts';

/** Counts the calls of each tenant within a sliding window; refused calls count too. */
export interface CallLimit {
  /** Null when the call may pass, else the seconds until one may. */
  refuse(tenant: SimulatedTenant, most: number, now: Date): number | null;
}

/** A limit with a window of so many milliseconds. */
export function limitCalls(window: number): CallLimit {
  const calls = new WeakMap<SimulatedTenant, number[]>();
  return {
    refuse(tenant, most, now) {
      const recent = (calls.get(tenant) ?? []).filter((at) => at > now.getTime() - window);
      recent.push(now.getTime());
      calls.set(tenant, recent);
      const oldest = recent[recent.length - most - 1];
      return oldest === undefined ? null : Math.ceil((oldest + window - now.getTime()) / 1000);
    },
  };
}
