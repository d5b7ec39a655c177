import type { OpenedServices } from '../shared/adapters/open-services.ts';
import { importTenants, listManaged } from '../shared/jobs/list-tenants.ts';
import { nameRun } from '../shared/jobs/name-run.ts';
import { runSweep } from '../shared/jobs/run-sweep.ts';
import { type BenchStage, tenantId } from './bench-stage.ts';

/** Registers tenants on an account and makes them healthy in the simulator. */
export async function fillFleet(stage: BenchStage, opened: OpenedServices, tenants: number): Promise<void> {
  await opened.storage.prepare();
  for (let at = 0; at < tenants; at += 1) stage.simulator.tenant(tenantId(at)).setting = true;
  const file = { tenants: Array.from({ length: tenants }, (_, at) => ({ id: tenantId(at), name: `Tenant ${at}` })) };
  await importTenants(opened.services, file, 'import');
}

/** One whole sweep of every registered tenant; returns its milliseconds. */
export async function timeSweep(opened: OpenedServices, run: number, abreast: number): Promise<number> {
  const managed = await listManaged(opened.services);
  const started = performance.now();
  const outcome = await runSweep(opened.services, {
    runId: nameRun(new Date(), `bench${run}`),
    tenants: managed.tenants,
    managed,
    traffic: false,
    concurrency: abreast,
    random: Math.random,
    onProgress: () => {},
  });
  const wrong = outcome.results.filter((result) => result.reading.verdict !== 'enforced');
  if (wrong.length > 0) throw new Error(`${wrong.length} tenants were not read: ${JSON.stringify(wrong[0]?.reading)}`);
  return performance.now() - started;
}
