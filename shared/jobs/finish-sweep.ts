import { SPAN_ATTRIBUTES, SPANS } from '../core/telemetry-names.ts';
import { between, MINUTE } from '../core/time.ts';
import { closeSweep } from './close-sweep.ts';
import type { Managed } from './list-tenants.ts';
import { reportFleet } from './report-fleet.ts';
import { sendHeartbeats } from './send-heartbeats.ts';
import type { FleetRow, OutboxRow, Services, Sweep } from './services.ts';

/** A sweep is closed without the tenants that gave no result by then. */
const LONGEST_SWEEP = 30 * MINUTE;

/** Closes a sweep with the rows it gave: fleet alerts, blindness, heartbeats, figures. Returns the alerts it raised. */
export async function finishSweep(
  services: Services,
  sweep: Sweep,
  rows: readonly FleetRow[],
  managed: Managed,
): Promise<{ readonly sweep: Sweep; readonly outbox: readonly OutboxRow[] }> {
  const attributes = { [SPAN_ATTRIBUTES.runId]: sweep.runId, [SPAN_ATTRIBUTES.tenants]: sweep.expected };
  // Written now, because a sweep of the queue path is planned in one process, done in several and closed in another.
  return services.telemetry.span(
    SPANS.sweep,
    attributes,
    async (note) => {
      const finished = await close(services, sweep, rows, managed);
      note({ [SPAN_ATTRIBUTES.failed]: finished.sweep.failed });
      return finished;
    },
    sweep.startedAt,
  );
}

async function close(services: Services, sweep: Sweep, rows: readonly FleetRow[], managed: Managed) {
  const outbox = [
    ...(await closeSweep(services, sweep, rows, managed)),
    ...(await sendHeartbeats(services, rows, managed)),
  ];
  const closedAt = services.now().toISOString();
  const closed: Sweep = {
    ...sweep,
    status: 'closed',
    done: rows.length,
    failed: Math.max(0, sweep.expected - rows.length),
    closedAt,
  };
  await services.sweeps.save(closed);
  await reportFleet(services, closed, rows, managed);
  return { sweep: closed, outbox };
}

/** Closes the sweeps of the queue path whose tenants have all reported, or whose time is over. */
export async function finishSweeps(services: Services, managed: Managed): Promise<number> {
  const now = services.now().toISOString();
  const running = (await services.sweeps.recent(now, 20)).filter((sweep) => sweep.status === 'running');
  if (running.length === 0) return 0;
  const rows: FleetRow[] = [];
  for await (const row of services.fleet.rows()) rows.push(row);
  let closed = 0;
  // Oldest first: the fleet is judged in the order in which it was seen.
  for (const sweep of running.reverse()) {
    const seen = rows.filter((row) => row.runId >= sweep.runId);
    const overdue = between(sweep.startedAt, now) > LONGEST_SWEEP;
    if (seen.length < sweep.expected && !overdue) continue;
    if (seen.length < sweep.expected) {
      services.log.error('a sweep ended without all tenants', {
        runId: sweep.runId,
        missing: sweep.expected - seen.length,
      });
    }
    await finishSweep(services, sweep, seen, managed);
    closed += 1;
  }
  return closed;
}
