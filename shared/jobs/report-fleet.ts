import { findOwnFault } from '../core/fleet/judge-fleet.ts';
import type { Reason } from '../core/setting/reading.ts';
import { METRICS } from '../core/telemetry-names.ts';
import { between, SECOND } from '../core/time.ts';
import type { Managed } from './list-tenants.ts';
import { readChannel } from './read-channels.ts';
import { runAbreast } from './run-abreast.ts';
import type { FleetRow, Services, Sweep } from './services.ts';

/** Reasons that say that sign-in to the tenant did not work. */
const SIGN_IN_FAULTS: ReadonlySet<Reason> = new Set([
  'credential-rejected',
  'consent-missing',
  'tenant-not-found',
  'blocked-by-policy',
  'exchange-unavailable',
  'network',
]);

/** Reports the figures that the alert rules outside this app watch. Called once per closed sweep. */
export async function reportFleet(
  services: Services,
  sweep: Sweep,
  rows: readonly FleetRow[],
  managed: Managed,
): Promise<void> {
  const { telemetry } = services;
  const now = services.now().toISOString();
  for (const verdict of ['enforced', 'permissive', 'unknown'] as const) {
    telemetry.gauge(METRICS.tenants, rows.filter((row) => row.verdict === verdict).length, { verdict });
  }
  // The setting does not exist in their cloud: they would stand as stale for ever.
  const readable = rows.filter((row) => row.reason !== 'cloud-not-supported');
  const ages = readable.map((row) => between(row.verifiedAt ?? sweep.startedAt, now) / SECOND);
  telemetry.gauge(METRICS.oldestVerificationAge, Math.max(0, ...ages));
  telemetry.gauge(METRICS.staleTenants, ages.filter((age) => age * SECOND >= services.policy.blindAfter).length);
  const open = rows.filter((row) => row.openSince !== null);
  telemetry.gauge(METRICS.driftsOpen, open.length);
  telemetry.gauge(
    METRICS.driftOpenSeconds,
    Math.max(0, ...open.map((row) => between(row.openSince ?? now, now) / SECOND)),
  );
  const refused = readable.filter((row) => row.reason !== null && SIGN_IN_FAULTS.has(row.reason)).length;
  telemetry.gauge(METRICS.signInFailures, readable.length === 0 ? 0 : refused / readable.length);
  if (findOwnFault(rows) !== null)
    services.log.error('most tenants cannot be read for a reason of ours', { runId: sweep.runId });

  const [channels, poison] = await Promise.all([
    runAbreast(managed.channels, { abreast: 32 }, ({ id }) => readChannel(services, id)),
    services.queues.poison(),
  ]);
  const pending = channels.reduce((sum, channel) => sum + channel.pending, 0);
  telemetry.gauge(METRICS.alertsPending, pending);
  telemetry.gauge(METRICS.channelsBroken, channels.filter(({ health }) => health === 'broken').length);
  for (const [queue, messages] of Object.entries(poison)) telemetry.gauge(METRICS.poisonMessages, messages, { queue });
  telemetry.gauge(METRICS.failedChecks, sweep.failed);
  telemetry.histogram(METRICS.sweepDuration, between(sweep.startedAt, sweep.closedAt ?? now) / SECOND);
  telemetry.count(METRICS.heartbeat, 1);
  services.log.info('a sweep closed', {
    runId: sweep.runId,
    expected: sweep.expected,
    done: sweep.done,
    failed: sweep.failed,
  });
}
