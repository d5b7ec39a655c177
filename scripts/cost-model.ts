/** List prices in US dollars, pay as you go, East US, as assumed in November 2026. Check them for your region before you decide. */
export const PRICES = {
  /** Flex Consumption on demand, per GB-second beyond the free grant. */
  gigabyteSecond: 0.000026,
  freeGigabyteSeconds: 100_000,
  /** Flex Consumption on demand, per execution beyond the free grant. */
  execution: 0.4 / 1_000_000,
  freeExecutions: 250_000,
  /** Zone-redundant storage, per operation. */
  tableTransaction: 0.00045 / 10_000,
  queueOperation: 0.005 / 10_000,
  blobOperation: 0.0055 / 10_000,
  /** Zone-redundant tables, per gigabyte and month. */
  tableGigabyte: 0.0563,
  /** Log Analytics, pay as you go, per gigabyte beyond the free five. */
  logGigabyte: 2.3,
  freeLogGigabytes: 5,
  /** A log search alert rule that runs every 15 minutes, per month. */
  alertRule: 0.5,
  /** A private endpoint and its DNS zone, per month. */
  privateEndpoint: 7.3 + 0.5,
} as const;

/** What one unit of work needs. */
export const WORK = {
  /** Measured: a check that changes nothing costs three table transactions (asserted by the tests of the main job). */
  tableTransactionsPerCheck: 3,
  /** Counted: put, get and delete of its message. */
  queueOperationsPerCheck: 3,
  /** Counted from host.json: each of the two queues is looked at every 15 s while it is empty. */
  queueOperationsPerMinute: 8,
  /** Assumed from the simulator and Exchange's usual answer times: how long one check keeps its place. */
  secondsPerCheck: 2,
  /** host.json: batchSize + newBatchThreshold checks share one instance. */
  checksPerInstance: 12,
  /** Assumed: one reading of traffic and the table transactions that store it. */
  secondsPerTrafficRead: 8,
  tableTransactionsPerTrafficRead: 6,
  /** Assumed: the host's own leases and locks. */
  blobOperationsPerMinute: 12,
  /** Assumed from row sizes: the line that a check logs and the host's record of the run. */
  logBytesPerCheck: 1_600,
  /** Assumed: the span of a check; nearly all are kept at five traces a second and instance. */
  spanBytesPerCheck: 900,
  /** Assumed: one line of the storage log; an unchanged check writes twice. */
  auditBytesPerCheck: 2 * 1_000,
  /** Assumed: sixteen metrics with a few attributes, once per sweep. */
  logBytesPerSweep: 25 * 600,
  /** Assumed: the record of one run of a timer. */
  logBytesPerTimerRun: 900,
  /** Assumed: the daily attestation and ten rows of traffic. */
  tableBytesPerTenantAndDay: 1_000 + 10 * 600,
} as const;

/** The settings of a deployment that decide what it costs; the defaults are those of the templates. */
export interface Deployment {
  readonly tenants: number;
  readonly minutesBetweenSweeps: number;
  readonly hoursBetweenTrafficReads: number;
  readonly instanceGigabytes: number;
  readonly auditTables: 'changes' | 'deletions';
  readonly logChecks: boolean;
}

export const DEFAULTS: Omit<Deployment, 'tenants'> = {
  minutesBetweenSweeps: 15,
  hoursBetweenTrafficReads: 6,
  instanceGigabytes: 2,
  auditTables: 'changes',
  logChecks: true,
};

/** What a deployment does and costs in a month of 30 days, after a year of work. */
export interface Estimate {
  readonly executions: number;
  readonly gigabyteSeconds: number;
  readonly tableTransactions: number;
  readonly queueOperations: number;
  readonly logGigabytes: number;
  readonly tableGigabytes: number;
  readonly dollars: {
    readonly compute: number;
    readonly storage: number;
    readonly logs: number;
    readonly alerts: number;
    readonly total: number;
  };
}

const DAYS = 30;
const MINUTES = DAYS * 24 * 60;
const ALERT_RULES = 6;
const GIGABYTE = 1_000_000_000;

/** Estimates one month from the counts and prices above. */
export function estimate(deployment: Deployment): Estimate {
  const { tenants } = deployment;
  const sweeps = MINUTES / deployment.minutesBetweenSweeps;
  const checks = sweeps * tenants;
  const trafficReads = ((DAYS * 24) / deployment.hoursBetweenTrafficReads) * tenants;
  const timerRuns = MINUTES + sweeps + DAYS;
  const executions = checks + timerRuns;

  // Planning and tending read and write in pages, so they grow slowly; one run is billed for at least a second.
  const timerSeconds = MINUTES * (1 + tenants / 5_000) + sweeps * (2 + tenants / 1_000);
  const checkSeconds =
    sweeps * Math.max(WORK.secondsPerCheck, (tenants * WORK.secondsPerCheck) / WORK.checksPerInstance);
  const trafficSeconds = (trafficReads * WORK.secondsPerTrafficRead) / WORK.checksPerInstance;
  const gigabyteSeconds = (timerSeconds + checkSeconds + trafficSeconds) * deployment.instanceGigabytes;

  const tableTransactions =
    checks * WORK.tableTransactionsPerCheck + trafficReads * WORK.tableTransactionsPerTrafficRead;
  const queueOperations = checks * WORK.queueOperationsPerCheck + MINUTES * WORK.queueOperationsPerMinute;
  const tableGigabytes = (tenants * 365 * WORK.tableBytesPerTenantAndDay) / GIGABYTE;
  const audit = deployment.auditTables === 'changes' ? WORK.auditBytesPerCheck : 0;
  const perCheck = WORK.spanBytesPerCheck + (deployment.logChecks ? WORK.logBytesPerCheck : 0) + audit;
  const logBytes = checks * perCheck + sweeps * WORK.logBytesPerSweep + timerRuns * WORK.logBytesPerTimerRun;
  const logGigabytes = logBytes / GIGABYTE;

  const beyond = (amount: number, free: number) => Math.max(0, amount - free);
  const compute =
    beyond(gigabyteSeconds, PRICES.freeGigabyteSeconds) * PRICES.gigabyteSecond +
    beyond(executions, PRICES.freeExecutions) * PRICES.execution;
  const storage =
    tableTransactions * PRICES.tableTransaction +
    queueOperations * PRICES.queueOperation +
    MINUTES * WORK.blobOperationsPerMinute * PRICES.blobOperation +
    tableGigabytes * PRICES.tableGigabyte;
  const logs = beyond(logGigabytes, PRICES.freeLogGigabytes) * PRICES.logGigabyte;
  const alerts = ALERT_RULES * PRICES.alertRule;
  return {
    executions,
    gigabyteSeconds,
    tableTransactions,
    queueOperations,
    logGigabytes,
    tableGigabytes,
    dollars: { compute, storage, logs, alerts, total: compute + storage + logs + alerts },
  };
}
