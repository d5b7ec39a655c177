import { deliverAll } from './deliver-all.ts';
import { finishSweeps } from './finish-sweep.ts';
import { followUp } from './follow-up.ts';
import { listManaged } from './list-tenants.ts';
import type { Services } from './services.ts';

/** Milliseconds that a tending round waits for short retries. */
const PATIENCE = 10_000;

/** Each minute: closes sweeps, follows up on drifts and delivers whatever is due, so that a lost queue message costs a minute and no alert. */
export async function tend(services: Services, random: () => number): Promise<void> {
  const managed = await listManaged(services);
  await finishSweeps(services, managed);
  await followUp(services, managed, services.fleet.rows(), 0);
  await deliverAll(services, managed.channels, managed, { patience: PATIENCE, random });
}
