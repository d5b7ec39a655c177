import { app, type InvocationContext } from '@azure/functions';
import { checkMessage } from '../shared/core/schemas.ts';
import { checkTenant } from '../shared/jobs/check-tenant.ts';
import { tryTraffic } from '../shared/jobs/try-traffic.ts';
import { readMessage } from './read-message.ts';
import { serve } from './serve.ts';

/** Milliseconds; a function may run for ten minutes. */
const TRAFFIC_WITHIN = 180_000;
/** Of the twelve messages that an instance handles at a time (host.json), so many may read traffic; the others keep checking settings. */
const MOST_READING = 6;
let readingNow = 0;

app.storageQueue('checkTenant', { queueName: 'tenant-checks', connection: 'AzureWebJobsStorage', handler: checkOne });

async function checkOne(message: unknown, context: InvocationContext): Promise<void> {
  const { runId, tenant } = readMessage(checkMessage, message, 'tenant-checks', context);
  const { services } = await serve(context);
  const { reading, transition } = await checkTenant(services, tenant, { runId });
  services.log.info('checked', { tenantId: tenant.id, runId, verdict: reading.verdict, transition });
  // The verdict is committed by now: whatever happens to traffic, this message is done. What finds no room is still due at the next check.
  if (readingNow >= MOST_READING) return;
  readingNow += 1;
  try {
    await tryTraffic(services, tenant, reading, TRAFFIC_WITHIN);
  } finally {
    readingNow -= 1;
  }
}
