/**
 * Every name under which the app reports to Azure Monitor. The alert queries and the workbook in `infra/` are checked
 * against this file, so a name changes here and there together or not at all.
 *
 * Metrics are never sampled; spans are (by default five traces a second per instance). Alerts therefore read metrics only.
 */

/** Spans are of kind INTERNAL: Azure Monitor stores those in `AppDependencies` with type `InProc`. */
export const SPANS = {
  /** One sweep from its plan to its close, written when it closes. */
  sweep: 'sweep',
  /** One tenant's check in one sweep. */
  checkTenant: 'check-tenant',
  /** One request to one channel. */
  deliver: 'deliver',
} as const;

export const SPAN_ATTRIBUTES = {
  /** Sweep a span belongs to. */
  runId: 'dsw.run_id',
  /** How many tenants the sweep was planned for. */
  tenants: 'dsw.tenants',
  /** How many of them have no result: their check crashed, was poisoned or never ended. */
  failed: 'dsw.failed',
  /** The tenant that was checked. */
  tenantId: 'dsw.tenant_id',
  /** enforced, permissive or unknown. */
  verdict: 'dsw.verdict',
  /** Why unknown; absent otherwise. */
  reason: 'dsw.reason',
  /** What the reading changed, as in the design's state machine. */
  transition: 'dsw.transition',
  /** The channel that was asked. */
  channel: 'dsw.channel',
  /** accepted, retry or parked. */
  status: 'dsw.status',
  /** How many alerts the request carried. */
  alerts: 'dsw.alerts',
} as const;

/** Metric names. A gauge is reported once per closed sweep, so its newest value is what holds now. */
export const METRICS = {
  /** Gauge by `verdict`: tenants whose newest reading says so. */
  tenants: 'dsw.tenants',
  /** Gauge, seconds: how long ago the tenant that waits longest was last verified. */
  oldestVerificationAge: 'dsw.oldest_verification_age',
  /** Counter by `verdict`: checks done. */
  checks: 'dsw.checks',
  /** Gauge: tenants without a result in the sweep that just closed; reported when zero, too. */
  failedChecks: 'dsw.failed_checks',
  /** Gauge: outbox rows that no channel has accepted yet, of all tenants. */
  alertsPending: 'dsw.alerts_pending',
  /** Histogram, seconds: from the plan of a sweep to its close. */
  sweepDuration: 'dsw.sweep_duration',
  /** Counter: 1 for each sweep that closed. Its absence is the alarm, so nothing else may add to it. */
  heartbeat: 'dsw.heartbeat',
  /** Gauge by `queue`: messages in the poison queue of that queue; reported when zero, too. */
  poisonMessages: 'dsw.poison_messages',
  /** Gauge: channels that refuse what they are sent; reported when zero, too. */
  channelsBroken: 'dsw.channels_broken',
  /** Gauge: tenants not verified for longer than `DSW_BLIND_AFTER`, without those whose cloud has no such setting. */
  staleTenants: 'dsw.stale_tenants',
  /** Gauge, 0 to 1: share of the tenants of the closed sweep whose sign-in failed. */
  signInFailures: 'dsw.sign_in_failures',
  /** Counter by `assessment`: Direct Send messages newly seen. */
  directSendMessages: 'dsw.direct_send_messages',
  /** Counter by `status`: requests to channels. */
  deliveries: 'dsw.deliveries',
  /** Gauge: permissive episodes that are open and not excepted. */
  driftsOpen: 'dsw.drifts_open',
  /** Gauge, seconds: age of the oldest of them; 0 when none is open. */
  driftOpenSeconds: 'dsw.drift_open_seconds',
} as const;

/** Attribute keys on metrics; each stands in `Properties` of `AppMetrics`. */
export const METRIC_ATTRIBUTES = {
  verdict: 'verdict',
  queue: 'queue',
  assessment: 'assessment',
  status: 'status',
} as const;

export type MetricName = (typeof METRICS)[keyof typeof METRICS];
export type SpanName = (typeof SPANS)[keyof typeof SPANS];
