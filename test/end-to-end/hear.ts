import type { Desk } from '../cli/open-desk.ts';

/** What one sweep made people hear: `kind → channel` of each alert that was accepted in it, those of the fleet included. */
export async function hear(desk: Desk, later = 0): Promise<string[]> {
  const document = await desk.check(later);
  const alerts = [...document.tenants.flatMap((tenant) => tenant.alerts), ...document.alerts];
  return alerts
    .filter(({ status }) => status === 'accepted')
    .map(({ kind, channel }) => `${kind} → ${channel}`)
    .sort();
}

/** The newest card of a channel as one text. */
export function newestCard(desk: Desk, channel = 'ops'): string {
  return JSON.stringify(desk.world.simulator.flow(channel).posted.at(-1)?.card ?? null);
}

/** What the ledger of a tenant says happened, oldest first; fails when its chain does not hold. */
export async function historyOf(desk: Desk, tenantId: string): Promise<string[]> {
  const { entries, chain } = await desk.read<{ entries: { kind: string }[]; chain: string }>('history', tenantId);
  if (chain !== 'intact') throw new Error(`the chain of ${tenantId}: ${chain}`);
  return entries.map(({ kind }) => kind);
}
