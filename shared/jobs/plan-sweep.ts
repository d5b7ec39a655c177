import type { TenantsFile } from '../core/schemas.ts';
import { between, MINUTE } from '../core/time.ts';
import { listManaged, syncDeployment } from './list-tenants.ts';
import type { Services } from './services.ts';

/** A sweep that is being planned longer than this was left behind by a crash; its messages are sent again. */
const PLANNING_TAKES = 5 * MINUTE;

/**
 * Plans one sweep: a message per tenant. Idempotent per run id, which comes from the schedule's occurrence: a repeated timer
 * plans nothing, a planning that crashed is finished. Returns how many tenants were planned; 0 when nothing was to do.
 */
export async function planSweep(
  services: Services,
  run: { readonly runId: string },
  deployed: TenantsFile | null,
): Promise<number> {
  const startedAt = services.now().toISOString();
  if (deployed !== null) await syncDeployment(services, deployed);
  const { tenants } = await listManaged(services);
  const sweep = { ...run, startedAt, expected: tenants.length, done: 0, failed: 0, closedAt: null };
  const created = await services.sweeps.create({ ...sweep, status: 'planning' });
  if (!created) {
    const before = await services.sweeps.get(run.runId);
    const abandoned = before?.status === 'planning' && between(before.startedAt, startedAt) > PLANNING_TAKES;
    if (!abandoned) return 0;
    services.log.warn('a planning that was cut off is finished', run);
  }
  await services.queues.sendChecks(tenants.map((tenant) => ({ schema: 1, runId: run.runId, tenant })));
  await services.sweeps.save({ ...sweep, status: 'running' });
  return tenants.length;
}
