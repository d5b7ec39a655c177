import { app, type InvocationContext } from '@azure/functions';
import { checkMessage } from '../shared/core/schemas.ts';
import { checkTenant } from '../shared/jobs/check-tenant.ts';
import { readMessage } from './read-message.ts';
import { serve } from './serve.ts';

app.storageQueue('checkTenant', { queueName: 'tenant-checks', connection: 'AzureWebJobsStorage', handler: checkOne });

async function checkOne(message: unknown, context: InvocationContext): Promise<void> {
  const { runId, tenant } = readMessage(checkMessage, message, 'tenant-checks', context);
  const { services } = await serve(context);
  const { reading, transition } = await checkTenant(services, tenant, { runId });
  services.log.info('checked', { tenantId: tenant.id, runId, verdict: reading.verdict, transition });
}
