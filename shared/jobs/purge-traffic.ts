import { dayOf, later } from '../core/time.ts';
import { WHOLE_PERIOD } from '../core/traffic/plan-reading.ts';
import { NO_TRAFFIC } from '../core/traffic/traffic-state.ts';
import { runAbreast } from './run-abreast.ts';
import type { Services } from './services.ts';

const ABREAST = 16;

/**
 * Forgets traffic that is older than thirty days. A reading does this too; here it is done for tenants whose traffic can no
 * longer be read and for retired ones, of which the last assessment is forgotten as well.
 */
export async function purgeTraffic(services: Services): Promise<void> {
  const { store } = services.traffic;
  const before = later(services.now().toISOString(), -WHOLE_PERIOD);
  await runAbreast(await services.registry.tenants(), { abreast: ABREAST }, async ({ id }) => {
    await store.dropDays(id, dayOf(before));
    const state = await store.state(id);
    if (state === null || state.readAt === null || state.readAt >= before) return;
    const { triedAt, huntedAt, reason, detail } = state;
    await store.saveState(id, { ...NO_TRAFFIC, triedAt, huntedAt, reason: reason ?? NO_TRAFFIC.reason, detail });
  });
}
