import type { CheckedTenant } from '../core/schemas.ts';
import { clean } from '../core/setting/interpret-answer.ts';
import type { Reading, Reason } from '../core/setting/reading.ts';
import { readTraffic } from './read-traffic.ts';
import type { OutboxRow, Services } from './services.ts';

/** Reasons after which asking for traffic would only fail the same way. */
const HOPELESS: ReadonlySet<Reason> = new Set([
  'credential-rejected',
  'consent-missing',
  'tenant-not-found',
  'blocked-by-policy',
  'exchange-unavailable',
  'cloud-not-supported',
  'network',
  'throttled',
  'service-error',
]);

/** Reads traffic after a check, if that makes sense; its faults are logged and harm nothing. `within` in milliseconds. */
export async function tryTraffic(
  services: Services,
  tenant: CheckedTenant,
  reading: Reading,
  within: number,
): Promise<readonly OutboxRow[]> {
  if (reading.verdict === 'unknown' && HOPELESS.has(reading.reason)) return [];
  try {
    return await readTraffic(services, tenant, { within });
  } catch (error) {
    const why = clean(error instanceof Error ? error.message : String(error));
    services.log.error('reading traffic failed', { tenantId: tenant.id, why });
    return [];
  }
}
