import type { CheckedTenant } from '../core/schemas.ts';
import { clean } from '../core/setting/interpret-answer.ts';
import { unknown } from '../core/setting/reading.ts';
import { between, type Instant, SECOND } from '../core/time.ts';
import { type CheckResult, checkTenant, newTenantRecord, projectTenant } from './check-tenant.ts';
import { type Deliveries, deliverAll, joinDeliveries } from './deliver-all.ts';
import { finishSweep } from './finish-sweep.ts';
import { followUp } from './follow-up.ts';
import type { Managed } from './list-tenants.ts';
import { runAbreast } from './run-abreast.ts';
import type { OutboxRow, Services, Sweep } from './services.ts';
import { tryTraffic } from './try-traffic.ts';

/** One whole sweep in this process, as the command line runs it. */
export interface SweepOrder {
  readonly runId: string;
  /** The tenants to check; all that are managed, or some of them. */
  readonly tenants: readonly CheckedTenant[];
  readonly managed: Managed;
  /** Whether traffic that is due is read. */
  readonly traffic: boolean;
  /** Tenants in flight at once. */
  readonly concurrency: number;
  readonly random: () => number;
  readonly onProgress: (done: number, of: number) => void;
}

export interface SweepOutcome {
  readonly sweep: Sweep;
  readonly results: readonly CheckResult[];
  /** Outbox rows that this sweep created. */
  readonly raised: readonly OutboxRow[];
  readonly deliveries: Deliveries;
}

/** A tenant that takes longer gives its place in the queue to another; it goes on beside them. */
const SLOW_AFTER = 3 * SECOND;
const MOST_IN_FLIGHT = 512;
/**
 * A sweep with tenants and channels that hang is over within a minute: what its deliveries may wait shrinks with the time it
 * took, because the last message is begun by then and may take 20 s.
 */
const LAST_MESSAGE = 38 * SECOND;
const LEAST_PATIENCE = 5 * SECOND;
/** So long the alerts are alone before traffic is read beside them. */
const ALERTS_FIRST = 5 * SECOND;
/** Reading traffic ends before the rest, because what it raises is delivered after it. */
const WHOLE_TRAFFIC = 50 * SECOND;
const LEAST_TRAFFIC = 10 * SECOND;
const TRAFFIC_ABREAST = 16;
/** How long a sweep waits for the audit queries that it submitted, all tenants together. */
const FOLLOW_UP_PATIENCE = 10 * SECOND;

/** Checks the tenants, closes the sweep and delivers everything that is due before it returns. */
export async function runSweep(services: Services, order: SweepOrder): Promise<SweepOutcome> {
  const { runId, tenants, managed } = order;
  const startedAt = services.now().toISOString();
  const sweep: Sweep = {
    runId,
    startedAt,
    status: 'running',
    expected: tenants.length,
    done: 0,
    failed: 0,
    closedAt: null,
  };
  await services.sweeps.create(sweep);
  const results = await checkAll(services, order);
  const rows = results.map((result) => result.row);
  const finished = await finishSweep(services, sweep, rows, managed);
  const isWhole = rows.length === managed.tenants.length;
  const elapsed = between(startedAt, services.now().toISOString());
  const patience = Math.max(LEAST_PATIENCE, LAST_MESSAGE - elapsed);
  const options = { patience, random: order.random };
  const delivering = deliverAll(services, managed.channels, managed, options);
  // After the alerts, because nothing may delay them; but a channel that hangs does not hold up the rest.
  await endOr(delivering, ALERTS_FIRST);
  const [first, followed, seen] = await Promise.all([
    delivering,
    followUp(services, managed, isWhole ? rows : services.fleet.rows(), FOLLOW_UP_PATIENCE),
    order.traffic ? readDueTraffic(services, results, startedAt) : [],
  ]);
  const late = [...followed, ...seen];
  const named = managed.channels.filter(({ id }) => late.some((row) => row.channel === id));
  const deliveries = joinDeliveries(first, await deliverAll(services, named, managed, options));
  const checked = results.flatMap((result) => result.outbox);
  const raised = [...checked, ...finished.outbox, ...late, ...deliveries.told];
  return { sweep: finished.sweep, results, raised, deliveries };
}

async function endOr(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Reads the traffic that is due; each tenant has its own limit, which is short when its turn comes late in the sweep. */
async function readDueTraffic(
  services: Services,
  results: readonly CheckResult[],
  startedAt: Instant,
): Promise<OutboxRow[]> {
  const lanes = { abreast: TRAFFIC_ABREAST, slowAfter: SLOW_AFTER, most: MOST_IN_FLIGHT };
  const raised = await runAbreast(results, lanes, ({ tenant, reading }) => {
    const elapsed = between(startedAt, services.now().toISOString());
    return tryTraffic(services, tenant, reading, Math.max(LEAST_TRAFFIC, WHOLE_TRAFFIC - elapsed));
  });
  return raised.flat();
}

async function checkAll(
  services: Services,
  { runId, tenants, concurrency, onProgress }: SweepOrder,
): Promise<CheckResult[]> {
  let done = 0;
  const lanes = { abreast: concurrency, slowAfter: SLOW_AFTER, most: MOST_IN_FLIGHT };
  return runAbreast(tenants, lanes, async (tenant) => {
    const result = await checkOrExplain(services, tenant, runId);
    done += 1;
    onProgress(done, tenants.length);
    return result;
  });
}

/** One tenant's failure is its own: a result that could not be stored is shown as unknown, and the sweep goes on. */
async function checkOrExplain(services: Services, tenant: CheckedTenant, runId: string): Promise<CheckResult> {
  try {
    return await checkTenant(services, tenant, { runId });
  } catch (error) {
    const detail = `the result could not be stored: ${clean(error instanceof Error ? error.message : String(error))}`;
    services.log.error(detail, { tenantId: tenant.id, runId });
    const now = services.now().toISOString();
    const reading = { ...unknown('service-error', detail), askedAt: now, observedAt: now };
    const record = newTenantRecord(tenant.registeredAt);
    const row = projectTenant(tenant, reading, record, runId, now);
    return { tenant, reading, transition: 'none', record, row, outbox: [] };
  }
}
