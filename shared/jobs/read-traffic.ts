import { judgeReadiness } from '../core/posture/judge-readiness.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import { dayOf, type Instant } from '../core/time.ts';
import { assessSources } from '../core/traffic/assess-sources.ts';
import type { AssessedSource } from '../core/traffic/assessed-source.ts';
import { foldDays } from '../core/traffic/fold-days.ts';
import type { NetworkContext, SourceNetwork } from '../core/traffic/network-context.ts';
import type { OwnDomains } from '../core/traffic/own-domains.ts';
import { daysOf, isFresh, isTrafficDue, planReading, type ReadingPlan } from '../core/traffic/plan-reading.ts';
import { keepMost, openContext, storeContext, type TrafficState } from '../core/traffic/traffic-state.ts';
import { newTenantRecord } from './check-tenant.ts';
import { countMessages, findNewMessages } from './count-messages.ts';
import { countDays, noteOrigin, noteTrafficGap } from './note-traffic-gap.ts';
import type { OutboxRow, Services, TenantRecord } from './services.ts';
import { tellSpoofing } from './tell-spoofing.ts';
import type { ReadingOptions, TrafficReader, TrafficReading } from './traffic-services.ts';

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
  const { signal } = controller;
  try {
    const reading = await reader.read(tenant, plan, { signal, within, keepSamples, ...recall(before, tenant, now) });
    const { own, from, origin } = reading;
    if (own === null || from === null) {
      const { reason, detail, hunted } = reading;
      const gap = { reason: reason ?? 'service-error', detail, triedAt: now, hunted } as const;
      await noteOrigin(services, tenant, before, await noteTrafficGap(services, tenant, before, gap));
      return [];
    }
    const known = await store.days(tenant.id, dayOf(from));
    await store.replaceDays(tenant.id, daysOf({ from, to: plan.to }), reading.days);
    await store.dropDays(tenant.id, dayOf(plan.keepFrom));
    const evidence = foldDays(await store.days(tenant.id, dayOf(plan.keepFrom)));
    const found = await reader.lookUp(tenant, own, evidence, plan, { signal, hunting: origin === 'hunting' });
    const context = joinContext(before, reading, own, found);
    const record = (await services.ledger.load<TenantRecord>(tenant.id))?.value ?? newTenantRecord(tenant.registeredAt);
    const begins = findBeginning(before, plan, from);
    const basis = { context, approvals: record.approvals, from: begins, now };
    const assessed = assessSources(evidence, basis);
    // Told first: after a crash in between, the reading is still due and tells again only what was not told.
    const raised = await tellSpoofing(services, tenant, assessed);
    const after = describe(before, { ...plan, from: begins }, reading, found.asked, context, assessed);
    await store.saveState(tenant.id, after);
    await noteOrigin(services, tenant, before, after);
    countMessages(services, findNewMessages(known, reading.days), assessed);
    return raised;
  } finally {
    clearTimeout(timer);
  }
}

/** What is remembered of the last reading. */
function recall(
  before: TrafficState | null,
  { domains }: CheckedTenant,
  now: Instant,
): Pick<ReadingOptions, 'domains' | 'waitsForHunting' | 'lastGap'> {
  const own = before?.context?.own ?? null;
  return {
    domains: { before: own && { own, whole: before?.coverage === 'full' }, registered: domains },
    waitsForHunting: before?.origin === 'hunting' && isFresh(before, now),
    lastGap: before?.origin === 'hunting' ? null : (before?.reason ?? null),
  };
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
  { from, to }: Pick<ReadingPlan, 'from' | 'to'>,
  reading: TrafficReading,
  asked: boolean,
  context: NetworkContext,
  assessed: readonly AssessedSource[],
): TrafficState {
  const { origin, coverage, reason, detail, hunted } = reading;
  return {
    triedAt: to,
    readAt: to,
    origin,
    coverage,
    reason,
    detail,
    from,
    to,
    huntedAt: hunted ? to : (before?.huntedAt ?? null),
    neighboursAt: asked ? to : (before?.neighboursAt ?? null),
    context: storeContext(context),
    ...keepMost(assessed),
    readiness: judgeReadiness(assessed, { coverage, reason, days: countDays(from, to) }),
  };
}

/** Since when every day was read: what was read before counts only where this reading joins it. */
function findBeginning(before: TrafficState | null, { keepFrom }: ReadingPlan, from: Instant): Instant {
  const joins = before?.from != null && before.to != null && before.from < from && from <= before.to;
  const begins = joins && before.from !== null ? before.from : from;
  return begins > keepFrom ? begins : keepFrom;
}
