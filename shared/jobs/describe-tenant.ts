import type { Actor, Alert, TrafficGlance } from '../core/alerts/alert.ts';
import { DAY, dayOf, later } from '../core/time.ts';
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

/** Traffic in a few figures: the last day's mail, the forgers since the tenant was opened, and what would break. */
export function glanceAt(state: TrafficState, since: string | null): TrafficGlance {
  const { coverage, reason, to, assessed } = state;
  const unknown = { from: null, to: null, messages: null, delivered: null };
  if (to === null) return { coverage, reason, ...unknown, spoofSources: [], wouldBreak: [] };
  // Days are stored whole, so the last day begins with a midnight.
  const from = `${dayOf(later(to, -DAY))}T00:00:00.000Z`;
  const sources = assessed.filter((source) => source.class === 'direct-send');
  const inLastDay = sources.map((source) => {
    const messages = source.days.filter(({ day }) => day >= dayOf(from)).reduce((sum, day) => sum + day.messages, 0);
    const share = source.messages === 0 ? 0 : messages / source.messages;
    return { messages, delivered: Math.round((source.delivery?.delivered ?? 0) * share) };
  });
  const forgers = sources.filter(
    (source) => source.assessment === 'likely-spoof' && (since === null || source.lastSeen >= since),
  );
  return {
    coverage,
    reason,
    from,
    to,
    messages: inLastDay.reduce((sum, source) => sum + source.messages, 0),
    delivered: inLastDay.reduce((sum, source) => sum + source.delivered, 0),
    spoofSources: forgers.slice(0, MOST_NAMED).map(({ source, messages, delivery }) => {
      return { source, messages, delivered: delivery?.delivered ?? 0 };
    }),
    wouldBreak: (state.readiness?.wouldBreak ?? []).map(({ source }) => source),
  };
}
