import type { TrafficGap } from '../core/alerts/traffic-gap.ts';
import type { CheckedTenant } from '../core/schemas.ts';
import { clean } from '../core/setting/interpret-answer.ts';
import type { Reading, Reason } from '../core/setting/reading.ts';
import { NO_TRAFFIC } from '../core/traffic/traffic-state.ts';
import { noteTrafficGap } from './note-traffic-gap.ts';
import { readTraffic } from './read-traffic.ts';
import type { OutboxRow, Services } from './services.ts';

/** Reasons for which asking for traffic would fail the same way, until somebody does something, and what they mean for traffic. */
const HOPELESS: Readonly<Partial<Record<Reason, TrafficGap>>> = {
  'credential-rejected': 'permission-missing',
  'consent-missing': 'permission-missing',
  'tenant-not-found': 'permission-missing',
  'blocked-by-policy': 'permission-missing',
  'exchange-unavailable': 'licence-missing',
  'cloud-not-supported': 'not-supported',
};
/** Reasons that pass: the next check reads traffic, which stays due. */
const LATER: ReadonlySet<Reason> = new Set(['network', 'throttled', 'service-error']);

/** Reads traffic after a check, if that makes sense; its faults are logged and harm nothing. `within` in milliseconds. */
export async function tryTraffic(
  services: Services,
  tenant: CheckedTenant,
  reading: Reading,
  within: number,
): Promise<readonly OutboxRow[]> {
  try {
    if (reading.verdict !== 'unknown') return await readTraffic(services, tenant, { within });
    if (LATER.has(reading.reason)) return [];
    const gap = HOPELESS[reading.reason];
    // Of other reasons only the setting suffers.
    if (gap === undefined) return await readTraffic(services, tenant, { within });
    await noteHopeless(services, tenant, gap, reading.detail);
  } catch (error) {
    const why = clean(error instanceof Error ? error.message : String(error));
    services.log.error('reading traffic failed', { tenantId: tenant.id, why });
  }
  return [];
}

/** Nothing was tried, so that traffic stays due: it is read at the first check after the mending. */
async function noteHopeless(
  services: Services,
  tenant: CheckedTenant,
  reason: TrafficGap,
  detail: string,
): Promise<void> {
  const before = await services.traffic.store.state(tenant.id);
  if (before?.coverage === 'none' && before.reason === reason) return;
  const triedAt = before?.triedAt ?? NO_TRAFFIC.triedAt;
  await noteTrafficGap(services, tenant, before, { reason, detail, triedAt, hunted: false });
}
