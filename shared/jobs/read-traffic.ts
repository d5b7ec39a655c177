import type { TrafficGap } from '../core/alerts/traffic-gap.ts';
import type { InboundConnector } from '../core/posture/inbound-connector.ts';
import { judgeReadiness } from '../core/posture/judge-readiness.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import { METRIC_ATTRIBUTES, METRICS } from '../core/telemetry-names.ts';
import { between, DAY, dayOf, type Instant } from '../core/time.ts';
import { assessSources } from '../core/traffic/assess-sources.ts';
import type { AssessedSource } from '../core/traffic/assessed-source.ts';
import { foldDays } from '../core/traffic/fold-days.ts';
import type { MailExchangers, NetworkContext, SourceNetwork } from '../core/traffic/network-context.ts';
import type { OwnDomains } from '../core/traffic/own-domains.ts';
import { daysOf, isTrafficDue, planReading, type ReadingPlan } from '../core/traffic/plan-reading.ts';
import type { SourceEvidence } from '../core/traffic/source-evidence.ts';
import type { TrafficDay, TrafficOrigin } from '../core/traffic/traffic-day.ts';
import { keepMost, NO_TRAFFIC, openContext, storeContext, type TrafficState } from '../core/traffic/traffic-state.ts';
import { newTenantRecord, targetOf } from './check-tenant.ts';
import { commitChange } from './commit-change.ts';
import type { OutboxRow, Services, TenantRecord } from './services.ts';
import { tellSpoofing } from './tell-spoofing.ts';

/** What one reading gave. */
export interface TrafficReading {
  readonly origin: TrafficOrigin | null;
  readonly coverage: 'full' | 'partial' | 'none';
  readonly reason: TrafficGap | null;
  readonly detail: string | null;
  readonly days: readonly TrafficDay[];
  readonly own: OwnDomains | null;
  readonly connectors: readonly InboundConnector[] | null;
  /** Whether advanced hunting was tried. */
  readonly hunted: boolean;
}

/** Reads traffic from outside. Never throws for faults of Microsoft's or of the network. */
export interface TrafficReader {
  read(
    tenant: CheckedTenant,
    plan: ReadingPlan,
    options: {
      readonly signal: AbortSignal;
      /** Milliseconds. */
      readonly within: number;
      readonly knownDomains: readonly string[];
      readonly keepSamples: boolean;
      /** Whether hunting worked last time. */
      readonly huntedBefore: boolean;
      readonly lastGap: TrafficGap | null;
    },
  ): Promise<TrafficReading>;
  /** What DNS and the tenant's other mail say of the sources. */
  lookUp(
    tenant: CheckedTenant,
    own: OwnDomains,
    sources: readonly SourceEvidence[],
    plan: ReadingPlan,
    options: { readonly signal: AbortSignal; readonly hunting: boolean },
  ): Promise<{
    readonly mailExchangers: readonly MailExchangers[] | null;
    readonly networks: ReadonlyMap<string, SourceNetwork>;
    /** Whether the sources' other mail was asked for. */
    readonly asked: boolean;
  }>;
}

/** Stored traffic: one row per day, class and source, and the state beside them. */
export interface TrafficStore {
  state(tenantId: string): Promise<TrafficState | null>;
  saveState(tenantId: string, state: TrafficState): Promise<void>;
  /** Rows of days from `day` on. */
  days(tenantId: string, from: string): Promise<TrafficDay[]>;
  /** Replaces all rows of the given days, so that a day that is read twice counts once. */
  replaceDays(tenantId: string, days: readonly string[], rows: readonly TrafficDay[]): Promise<void>;
  /** Removes rows of days before `day`. */
  dropDays(tenantId: string, before: string): Promise<void>;
}

/** How one tenant's traffic is read in one run. */
export interface TrafficOrder {
  /** Milliseconds that reading may take. */
  readonly within: number;
}

/** Reads one tenant's traffic if it is due, stores and assesses it. Returns the alerts that this raised. Fails nothing else. */
export async function readTraffic(
  services: Services,
  tenant: CheckedTenant,
  { within }: TrafficOrder,
): Promise<readonly OutboxRow[]> {
  const { store, reader, every, keepSamples } = services.traffic;
  const before = await store.state(tenant.id);
  const now = services.now().toISOString();
  if (!isTrafficDue(before, every, now)) return [];
  const plan = planReading(before, now);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), within);
  try {
    const huntedBefore = before?.origin === 'hunting';
    const lastGap = before?.reason ?? null;
    const { signal } = controller;
    const options = { signal, within, knownDomains: tenant.domains, keepSamples, huntedBefore, lastGap };
    const reading = await reader.read(tenant, plan, options);
    if (reading.coverage === 'none' || reading.own === null) {
      await keepGap(services, tenant, before, reading, now);
      return [];
    }
    await store.replaceDays(tenant.id, daysOf(plan), reading.days);
    await store.dropDays(tenant.id, dayOf(plan.keepFrom));
    const rows = await store.days(tenant.id, dayOf(plan.keepFrom));
    const evidence = foldDays(rows);
    const found = await reader.lookUp(tenant, reading.own, evidence, plan, {
      signal,
      hunting: reading.origin === 'hunting',
    });
    const context = joinContext(before, reading, reading.own, found);
    const record = (await services.ledger.load<TenantRecord>(tenant.id))?.value ?? newTenantRecord(tenant.registeredAt);
    const basis = { context, approvals: record.approvals, from: plan.keepFrom, now };
    const assessed = assessSources(evidence, basis);
    await store.saveState(tenant.id, describe(before, plan, reading, found.asked, context, assessed, now));
    await noteOrigin(services, tenant, before, reading);
    countNew(services, reading.days, assessed);
    return await tellSpoofing(services, tenant, assessed);
  } finally {
    clearTimeout(timer);
  }
}

/** What was not read keeps what was: older rows stay, and the reason stands beside them. */
async function keepGap(
  services: Services,
  tenant: CheckedTenant,
  before: TrafficState | null,
  { reason, detail, hunted }: TrafficReading,
  now: Instant,
): Promise<void> {
  const state = before ?? NO_TRAFFIC;
  const huntedAt = hunted ? now : state.huntedAt;
  await services.traffic.store.saveState(tenant.id, {
    ...state,
    triedAt: now,
    coverage: 'none',
    reason,
    detail,
    huntedAt,
  });
}

function joinContext(
  before: TrafficState | null,
  { connectors }: TrafficReading,
  own: OwnDomains,
  found: Awaited<ReturnType<TrafficReader['lookUp']>>,
): NetworkContext {
  const old = before?.context == null ? null : openContext(before.context);
  const sources = new Map<string, SourceNetwork>();
  for (const [key, network] of found.networks) {
    const known = old?.sources.get(key);
    // What is asked once a day stays known in between; a name service that was silent does not unmake what it said.
    sources.set(key, {
      spf: network.spf ?? known?.spf ?? null,
      pointer: network.pointer ?? known?.pointer ?? null,
      neighbours: network.neighbours ?? known?.neighbours ?? null,
      signIns: network.signIns ?? known?.signIns ?? null,
    });
  }
  const mailExchangers = found.mailExchangers ?? old?.mailExchangers ?? null;
  return { own, mailExchangers, connectors: connectors ?? old?.connectors ?? null, namedLocations: null, sources };
}

function describe(
  before: TrafficState | null,
  plan: ReadingPlan,
  reading: TrafficReading,
  asked: boolean,
  context: NetworkContext,
  assessed: readonly AssessedSource[],
  now: Instant,
): TrafficState {
  const { origin, coverage, reason, detail, hunted } = reading;
  const from = before?.from != null && before.from > plan.keepFrom ? before.from : plan.keepFrom;
  return {
    triedAt: now,
    readAt: now,
    origin,
    coverage,
    reason,
    detail,
    from,
    to: plan.to,
    huntedAt: hunted ? now : (before?.huntedAt ?? null),
    neighboursAt: asked ? now : (before?.neighboursAt ?? null),
    context: storeContext(context),
    ...keepMost(assessed),
    readiness: judgeReadiness(assessed, { coverage, reason, days: countDays(from, plan.to) }),
  };
}

function countDays(from: Instant, to: Instant): number {
  return Math.max(1, Math.ceil(between(from, to) / DAY));
}

/** A change of the origin is part of what was known: it goes into the ledger. */
async function noteOrigin(
  services: Services,
  tenant: CheckedTenant,
  before: TrafficState | null,
  { origin, coverage, reason }: TrafficReading,
): Promise<void> {
  if (before?.origin === origin && before?.coverage === coverage) return;
  await commitChange<TenantRecord, null>(
    services,
    targetOf(tenant),
    () => newTenantRecord(tenant.registeredAt),
    (record) => ({ record, notes: [{ kind: 'traffic-origin', origin, coverage, reason }], drafts: [], result: null }),
  );
}

function countNew(services: Services, days: readonly TrafficDay[], assessed: readonly AssessedSource[]): void {
  const assessments = new Map(assessed.map((source) => [`${source.class}|${source.key}`, source.assessment]));
  const counts = new Map<string, number>();
  for (const { class: kind, source, messages } of days) {
    const assessment = assessments.get(`${kind}|${source}`);
    if (kind === 'direct-send' && assessment !== undefined) {
      counts.set(assessment, (counts.get(assessment) ?? 0) + messages);
    }
  }
  for (const [assessment, messages] of counts) {
    services.telemetry.count(METRICS.directSendMessages, messages, { [METRIC_ATTRIBUTES.assessment]: assessment });
  }
}
