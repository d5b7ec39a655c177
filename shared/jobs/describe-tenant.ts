import type { Actor, Alert, TrafficGlance } from '../core/alerts/alert.ts';
import { DAY, dayOf, type Instant, later } from '../core/time.ts';
import type { AssessedSource } from '../core/traffic/assessed-source.ts';
import { addKnown } from '../core/traffic/merge-days.ts';
import type { TrafficState } from '../core/traffic/traffic-state.ts';
import type { Services, TenantRecord } from './services.ts';

/** What is known by now of the tenant that an alert is about, beside what was fixed when it was raised. */
export interface TenantContext {
  readonly traffic: TrafficGlance | null;
  readonly changedBy: readonly Actor[] | null;
}

const NOTHING: TenantContext = { traffic: null, changedBy: null };
const MOST_NAMED = 3;

/** Gathers the context of an alert from stored results only: nothing may delay a delivery. */
export async function describeTenant(services: Services, { tenant, facts }: Alert): Promise<TenantContext> {
  if (tenant === null) return NOTHING;
  const [record, state] = await Promise.all([
    services.ledger.load<TenantRecord>(tenant.id),
    services.traffic.store.state(tenant.id),
  ]);
  const attribution = record?.value.attribution ?? null;
  const episode = 'episode' in facts ? facts.episode : null;
  const matches = attribution !== null && attribution.episode === episode && attribution.outcome !== null;
  const since = 'window' in facts ? facts.window.notBefore : null;
  return {
    traffic: state === null ? null : glanceAt(state, since),
    changedBy: matches ? (attribution.outcome?.actors ?? null) : null,
  };
}

/** Traffic in a few figures: the last day's mail, who forged in it or since the tenant was opened, and what would break. */
export function glanceAt(state: TrafficState, since: Instant | null): TrafficGlance {
  const { coverage, reason, to, assessed } = state;
  const unknown = { from: null, to: null, messages: null, delivered: null };
  if (to === null) return { coverage, reason, ...unknown, spoofSources: [], wouldBreak: [] };
  // Days are stored whole, so the last day begins with a midnight.
  const from = `${dayOf(later(to, -DAY))}T00:00:00.000Z`;
  const sources = assessed.filter((source) => source.class === 'direct-send');
  const inLastDay = sources.map((source) => countSince(source, from)).filter(({ messages }) => messages > 0);
  const opened = since === null ? null : since < from ? since : from;
  const forgers = sources
    .filter((source) => source.assessment === 'likely-spoof' && (opened === null || source.lastSeen >= opened))
    .map((source) => ({ source: source.source, ...countSince(source, opened) }))
    .sort((one, other) => other.messages - one.messages);
  return {
    coverage,
    reason,
    from,
    to,
    messages: inLastDay.reduce((sum, { messages }) => sum + messages, 0),
    delivered: inLastDay.reduce<number | null>((sum, { delivered }) => addKnown(sum, delivered), 0),
    spoofSources: forgers.slice(0, MOST_NAMED),
    wouldBreak: (state.readiness?.wouldBreak ?? []).map(({ source }) => source),
  };
}

/** Mail of a source from the day of a moment on. What reached a mailbox is known of the whole period only and taken in proportion. */
function countSince({ days, messages: all, delivery }: AssessedSource, since: Instant | null) {
  const first = since === null ? '' : dayOf(since);
  const messages = days.filter(({ day }) => day >= first).reduce((sum, day) => sum + day.messages, 0);
  const delivered = delivery === null || all === 0 ? null : Math.round((delivery.delivered * messages) / all);
  return { messages, delivered };
}
